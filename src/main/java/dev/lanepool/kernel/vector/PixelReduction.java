package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;

/**
 * Operations on adjacent channels of NHWC maps, as many as make whole vectors of floats; the stride
 * is the number of channels.
 */
final class PixelReduction {
  private PixelReduction() {}

  static void mean(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelSums.sum(x, start, stride, n, planes, s.sums, null);
    Reduction.divide(s, PixelSums.SUMS, planes, n);
  }

  static void sum(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelSums.sum(x, start, stride, n, planes, s.sums, null);
    Reduction.divide(s, PixelSums.SUMS, planes, 1);
  }

  static void max(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelExtrema.begin(x, start, planes, s.extrema);
    PixelExtrema.add(x, start, stride, n, planes, s.extrema);
    PixelExtrema.maxima(s.extrema, planes, s.first);
  }

  static void min(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelExtrema.begin(x, start, planes, s.extrema);
    PixelExtrema.add(x, start, stride, n, planes, s.extrema);
    PixelExtrema.minima(s.extrema, planes, s.first);
  }

  static void argMax(float[] x, int start, int stride, int n, int planes, Scratch s) {
    for (int c = 0; c < planes; c += FLOAT_LANES) {
      PixelExtrema.argMax(x, start + c, stride, n, s.first, s.index, c);
    }
  }

  static void meanMax(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelExtrema.begin(x, start, planes, s.extrema);
    PixelSums.sum(x, start, stride, n, planes, s.sums, s.extrema);
    Reduction.divide(s, PixelSums.SUMS, planes, n);
    PixelExtrema.maxima(s.extrema, planes, s.second);
  }
}
