package dev.lanepool.kernel.scalar;

/**
 * Maxima and minima of adjacent values in the order of {@link Float#compare}; for minima, too, NaN
 * wins.
 */
final class ScalarExtrema {
  private ScalarExtrema() {}

  static float max(float[] x, int start, int n) {
    return x[start + argMax(x, start, n)];
  }

  static float min(float[] x, int start, int n) {
    float min = x[start];
    for (int i = start + 1; i < start + n; i++) {
      if (Float.compare(-x[i], -min) > 0) { // a NaN with a minus sign is above all numbers, too
        min = x[i];
      }
    }
    return min;
  }

  /** The first index of the maximum. */
  static int argMax(float[] x, int start, int n) {
    int first = start;
    float max = x[start];
    for (int i = start + 1; i < start + n; i++) {
      if (Float.compare(x[i], max) > 0) {
        first = i;
        max = x[i];
      }
    }
    return first - start;
  }
}
