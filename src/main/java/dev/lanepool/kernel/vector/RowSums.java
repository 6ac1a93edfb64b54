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
 * <p>A row has 16 lanes of partial sums. A <em>strip</em> of it is as many of the first eight lanes
 * as a vector holds, and the lanes eight further on; the two, added, are the first fold. A loop
 * sums two strips at a time, of one row or, where one strip is a row, of two, so that an addition
 * need not wait for the one before. {@link RowFolds} does the other folds, for many rows together.
 */
final class RowSums {
  /** Values of a block, the most that a row has here; block sums are added in block order. */
  static final int BLOCK = 4096;

  /** Values that the lanes take together. */
  static final int LANES = 16;

  /** Partial sums of a row after the first fold. */
  static final int PARTIALS = LANES / 2;

  /** What a total begins with: -0 plus the first block's sum is that sum, to the bit. */
  static final double NOTHING = -0.0;

  /** Rows whose strips are summed together. */
  private static final int ROWS = DOUBLE_LANES == PARTIALS ? 2 : 1;

  private static final Boundary THREE = new Boundary(RowSums::threeAndHalfRows);
  private static final Boundary HALF = new Boundary(RowSums::halfRows);
  private static final Boundary FULL = new Boundary(RowSums::fullRows);
  private static final Boundary ONE = new Boundary(RowSums::oneRow);

  private RowSums() {}

  /** Sums rows of n values, which lie one after another from start on, to s.sums. */
  static void sums(float[] x, int start, int rows, int n, Scratch s) {
    partials(x, start, rows, n, s);
    RowFolds.SUMS.reduce(x, start, 0, n, rows, s);
  }

  /** The sum of one row of n values. */
  static double sum(float[] x, int start, int n, Scratch s) {
    sums(x, start, 1, n, s);
    return s.sums[0];
  }

  /** The partial sums of rows of n values, which lie one after another from start on. */
  static void partials(float[] x, int start, int rows, int n, Scratch s) {
    int room = x.length - start - reach(n);
    int inPlace = room < 0 ? 0 : Math.min(rows, room / n + 1);
    if (inPlace > 0) {
      form(n, inPlace).reduce(x, start, 0, n, inPlace, s);
    }
    for (int row = inPlace; row < rows; row++) {
      // At the end of the array whole vectors can't be read: sum a copy that has room behind it.
      float[] values = copy(x, start + row * n, n, s.copy);
      form(n, 1).reduce(values, 0, row, n, 1, s);
    }
  }

  /** How far from its start a row of n values is read. */
  private static int reach(int n) {
    int rest = rest(n);
    return n - rest + (rest <= PARTIALS ? PARTIALS : LANES);
  }

  /** Values behind the last whole group of lanes that has others behind it: 1 to 16. */
  private static int rest(int n) {
    return (n - 1) % LANES + 1;
  }

  /** The leanest loop for such rows. */
  private static Boundary form(int n, int rows) {
    if (rest(n) <= PARTIALS) {
      return n / LANES == 3 ? THREE : HALF;
    }
    return ROWS == 2 && rows == 1 ? ONE : FULL;
  }

  // Every form makes the partial sums of row first and after from rows of n values.

  private static void threeAndHalfRows(
      float[] x, int start, int first, int n, int rows, Scratch s) {
    for (int lane = 0; lane < PARTIALS; lane += DOUBLE_LANES) {
      int rest = n - 3 * LANES - lane;
      for (int row = 0; row < rows; row++) {
        threeAndHalf(x, start + row * n + lane, rest, s.sums, (first + row) * PARTIALS + lane);
      }
    }
  }

  private static void halfRows(float[] x, int start, int first, int n, int rows, Scratch s) {
    int rest = rest(n);
    for (int row = 0; row < rows; row += ROWS) {
      for (int lane = 0; lane < PARTIALS; lane += 2 * DOUBLE_LANES) {
        int i = start + row * n + lane;
        int to = (first + row) * PARTIALS + lane;
        half(x, i, next(i, n, row, rows), n - rest, rest - lane, nextRest(rest - lane), s.sums, to);
      }
    }
  }

