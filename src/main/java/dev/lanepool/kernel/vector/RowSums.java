package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.keepFirst;
import static dev.lanepool.kernel.vector.Lanes.widen;

import jdk.incubator.vector.DoubleVector;

/**
 * Sums of contiguous rows, in double and in the contract's order.
 *
 * <p>A row has 16 lanes of partial sums. A <em>strip</em> of it is as many of the first eight lanes
 * as a vector holds, and the lanes eight further on; the two, added, are the first fold. A loop
 * sums two strips at a time, so that an addition need not wait for the one before: the first eight
 * lanes of two rows or, where a vector holds no more than four, the lanes of one row that the
 * second fold adds. So four partial sums of a row are left; {@link RowFolds} does the other folds,
 * for many rows together.
 */
final class RowSums {
  /** Partial sums of a row after the second fold. */
  static final int PARTIALS = LANES / 4;

  /** Rows whose strips are summed together. */
  static final int ROWS = DOUBLE_LANES == 8 ? 2 : 1;

  /** Values of a row with many groups of lanes. */
  static final int LONG = 32 * LANES;

  private static final Boundary THREE = new Boundary(RowSums::threeAndHalfRows);
  private static final Boundary HALF = new Boundary(RowSums::halfRows);
  private static final Boundary FULL = new Boundary(RowSums::fullRows);
  private static final LoopBoundary GROUPS = LongRows.of(false, LongRows.Part.GROUPS);
  private static final LoopBoundary GROUPS_OF_ONE = LongRows.of(false, LongRows.Part.GROUPS_OF_ONE);

  /** The partial sums of rows whose lanes are in s.sums, 16 for each, from the values left. */
  static final LoopBoundary TAILS = LongRows.of(false, LongRows.Part.TAILS);

  private RowSums() {}

  /** Sums rows of n values, which lie one after another from start on, to s.sums. */
  static void sums(float[] x, int start, int rows, int n, Scratch s) {
    partials(x, start, rows, n, s);
    RowFolds.SUMS.reduce(x, start, 0, n, rows, s);
  }

  /** The partial sums of rows of n values, which lie one after another from start on. */
  static void partials(float[] x, int start, int rows, int n, Scratch s) {
    boolean alone = ROWS == 2 && rows == 1;
    int inPlace = inPlace(x.length - start, rows, n);
    partials(alone, x, start, 0, inPlace, n, s);
    for (int row = inPlace; row < rows; row++) {
      // At the end of the array whole vectors can't be read: sum a copy that has room behind it.
      System.arraycopy(x, start + row * n, s.copy, 0, n);
      partials(alone, s.copy, 0, row, 1, n, s);
    }
  }

  /**
   * How many of the rows may be read where they are: in whole groups of lanes.
   *
   * @param left values from the first row to the end of the array
   */
  static int inPlace(int left, int rows, int n) {
    int room = left - padded(n);
    return room < 0 ? 0 : Math.min(rows, room / n + 1);
  }

  /** So many values as whole groups of lanes. */
  static int padded(int n) {
    return (n + LANES - 1) & -LANES;
  }

  /**
   * By the same loops, whatever rows there are besides: one that few rows take is compiled late,
   * and puts vectors on the heap until then.
   */
  private static void partials(
      boolean alone, float[] x, int start, int first, int rows, int n, Scratch s) {
    if (n <= LONG) {
      form(n).reduce(x, start, first, n, rows, s);
    } else {
      (alone ? GROUPS_OF_ONE : GROUPS).reduce(x, start, first, n, rows, s);
      TAILS.reduce(x, start, first, n, rows, s);
    }
  }

  /** The leanest loop for such rows. */
  private static Boundary form(int n) {
    if (rest(n) > LANES / 2) {
      return FULL;
    }
    return n / LANES == 3 ? THREE : HALF;
  }

  /** Values behind the last whole group of lanes that has others behind it: 1 to 16. */
  static int rest(int n) {
    return (n - 1) % LANES + 1;
  }

  // Every form makes the partial sums of row first and after from rows of n values. Where two are
  // summed together, the last of an odd number is its own other; what is behind the sums of the
  // last may be overwritten. The strips of two rows stand outside of the loop over those of one:
  // around a loop of one trip, C2 made that over rows a fourth slower.

