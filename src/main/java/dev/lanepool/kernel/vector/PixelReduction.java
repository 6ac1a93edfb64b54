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

  /** The extrema of the bits; {@link #maxima} or {@link #minima} make results of them. */
  static void extrema(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelExtrema.begin(x, start, planes, s.extrema);
    PixelExtrema.add(x, start, stride, n, planes, s.extrema);
  }

  static void maxima(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelExtrema.maxima(s.extrema, planes, s.first);
  }

  static void minima(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelExtrema.minima(s.extrema, planes, s.first);
  }

  static void argMax(float[] x, int start, int stride, int n, int planes, Scratch s) {
    for (int c = 0; c < planes; c += FLOAT_LANES) {
      PixelExtrema.argMax(x, start + c, stride, n, s.first, s.index, c);
    }
  }

  /** The means, and the extrema of the bits while the pixels are in the cache. */
  static void meanAndExtrema(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelExtrema.begin(x, start, planes, s.extrema);
    PixelSums.sum(x, start, stride, n, planes, s.sums, s.extrema);
    Reduction.divide(s, PixelSums.SUMS, planes, n);
  }

  static void maximaToSecond(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelExtrema.maxima(s.extrema, planes, s.second);
  }
}
