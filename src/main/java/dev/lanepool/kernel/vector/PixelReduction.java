package dev.lanepool.kernel.vector;

/**
 * Operations on adjacent channels of NHWC maps, as many as make whole vectors of floats; the stride
 * is the number of channels.
 */
final class PixelReduction {
  private PixelReduction() {}

  static void mean(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelSums.sum(x, start, stride, n, planes, s, null);
    Reduction.divide(s, PixelSums.SUMS, planes, n);
  }

  static void sum(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelSums.sum(x, start, stride, n, planes, s, null);
    Reduction.divide(s, PixelSums.SUMS, planes, 1);
  }

  static void max(float[] x, int start, int stride, int n, int planes, Scratch s) {
    extrema(x, start, stride, n, planes, s);
    PixelExtrema.MAXIMA.reduce(x, start, stride, n, planes, s);
  }

  static void min(float[] x, int start, int stride, int n, int planes, Scratch s) {
    extrema(x, start, stride, n, planes, s);
    PixelExtrema.MINIMA.reduce(x, start, stride, n, planes, s);
  }

  private static void extrema(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelExtrema.BEGIN.reduce(x, start, stride, n, planes, s);
    PixelExtrema.JOIN.reduce(x, start + stride, stride, n - 1, planes, s);
  }

  static void argMax(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelArgMax.argMax(x, start, stride, n, planes, s);
    for (int c = 0; c < planes; c++) {
      s.first[c] = x[start + s.index[c] * stride + c];
    }
  }

  /** The extrema of each pass's pixels are taken while they are in the cache. */
  static void meanMax(float[] x, int start, int stride, int n, int planes, Scratch s) {
    PixelExtrema.BEGIN.reduce(x, start, stride, n, planes, s);
    PixelSums.sum(x, start, stride, n, planes, s, PixelExtrema.JOIN);
    PixelExtrema.MAXIMA.reduce(x, start, stride, n, planes, s);
    System.arraycopy(s.first, 0, s.second, 0, planes);
    Reduction.divide(s, PixelSums.SUMS, planes, n);
  }
}