  private static void threeAndHalfRows(
      float[] x, int start, int first, int n, int rows, Scratch s) {
    int rest = n - 3 * LANES;
    for (int row = 0; row < rows; row += ROWS) {
      int i = start + row * n;
      int to = (first + row) * PARTIALS;
      if (ROWS == 2) {
        threeAndHalf(x, i, other(i, row, rows, n), rest, rest, s.sums, to);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          threeAndHalf(x, i + k, i + k + PARTIALS, rest - k, rest - k - PARTIALS, s.sums, to + k);
        }
      }
    }
  }

  private static void halfRows(float[] x, int start, int first, int n, int rows, Scratch s) {
    int rest = rest(n);
    int whole = n - rest;
    for (int row = 0; row < rows; row += ROWS) {
      int i = start + row * n;
      int to = (first + row) * PARTIALS;
      if (ROWS == 2) {
        half(x, i, other(i, row, rows, n), whole, rest, rest, s.sums, to);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          half(x, i + k, i + k + PARTIALS, whole, rest - k, rest - k - PARTIALS, s.sums, to + k);
        }
      }
    }
  }

  private static void fullRows(float[] x, int start, int first, int n, int rows, Scratch s) {
    int rest = rest(n);
    int whole = n - rest;
    for (int row = 0; row < rows; row += ROWS) {
      int i = start + row * n;
      int to = (first + row) * PARTIALS;
      if (ROWS == 2) {
        full(x, i, other(i, row, rows, n), whole, rest, rest, s.sums, to);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          full(x, i + k, i + k + PARTIALS, whole, rest - k, rest - k - PARTIALS, s.sums, to + k);
        }
      }
    }
  }

  /** Where the row begins that is summed together with the one at i. */
  static int other(int i, int row, int rows, int n) {
    return row + 1 < rows ? i + n : i;
  }

  // Strips that begin at i and j: n values, and a rest of 8 or fewer, or of 16 or fewer. At the end
  // of so long methods C2 would not inline secondFold, so it is written out.

  /** 49 to 56 values, such as the 7×7 of most heads: no loop, which for three trips costs more. */
  private static void threeAndHalf(
      float[] x, int i, int j, int rest, int nextRest, double[] s, int to) {
    DoubleVector low = widen(x, i).add(widen(x, i + 16)).add(widen(x, i + 32));
    DoubleVector high = widen(x, i + 8).add(widen(x, i + 24)).add(widen(x, i + 40));
    DoubleVector low2 = widen(x, j).add(widen(x, j + 16)).add(widen(x, j + 32));
    DoubleVector high2 = widen(x, j + 8).add(widen(x, j + 24)).add(widen(x, j + 40));
    DoubleVector sum = low.add(keepFirst(widen(x, i + 48), rest)).add(high);
    DoubleVector sum2 = low2.add(keepFirst(widen(x, j + 48), nextRest)).add(high2);
    DoubleVector folded =
        ROWS == 2
            ? sum.blend(sum2, RowFolds.ODD_FOURS)
                .add(sum2.blend(sum, RowFolds.ODD_FOURS).rearrange(RowFolds.SWAP_FOURS))
            : sum.add(sum2);
    folded.intoArray(s, to);
  }

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
    low = exact(low).add(keepFirst(widen(x, i + n), rest));
    low2 = exact(low2).add(keepFirst(widen(x, j + n), nextRest));
    DoubleVector sum = low.add(exact(high));
    DoubleVector sum2 = low2.add(exact(high2));
    DoubleVector folded =
        ROWS == 2
            ? sum.blend(sum2, RowFolds.ODD_FOURS)
                .add(sum2.blend(sum, RowFolds.ODD_FOURS).rearrange(RowFolds.SWAP_FOURS))
            : sum.add(sum2);
    folded.intoArray(s, to);
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
    low = exact(low).add(widen(x, i + n));
    high = exact(high).add(keepFirst(widen(x, i + n + 8), rest - 8));
    low2 = exact(low2).add(widen(x, j + n));
    high2 = exact(high2).add(keepFirst(widen(x, j + n + 8), nextRest - 8));
    DoubleVector sum = low.add(high);
    DoubleVector sum2 = low2.add(high2);
    DoubleVector folded =
        ROWS == 2
            ? sum.blend(sum2, RowFolds.ODD_FOURS)
                .add(sum2.blend(sum, RowFolds.ODD_FOURS).rearrange(RowFolds.SWAP_FOURS))
            : sum.add(sum2);
    folded.intoArray(s, to);
  }

  /** Of two strips after the first fold. */
  static DoubleVector secondFold(DoubleVector a, DoubleVector b) {
    return ROWS == 2 ? RowFolds.fours(a, b) : a.add(b);
  }
}
