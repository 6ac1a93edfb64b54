package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.keepFirst;
import static dev.lanepool.kernel.vector.RowSums.PARTIALS;
import static dev.lanepool.kernel.vector.RowSums.ROWS;

import jdk.incubator.vector.DoubleVector;

/** Sums of contiguous rows of doubles: as {@link RowSums}. */
final class DoubleRows {
  private static final LoopBoundary FEW = new LoopBoundary((Loop<double[]>) DoubleRows::fewRows);
  private static final LoopBoundary MANY = new LoopBoundary((Loop<double[]>) DoubleRows::manyRows);
  private static final LoopBoundary GROUPS = LongRows.of(true, LongRows.Part.GROUPS);
  private static final LoopBoundary GROUPS_OF_ONE = LongRows.of(true, LongRows.Part.GROUPS_OF_ONE);
  private static final LoopBoundary TAILS = LongRows.of(true, LongRows.Part.TAILS);

  private DoubleRows() {}

  /**
   * The sums of rows of n values, a block at the most, which lie one after another from start on,
   * to s.sums. Where x is not s.values, these may be overwritten.
   */
  static void sums(double[] x, int start, int rows, int n, Scratch s) {
    boolean alone = ROWS == 2 && rows == 1;
    int inPlace = RowSums.inPlace(x.length - start, rows, n);
    partials(alone, x, start, 0, inPlace, n, s);
    for (int row = inPlace; row < rows; row++) {
      // At the end of the array whole vectors can't be read.
      System.arraycopy(x, start + row * n, s.values, 0, n);
      partials(alone, s.values, 0, row, 1, n, s);
    }
    RowFolds.SUMS.reduce(null, 0, 0, n, rows, s);
  }

  private static void partials(
      boolean alone, double[] x, int start, int first, int rows, int n, Scratch s) {
    if (n > RowSums.LONG) {
      (alone ? GROUPS_OF_ONE : GROUPS).reduce(x, start, first, n, rows, s);
      TAILS.reduce(x, start, first, n, rows, s);
    } else {
      // A loop that some rows never enter would look too rare for C2 to inline what is in it.
      (n <= LANES ? FEW : MANY).reduce(x, start, first, n, rows, s);
    }
  }

  // Both make the four partial sums of row first and after; what is behind those of the last may be
  // overwritten.

  private static void fewRows(double[] x, int start, int first, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row += ROWS) {
      int i = start + row * n;
      int to = (first + row) * PARTIALS;
      if (ROWS == 2) {
        int j = RowSums.other(i, row, rows, n);
        RowSums.secondFold(fewValues(x, i, n), fewValues(x, j, n)).intoArray(s.sums, to);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          int other = k + PARTIALS;
          DoubleVector strip = fewValues(x, i + k, n - k);
          RowSums.secondFold(strip, fewValues(x, i + other, n - other)).intoArray(s.sums, to + k);
        }
      }
    }
  }

  private static DoubleVector fewValues(double[] v, int i, int count) {
    return keepFirst(at(v, i), count).add(keepFirst(at(v, i + 8), count - 8));
  }

  private static void manyRows(double[] x, int start, int first, int n, int rows, Scratch s) {
    int whole = (n - 1) & -LANES;
    for (int row = 0; row < rows; row += ROWS) {
      int i = start + row * n;
      int rest = n - whole;
      int to = (first + row) * PARTIALS;
      if (ROWS == 2) {
        int j = RowSums.other(i, row, rows, n);
        strips(x, i, j, whole, rest, rest, s.sums, to);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          int other = k + PARTIALS;
          strips(x, i + k, i + other, whole, rest - k, rest - other, s.sums, to + k);
        }
      }
    }
  }

  private static void strips(
      double[] v, int i, int j, int n, int rest, int nextRest, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    DoubleVector low2 = DoubleVector.zero(DOUBLES);
    DoubleVector high2 = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < n; k += LANES) {
      low = exact(low).add(at(v, i + k));
      high = exact(high).add(at(v, i + k + 8));
      low2 = exact(low2).add(at(v, j + k));
      high2 = exact(high2).add(at(v, j + k + 8));
    }
    low = exact(low).add(keepFirst(at(v, i + n), rest));
    high = exact(high).add(keepFirst(at(v, i + n + 8), rest - 8));
    low2 = exact(low2).add(keepFirst(at(v, j + n), nextRest));
    high2 = exact(high2).add(keepFirst(at(v, j + n + 8), nextRest - 8));
    DoubleVector sum = low.add(high);
    DoubleVector sum2 = low2.add(high2);
    // As secondFold, which C2 would not inline into so long a method.
    DoubleVector folded =
        ROWS == 2
            ? sum.blend(sum2, RowFolds.ODD_FOURS)
                .add(sum2.blend(sum, RowFolds.ODD_FOURS).rearrange(RowFolds.SWAP_FOURS))
            : sum.add(sum2);
    folded.intoArray(s, to);
  }
}
