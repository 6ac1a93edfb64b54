package dev.lanepool.kernel.scalar;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;
import static dev.lanepool.kernel.internal.SumOrder.LANES;

/** Sums of adjacent values in double, in the one order that every backend keeps. */
final class ScalarSums {
  private ScalarSums() {}

  /** The sum of n values; +0 where n = 0. */
  static double sum(float[] x, int start, int n) {
    double sum = blockSum(x, start, Math.min(n, BLOCK));
    for (int done = BLOCK; done > 0 && done < n; done += BLOCK) {
      sum += blockSum(x, start + done, Math.min(n - done, BLOCK));
    }
    return sum;
  }

  /** The sum of n products of values and weights; +0 where n = 0. */
  static double dot(float[] x, int start, float[] w, int wStart, int n) {
    double sum = blockDot(x, start, w, wStart, Math.min(n, BLOCK));
    for (int done = BLOCK; done > 0 && done < n; done += BLOCK) {
      sum += blockDot(x, start + done, w, wStart + done, Math.min(n - done, BLOCK));
    }
    return sum;
  }

  /** The 16 lanes folded by halves: +8, +4, +2, +1. */
  private static double blockSum(float[] x, int start, int n) {
    double lane0 = quarterSum(x, start, n, 0);
    double lane1 = quarterSum(x, start, n, 1);
    double lane2 = quarterSum(x, start, n, 2);
    double lane3 = quarterSum(x, start, n, 3);
    return (lane0 + lane2) + (lane1 + lane3);
  }

  /** Lanes j, j+4, j+8 and j+12 of a block, after the folds by 8 and by 4. */
  private static double quarterSum(float[] x, int start, int n, int j) {
    double lane0 = 0;
    double lane4 = 0;
    double lane8 = 0;
    double lane12 = 0;
    int i = j;
    for (; i + 12 < n; i += LANES) {
      lane0 += x[start + i];
      lane4 += x[start + i + 4];
      lane8 += x[start + i + 8];
      lane12 += x[start + i + 12];
    }
    // A lane is never -0, so adding +0 where there is no value changes nothing.
    lane0 += i < n ? x[start + i] : 0;
    lane4 += i + 4 < n ? x[start + i + 4] : 0;
    lane8 += i + 8 < n ? x[start + i + 8] : 0;
    return (lane0 + lane8) + (lane4 + lane12);
  }

  private static double blockDot(float[] x, int start, float[] w, int wStart, int n) {
    double lane0 = quarterDot(x, start, w, wStart, n, 0);
    double lane1 = quarterDot(x, start, w, wStart, n, 1);
    double lane2 = quarterDot(x, start, w, wStart, n, 2);
    double lane3 = quarterDot(x, start, w, wStart, n, 3);
    return (lane0 + lane2) + (lane1 + lane3);
  }

  private static double quarterDot(float[] x, int start, float[] w, int wStart, int n, int j) {
    double lane0 = 0;
    double lane4 = 0;
    double lane8 = 0;
    double lane12 = 0;
    int i = j;
    for (; i + 12 < n; i += LANES) {
      lane0 += product(x, start + i, w, wStart + i);
      lane4 += product(x, start + i + 4, w, wStart + i + 4);
      lane8 += product(x, start + i + 8, w, wStart + i + 8);
      lane12 += product(x, start + i + 12, w, wStart + i + 12);
    }
    lane0 += i < n ? product(x, start + i, w, wStart + i) : 0;
    lane4 += i + 4 < n ? product(x, start + i + 4, w, wStart + i + 4) : 0;
    lane8 += i + 8 < n ? product(x, start + i + 8, w, wStart + i + 8) : 0;
    return (lane0 + lane8) + (lane4 + lane12);
  }

  /** The product of two floats is exact in double. */
  private static double product(float[] x, int i, float[] w, int j) {
    return (double) x[i] * w[j];
  }
}
