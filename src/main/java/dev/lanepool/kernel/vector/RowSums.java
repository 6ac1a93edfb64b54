package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.widen;
import static dev.lanepool.kernel.vector.Lanes.widenFirst;

import jdk.incubator.vector.DoubleVector;

/**
 * Sums of contiguous rows, in double and in the contract's order.
 *
 * <p>A row has 16 lanes of partial sums. One pass over it takes lanes g.. and g + 8.., as many as a
 * vector holds, and stores them added, which is the first fold; narrower vectors take more passes,
 * while the row stays in the L1 cache. The eight partial sums of many rows are then folded
 * together.
 */
final class RowSums {
  /** Values of a block, the most that a row has here; block sums are added in block order. */
  static final int BLOCK = 4096;

  /** Values that the lanes take together. */
  static final int LANES = 16;

  /** Partial sums of a row. */
  static final int PARTIALS = LANES / 2;

  /** Doubles of scratch. */
  static final int SCRATCH = Scratch.PLANES * PARTIALS;

  /** What a total begins with: -0 plus the first block's sum is that sum, to the bit. */
  static final double NOTHING = -0.0;

  private RowSums() {}

  /** Sums rows of n values, which lie one after another from start on, to s.sums. */
  static void sums(float[] x, int start, int rows, int n, Scratch s) {
    int room = x.length - start - roundUp(n);
    int inPlace = room < 0 ? 0 : Math.min(rows, room / n + 1);
    for (int row = 0; row < rows; ) {
      // At the end of the array whole vectors can't be read: sum a copy that has room behind it.
      boolean copied = row >= inPlace;
      int from = start + row * n;
      float[] values = copied ? copy(x, from, n, s.copy, 0) : x;
      int count = copied ? 1 : inPlace;
      partials(values, copied ? 0 : from, count, n, s.sums, row * PARTIALS);
      row += count;
    }
    fold(s.sums, rows);
  }

  /** The sum of one row of n values. */
  static double sum(float[] x, int start, int n, Scratch s) {
    boolean copied = x.length - start < roundUp(n);
    float[] values = copied ? copy(x, start, n, s.copy, 0) : x;
    anyLength(values, copied ? 0 : start, 1, n, s.sums, 0);
    fold(s.sums, 1);
    return s.sums[0];
  }

  private static void partials(float[] x, int start, int rows, int n, double[] s, int to) {
    if (n > 3 * LANES && n <= 4 * LANES) {
      fourGroups(x, start, rows, n, s, to);
    } else {
      anyLength(x, start, rows, n, s, to);
    }
  }

  private static void anyLength(float[] x, int start, int rows, int n, double[] s, int to) {
    for (int row = 0; row < rows; row++) {
      for (int lane = 0; lane < PARTIALS; lane += DOUBLE_LANES) {
        pass(x, start + row * n + lane, n, lane, s, to + row * PARTIALS + lane);
      }
    }
  }

  private static void pass(float[] x, int start, int n, int lane, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    int i = 0;
    for (; i < n - LANES; i += LANES) {
      low = exact(low).add(widen(x, start + i));
      high = exact(high).add(widen(x, start + i + 8));
    }
    // One to 16 values are left, so that there is no branch around vectors.
    low = exact(low).add(widenFirst(x, start + i, n - i - lane));
    high = exact(high).add(widenFirst(x, start + i + 8, n - i - lane - 8));
    low.add(high).intoArray(s, to);
  }

  /** 49 to 64 values, such as the 7×7 of most heads: no loop, which for three trips costs more. */
  private static void fourGroups(float[] x, int start, int rows, int n, double[] s, int to) {
    for (int row = 0; row < rows; row++) {
      for (int lane = 0; lane < PARTIALS; lane += DOUBLE_LANES) {
        passOfFour(x, start + row * n + lane, n - 3 * LANES - lane, s, to + row * PARTIALS + lane);
      }
    }
  }

  private static void passOfFour(float[] x, int start, int rest, double[] s, int to) {
    DoubleVector zero = DoubleVector.zero(DOUBLES);
    DoubleVector low =
        zero.add(widen(x, start)).add(widen(x, start + 16)).add(widen(x, start + 32));
    DoubleVector high =
        zero.add(widen(x, start + 8)).add(widen(x, start + 24)).add(widen(x, start + 40));
    low = low.add(widenFirst(x, start + 48, rest));
    high = high.add(widenFirst(x, start + 56, rest - 8));
    low.add(high).intoArray(s, to);
  }

  /** Folds the eight partial sums of every row by halves, +4, +2, +1, into s[0..]. */
  static void fold(double[] s, int rows) {
    for (int row = 0; row < rows; row++) {
      int i = row * PARTIALS;
      double even = (s[i] + s[i + 4]) + (s[i + 2] + s[i + 6]);
      double odd = (s[i + 1] + s[i + 5]) + (s[i + 3] + s[i + 7]);
      s[row] = even + odd;
    }
  }

  /** Copies n values, unless they are there already. */
  static float[] copy(float[] from, int start, int n, float[] to, int at) {
    if (from != to) {
      System.arraycopy(from, start, to, at, n);
    }
    return to;
  }

  /** The next multiple of {@link #LANES}. */
  static int roundUp(int n) {
    return (n + LANES - 1) & -LANES;
  }
}
