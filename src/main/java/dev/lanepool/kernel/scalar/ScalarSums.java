package dev.lanepool.kernel.scalar;

/** Sums in double, in the one order that every backend keeps. */
final class ScalarSums {
  /** Values of a block; block sums are added in block order. */
  static final int BLOCK = 4096;

  /** Partial sums of a block: lane j adds the values whose index in the block is j mod 16. */
  static final int LANES = 16;

  private ScalarSums() {}

  /** The sum of n values; +0 where n = 0. */
  static double sum(float[] x, int start, int stride, int n) {
    return sum(x, start, stride, null, 0, 0, n);
  }

  /**
   * The sum of n products with weights; without weights, of the values themselves; +0 where n = 0.
   */
  static double sum(float[] x, int start, int stride, float[] w, int wStart, int wStride, int n) {
    double sum = blockSum(x, start, stride, w, wStart, wStride, Math.min(n, BLOCK));
    for (int done = BLOCK; done > 0 && done < n; done += BLOCK) {
      int length = Math.min(n - done, BLOCK);
      sum +=
          blockSum(x, start + done * stride, stride, w, wStart + done * wStride, wStride, length);
    }
    return sum;
  }

  /** The 16 lanes folded by halves: +8, +4, +2, +1. */
  private static double blockSum(
      float[] x, int start, int stride, float[] w, int wStart, int wStride, int n) {
    double lane0 = quarterSum(x, start, stride, w, wStart, wStride, n, 0);
    double lane1 = quarterSum(x, start, stride, w, wStart, wStride, n, 1);
    double lane2 = quarterSum(x, start, stride, w, wStart, wStride, n, 2);
    double lane3 = quarterSum(x, start, stride, w, wStart, wStride, n, 3);
    return (lane0 + lane2) + (lane1 + lane3);
  }

  /** Lanes j, j+4, j+8 and j+12 of a block, after the folds by 8 and by 4. */
  private static double quarterSum(
      float[] x, int start, int stride, float[] w, int wStart, int wStride, int n, int j) {
    double lane0 = 0;
    double lane4 = 0;
    double lane8 = 0;
    double lane12 = 0;
    int i = j;
    for (; i + 12 < n; i += LANES) {
      lane0 += term(x, start, stride, w, wStart, wStride, i);
      lane4 += term(x, start, stride, w, wStart, wStride, i + 4);
      lane8 += term(x, start, stride, w, wStart, wStride, i + 8);
      lane12 += term(x, start, stride, w, wStart, wStride, i + 12);
    }
    // A lane is never -0, so adding +0 where there is no value changes nothing.
    lane0 += i < n ? term(x, start, stride, w, wStart, wStride, i) : 0;
    lane4 += i + 4 < n ? term(x, start, stride, w, wStart, wStride, i + 4) : 0;
    lane8 += i + 8 < n ? term(x, start, stride, w, wStart, wStride, i + 8) : 0;
    return (lane0 + lane8) + (lane4 + lane12);
  }

  /** A value, or its product with a weight, which is exact in double. */
  private static double term(
      float[] x, int start, int stride, float[] w, int wStart, int wStride, int i) {
    double value = x[start + i * stride];
    return w == null ? value : value * w[wStart + i * wStride];
  }
}