  private static void fullRows(float[] x, int start, int first, int n, int rows, Scratch s) {
    int rest = rest(n);
    for (int row = 0; row < rows; row += ROWS) {
      for (int lane = 0; lane < PARTIALS; lane += 2 * DOUBLE_LANES) {
        int i = start + row * n + lane;
        int to = (first + row) * PARTIALS + lane;
        full(x, i, next(i, n, row, rows), n - rest, rest - lane, nextRest(rest - lane), s.sums, to);
      }
    }
  }

  /** Where the other strip begins; the last of an odd number of rows is its own other. */
  private static int next(int i, int n, int row, int rows) {
    return ROWS == 1 ? i + DOUBLE_LANES : row + 1 < rows ? i + n : i;
  }

  private static int nextRest(int rest) {
    return ROWS == 1 ? rest - DOUBLE_LANES : rest;
  }

  /** 49 to 56 values, such as the 7×7 of most heads: no loop, which for three trips costs more. */
  private static void threeAndHalf(float[] x, int i, int rest, double[] s, int to) {
    DoubleVector low = widen(x, i).add(widen(x, i + 16)).add(widen(x, i + 32));
    DoubleVector high = widen(x, i + 8).add(widen(x, i + 24)).add(widen(x, i + 40));
    low.add(widenFirst(x, i + 48, rest)).add(high).intoArray(s, to);
  }

  // A strip that begins at i and one at j: n values, and a rest of 8 or fewer, or of 16 or fewer.

  private static void half(
      float[] x, int i, int j, int n, int rest, int nextRest, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    DoubleVector low2 = DoubleVector.zero(DOUBLES);
    DoubleVector high2 = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < n; k += LANES) {
      low = exact(low).add(widen(x, i + k));
      high = exact(high).add(widen(x, i + k + 8));
      low2 = exact(low2).add(widen(x, j + k));
      high2 = exact(high2).add(widen(x, j + k + 8));
    }
    low = exact(low).add(widenFirst(x, i + n, rest));
    low2 = exact(low2).add(widenFirst(x, j + n, nextRest));
    low.add(exact(high)).intoArray(s, to);
    low2.add(exact(high2)).intoArray(s, to + DOUBLE_LANES);
  }

  private static void full(
      float[] x, int i, int j, int n, int rest, int nextRest, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    DoubleVector low2 = DoubleVector.zero(DOUBLES);
    DoubleVector high2 = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < n; k += LANES) {
      low = exact(low).add(widen(x, i + k));
      high = exact(high).add(widen(x, i + k + 8));
      low2 = exact(low2).add(widen(x, j + k));
      high2 = exact(high2).add(widen(x, j + k + 8));
    }
    low = exact(low).add(widenFirst(x, i + n, rest));
    high = exact(high).add(widenFirst(x, i + n + 8, rest - 8));
    low2 = exact(low2).add(widenFirst(x, j + n, nextRest));
    high2 = exact(high2).add(widenFirst(x, j + n + 8, nextRest - 8));
    low.add(high).intoArray(s, to);
    low2.add(high2).intoArray(s, to + DOUBLE_LANES);
  }

  /** One long row where it has only one strip. */
  private static void oneRow(float[] x, int i, int first, int n, int rows, Scratch s) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    int k = 0;
    for (; k < n - LANES; k += LANES) {
      low = exact(low).add(widen(x, i + k));
      high = exact(high).add(widen(x, i + k + 8));
    }
    low = exact(low).add(widenFirst(x, i + k, n - k));
    high = exact(high).add(widenFirst(x, i + k + 8, n - k - 8));
    low.add(high).intoArray(s.sums, first * PARTIALS);
  }

  /** Copies n values to the beginning, unless they are there already. */
  private static float[] copy(float[] from, int start, int n, float[] to) {
    if (from != to) {
      System.arraycopy(from, start, to, 0, n);
    }
    return to;
  }
}
