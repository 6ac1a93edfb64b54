package dev.lanepool.kernel.vector;

import java.lang.foreign.MemorySegment;

/**
 * An operation in its loop forms.
 *
 * @param rows on contiguous planes, a block long at the most
 * @param blocks on one longer plane
 * @param pixels on adjacent channels of NHWC maps
 * @param few on all channels of NHWC maps, in either storage, that have few, which don't make whole
 *     vectors
 * @param segmentRows on contiguous planes in native memory; sums up to a block long
 * @param segmentPixels on adjacent channels of NHWC maps in native memory
 */
record Forms(
    FloatLoop rows,
    FloatLoop blocks,
    FloatLoop pixels,
    Loop<Object> few,
    Loop<MemorySegment> segmentRows,
    Loop<MemorySegment> segmentPixels) {
  static final Forms MEAN =
      new Forms(
          RowReduction::mean,
          BlockReduction::mean,
          PixelReduction::mean,
          FewChannels::mean,
          SegmentReduction::meanOfRows,
          SegmentReduction::mean);
  static final Forms SUM =
      new Forms(
          RowReduction::sum,
          BlockReduction::sum,
          PixelReduction::sum,
          FewChannels::sum,
          SegmentReduction::sumOfRows,
          SegmentReduction::sum);
  static final Forms MAX =
      new Forms(
          RowReduction::max,
          BlockReduction::max,
          PixelReduction::max,
          FewChannels::max,
          SegmentReduction::maxOfRows,
          SegmentReduction::max);
  static final Forms MIN =
      new Forms(
          RowReduction::min,
          BlockReduction::min,
          PixelReduction::min,
          FewChannels::min,
          SegmentReduction::minOfRows,
          SegmentReduction::min);
  static final Forms ARG_MAX =
      new Forms(
          RowReduction::argMax,
          BlockReduction::argMax,
          PixelReduction::argMax,
          FewChannels::argMax,
          SegmentReduction::argMaxOfRows,
          SegmentReduction::argMax);
  static final Forms ARG_MIN =
      new Forms(
          RowReduction::argMin,
          BlockReduction::argMin,
          PixelReduction::argMin,
          FewChannels::argMin,
          SegmentReduction::argMinOfRows,
          SegmentReduction::argMin);
  static final Forms MEAN_MAX =
      new Forms(
          RowReduction::meanMax,
          BlockReduction::meanMax,
          PixelReduction::meanMax,
          FewChannels::meanMax,
          null,
          null);
}
