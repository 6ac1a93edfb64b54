package dev.lanepool.kernel.vector;

/**
 * An operation in its loop forms.
 *
 * @param rows on contiguous planes, a block long at the most
 * @param blocks on one plane, long or strided
 * @param pixels on adjacent channels of NHWC maps
 */
record Forms(Reduction rows, Reduction blocks, Reduction pixels) {
  static final Forms MEAN =
      new Forms(RowReduction::mean, BlockReduction::mean, PixelReduction::mean);
  static final Forms SUM = new Forms(RowReduction::sum, BlockReduction::sum, PixelReduction::sum);
  static final Forms MAX = new Forms(RowReduction::max, BlockReduction::max, PixelReduction::max);
  static final Forms MIN = new Forms(RowReduction::min, BlockReduction::min, PixelReduction::min);
  static final Forms ARG_MAX =
      new Forms(RowReduction::argMax, BlockReduction::argMax, PixelReduction::argMax);
  static final Forms MEAN_MAX =
      new Forms(RowReduction::meanMax, BlockReduction::meanMax, PixelReduction::meanMax);
}
