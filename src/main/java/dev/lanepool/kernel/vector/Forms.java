package dev.lanepool.kernel.vector;

/**
 * An operation in its loop forms.
 *
 * @param rows on contiguous planes, a block long at the most
 * @param blocks on one longer plane
 * @param pixels on adjacent channels of NHWC maps
 * @param few on all channels of NHWC maps that have fewer than a vector has lanes
 */
record Forms(Reduction rows, Reduction blocks, Reduction pixels, Reduction few) {
  static final Forms MEAN =
      new Forms(RowReduction::mean, BlockReduction::mean, PixelReduction::mean, FewChannels::mean);
  static final Forms SUM =
      new Forms(RowReduction::sum, BlockReduction::sum, PixelReduction::sum, FewChannels::sum);
  static final Forms MAX =
      new Forms(RowReduction::max, BlockReduction::max, PixelReduction::max, FewChannels::max);
  static final Forms MIN =
      new Forms(RowReduction::min, BlockReduction::min, PixelReduction::min, FewChannels::min);
  static final Forms ARG_MAX =
      new Forms(
          RowReduction::argMax,
          BlockReduction::argMax,
          PixelReduction::argMax,
          FewChannels::argMax);
  static final Forms ARG_MIN =
      new Forms(
          RowReduction::argMin,
          BlockReduction::argMin,
          PixelReduction::argMin,
          FewChannels::argMin);
  static final Forms MEAN_MAX =
      new Forms(
          RowReduction::meanMax,
          BlockReduction::meanMax,
          PixelReduction::meanMax,
          FewChannels::meanMax);
}
