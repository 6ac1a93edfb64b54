package dev.lanepool.kernel.vector;

import dev.lanepool.kernel.internal.SumOrder;
import java.util.Arrays;

/**
 * Operations on adjacent channels of NHWC maps, as many as make whole vectors of floats; the stride
 * is the number of channels.
 */
final class PixelReduction {
  private static final PixelSums SUMS = PixelSums.OF_ARRAYS;
  private static final PixelExtrema EXTREMA = PixelExtrema.OF_ARRAYS;
  private static final PixelArgMax ARG_MAX = new PixelArgMax(false, false);
  private static final PixelArgMax ARG_MIN = new PixelArgMax(true, false);

  private PixelReduction() {}

  static void mean(float[] x, int start, int stride, int n, int planes, Scratch s) {
    SUMS.sum(x, start, stride, n, planes, n, s);
  }

  static void sum(float[] x, int start, int stride, int n, int planes, Scratch s) {
    SUMS.sum(x, start, stride, n, planes, 1, s);
  }

  static void max(float[] x, int start, int stride, int n, int planes, Scratch s) {
    EXTREMA.max(x, start, stride, n, planes, s);
  }

  static void min(float[] x, int start, int stride, int n, int planes, Scratch s) {
    EXTREMA.min(x, start, stride, n, planes, s);
  }

  static void argMax(float[] x, int start, int stride, int n, int planes, Scratch s) {
    ARG_MAX.find(x, start, stride, n, planes, s);
    readIndexed(x, start, stride, planes, s);
  }

  static void argMin(float[] x, int start, int stride, int n, int planes, Scratch s) {
    ARG_MIN.find(x, start, stride, n, planes, s);
    readIndexed(x, start, stride, planes, s);
  }

  private static void readIndexed(float[] x, int start, int stride, int planes, Scratch s) {
    for (int c = 0; c < planes; c++) {
      s.first[c] = x[start + s.index[c] * stride + c];
    }
  }

  /** Block by block, so that a second sweep reads what the L2 cache has. */
  static void meanMax(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelSums.begin(planes, s);
    Arrays.fill(s.second, 0, planes, Float.NEGATIVE_INFINITY);
    for (int done = 0; done < n; done += SumOrder.BLOCK) {
      int first = start + done * stride;
      int count = Math.min(SumOrder.BLOCK, n - done);
      if (PixelSums.together(stride, count, planes)) {
        PixelMeanMax.addBlock(x, first, count, planes, n, s);
      } else {
        max(x, first, stride, count, planes, s);
        join(s.first, planes, s.second);
        SUMS.addBlock(x, first, stride, count, planes, n, s);
      }
    }
  }

  /** Joins the maxima of a block to those of the blocks before. */
  static void join(float[] block, int planes, float[] maxima) {
    for (int c = 0; c < planes; c++) {
      maxima[c] = Math.max(maxima[c], block[c]);
    }
  }
}
