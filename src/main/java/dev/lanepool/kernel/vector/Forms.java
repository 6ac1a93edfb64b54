package dev.lanepool.kernel.vector;

/** An operation in its loop forms, each behind a {@link Boundary}. */
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
  final Boundary rows;

  /** What else is to be done with the same planes, while they are in the cache; or null. */
  final Boundary moreRows;

  /** On one plane, long or strided. */
  final Boundary blocks;

  /** On adjacent channels of NHWC maps. */
  final Boundary pixels;

  /** What else is to be done with the same channels; or null. */
  final Boundary morePixels;

  private Forms(
      Reduction rows,
      Reduction moreRows,
      Reduction blocks,
      Reduction pixels,
      Reduction morePixels) {
    this.rows = new Boundary(rows);
    this.moreRows = moreRows == null ? null : new Boundary(moreRows);
    this.blocks = new Boundary(blocks);
    this.pixels = new Boundary(pixels);
    this.morePixels = morePixels == null ? null : new Boundary(morePixels);
  }
}
