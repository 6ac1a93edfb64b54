package dev.lanepool.kernel.vector;

/**
 * An operation in its loop forms. Not a record: C2 takes a record's fields for constants, and would
 * inline all forms into one method, until it boxes vectors.
 */
final class Forms {
  static final Forms MEAN =
      new Forms(RowReduction::mean, null, BlockReduction::mean, PixelReduction::mean);
  static final Forms SUM =
      new Forms(RowReduction::sum, null, BlockReduction::sum, PixelReduction::sum);
  static final Forms MAX =
      new Forms(RowReduction::max, null, BlockReduction::max, PixelReduction::max);
  static final Forms MIN =
      new Forms(RowReduction::min, null, BlockReduction::min, PixelReduction::min);
  static final Forms ARG_MAX =
      new Forms(RowReduction::argMax, null, BlockReduction::argMax, PixelReduction::argMax);
  static final Forms MEAN_MAX =
      new Forms(
          RowReduction::mean,
          RowReduction::maxToSecond,
          BlockReduction::meanMax,
          PixelReduction::meanMax);

  /** On contiguous planes, a block long at the most. */
  final Reduction rows;

  /** What else is to be done with the same planes, while they are in the cache; or null. */
  final Reduction moreRows;

  /** On one plane, long or strided. */
  final Reduction blocks;

  /** On adjacent channels of NHWC maps. */
  final Reduction pixels;

  private Forms(Reduction rows, Reduction moreRows, Reduction blocks, Reduction pixels) {
    this.rows = rows;
    this.moreRows = moreRows;
    this.blocks = blocks;
    this.pixels = pixels;
  }
}
