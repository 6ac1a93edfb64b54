package dev.lanepool.kernel.vector;

/**
 * An operation in its loop forms. Not a record: C2 takes a record's fields for constants, and would
 * inline all forms into one method, until it boxes vectors.
 */
final class Forms {
  static final Forms MEAN =
      new Forms(RowReduction::mean, null, BlockReduction::mean, PixelReduction::mean, null);
  static final Forms SUM =
      new Forms(RowReduction::sum, null, BlockReduction::sum, PixelReduction::sum, null);
  static final Forms MAX =
      new Forms(
          RowReduction::max,
          null,
          BlockReduction::max,
          PixelReduction::extrema,
          PixelReduction::maxima);
  static final Forms MIN =
      new Forms(
          RowReduction::min,
          null,
          BlockReduction::min,
          PixelReduction::extrema,
          PixelReduction::minima);
  static final Forms ARG_MAX =
      new Forms(RowReduction::argMax, null, BlockReduction::argMax, PixelReduction::argMax, null);
  static final Forms MEAN_MAX =
      new Forms(
          RowReduction::mean,
          RowReduction::maxToSecond,
          BlockReduction::meanMax,
          PixelReduction::meanAndExtrema,
          PixelReduction::maximaToSecond);

  /** On contiguous planes, a block long at the most. */
  final Reduction rows;

  /** What else is to be done with the same planes, while they are in the cache; or null. */
  final Reduction moreRows;

  /** On one plane, long or strided. */
  final Reduction blocks;

  /** On adjacent channels of NHWC maps. */
  final Reduction pixels;

  /** What else is to be done with the same channels; or null. */
  final Reduction morePixels;

  private Forms(
      Reduction rows,
      Reduction moreRows,
      Reduction blocks,
      Reduction pixels,
      Reduction morePixels) {
    this.rows = rows;
    this.moreRows = moreRows;
    this.blocks = blocks;
    this.pixels = pixels;
    this.morePixels = morePixels;
  }
}
