package dev.lanepool.kernel.scalar;

/** Maxima and minima in the order of {@link Float#compare}; for minima, too, NaN wins. */
final class ScalarExtrema {
  private ScalarExtrema() {}

  static float max(float[] x, int start, int stride, int n) {
    float max = x[start];
    for (int i = 1; i < n; i++) {
      max = Math.max(max, x[start + i * stride]);
    }
    return max;
  }

  static float min(float[] x, int start, int stride, int n) {
    float min = x[start];
    for (int i = 1; i < n; i++) {
      min = Math.min(min, x[start + i * stride]);
    }
    return min;
  }

  /** The first index of the maximum. */
  static int argMax(float[] x, int start, int stride, int n) {
    int first = 0;
    for (int i = 1; i < n; i++) {
      if (Float.compare(x[start + i * stride], x[start + first * stride]) > 0) {
        first = i;
      }
    }
    return first;
  }
}
