package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.keepFirst;
import static dev.lanepool.kernel.vector.RowSums.LANES;

import jdk.incubator.vector.DoubleVector;

/** Sums of rows that lie one after another in s.values: as {@link RowSums}, of doubles. */
final class DoubleRows {
  private static final Boundary FEW = new Boundary(DoubleRows::fewValues);
  private static final Boundary MANY = new Boundary(DoubleRows::manyValues);

  private DoubleRows() {}

  /** The sums of rows of n values, a block at the most, to s.sums. */
  static void sums(int n, int rows, Scratch s) {
    // A loop that some rows never enter would look too rare for C2 to inline what is in it.
    (n <= LANES ? FEW : MANY).reduce(null, 0, 0, n, rows, s);
    RowFolds.SUMS.reduce(null, 0, 0, n, rows, s);
  }

  // Both make the four partial sums of each row; what is behind those of the last may be
  // overwritten.

  private static void fewValues(float[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row += RowSums.ROWS) {
      int next = Math.min(row + 1, rows - 1) * n;
      for (int lane = 0; lane < RowSums.PARTIALS; lane += DOUBLE_LANES) {
        DoubleVector strip = fewValues(s.values, row * n + lane, n - lane);
        int other = RowSums.PARTIALS + lane;
        DoubleVector second =
            RowSums.ROWS == 2
                ? fewValues(s.values, next + lane, n - lane)
                : fewValues(s.values, row * n + other, n - other);
        RowSums.secondFold(strip, second).intoArray(s.sums, row * RowSums.PARTIALS + lane);
      }
    }
  }

  private static DoubleVector fewValues(double[] v, int i, int count) {
    return keepFirst(at(v, i), count).add(keepFirst(at(v, i + 8), count - 8));
  }

  private static void manyValues(float[] x, int start, int stride, int n, int rows, Scratch s) {
    int whole = (n - 1) & -LANES;
    for (int row = 0; row < rows; row += RowSums.ROWS) {
      int next = Math.min(row + 1, rows - 1) * n;
      for (int lane = 0; lane < RowSums.PARTIALS; lane += DOUBLE_LANES) {
        int i = row * n + lane;
        int rest = n - whole - lane;
        int to = row * RowSums.PARTIALS + lane;
        if (RowSums.ROWS == 2) {
          strips(s.values, i, next, whole, rest, rest, s.sums, to);
        } else {
          int apart = RowSums.PARTIALS;
          strips(s.values, i, i + apart, whole, rest, rest - apart, s.sums, to);
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
        RowSums.ROWS == 2
            ? sum.blend(sum2, RowFolds.ODD_FOURS)
                .add(sum2.blend(sum, RowFolds.ODD_FOURS).rearrange(RowFolds.SWAP_FOURS))
            : sum.add(sum2);
    folded.intoArray(s, to);
  }

  private static DoubleVector at(double[] v, int i) {
    return DoubleVector.fromArray(DOUBLES, v, i);
  }
}
