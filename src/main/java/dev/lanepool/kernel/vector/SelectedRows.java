package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.keep;
import static dev.lanepool.kernel.vector.Lanes.multiplyAdd;
import static dev.lanepool.kernel.vector.Lanes.widen;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * Sums of what is selected of contiguous rows, all by the same weights: as {@link RowSums}, with +0
 * for the others. What is behind a row is read and not kept, so there are no tails. Two rows share
 * the reading of the weights.
 */
final class SelectedRows {
  /** Partial sums of a row after the first fold. */
  private static final int PARTIALS = LANES / 2;

  private static final Boundary KEPT = new Boundary(SelectedRows::keptRows);
  private static final Boundary KEPT_OF_SEVEN = new Boundary(SelectedRows::keptOfSevenRows);
  private static final Boundary WEIGHED = new Boundary(SelectedRows::weighedRows);

  private SelectedRows() {}

  /**
   * Sums rows of n values, a block at the most, which begin {@code stride} apart, to s.sums.
   *
   * @param binary whether all weights are 0 or 1
   * @param s has the weights at the beginning of s.factors, and ones in s.keep where they are not 0
   */
  static void sums(float[] x, int start, int stride, int rows, int n, boolean binary, Scratch s) {
    int length = RowSums.padded(n);
    Boundary form = binary ? kept(n) : WEIGHED;
    int room = x.length - start - length;
    int inPlace = room < 0 ? 0 : Math.min(rows, room / stride + 1);
    s.position = 0;
    form.reduce(x, start, stride, length, inPlace, s);
    for (int row = inPlace; row < rows; row++) {
      // At the end of the array whole vectors can't be read.
      System.arraycopy(x, start + row * stride, s.copy, 0, n);
      s.position = row;
      form.reduce(s.copy, 0, 0, length, 1, s);
    }
    RowFolds.FOURS.reduce(x, start, stride, n, rows, s);
    RowFolds.SUMS.reduce(x, start, stride, n, rows, s);
  }

  /** The 7×7 of most heads, up to 56 values, without a loop: of four trips it costs more. */
  private static Boundary kept(int n) {
    return RowSums.isThreeAndHalf(n) ? KEPT_OF_SEVEN : KEPT;
  }

  // Every form makes the partial sums of row s.position and after; n is a multiple of the lanes.

  private static void keptRows(float[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row += 2) {
      int next = Math.min(row + 1, rows - 1);
      int to = (s.position + row) * PARTIALS;
      int nextTo = (s.position + next) * PARTIALS;
      int i = start + row * stride;
      int j = start + next * stride;
      if (DOUBLE_LANES == PARTIALS) { // a loop of one trip makes that over rows slower
        kept(x, i, j, n, s.keep, 0, s.sums, to, nextTo);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          kept(x, i + k, j + k, n, s.keep, k, s.sums, to + k, nextTo + k);
        }
      }
    }
  }

  private static void keptOfSevenRows(
      float[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      int to = (s.position + row) * PARTIALS;
      int i = start + row * stride;
      if (DOUBLE_LANES == PARTIALS) {
        keptOfSeven(x, i, s.keep, 0, s.sums, to);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          keptOfSeven(x, i + k, s.keep, k, s.sums, to + k);
        }
      }
    }
  }

  /** Seven halves of groups in a straight line; two rows of them would be too much for C2. */
  private static void keptOfSeven(float[] x, int i, long[] keeps, int lane, double[] s, int to) {
    DoubleVector low = keep(widen(x, i), at(keeps, lane));
    DoubleVector high = keep(widen(x, i + 8), at(keeps, lane + 8));
    low = low.add(keep(widen(x, i + 16), at(keeps, lane + 16)));
    high = high.add(keep(widen(x, i + 24), at(keeps, lane + 24)));
    low = low.add(keep(widen(x, i + 32), at(keeps, lane + 32)));
    high = high.add(keep(widen(x, i + 40), at(keeps, lane + 40)));
    low = low.add(keep(widen(x, i + 48), at(keeps, lane + 48)));
    low.add(high).intoArray(s, to);
  }

  private static void weighedRows(float[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      int to = (s.position + row) * PARTIALS;
      int i = start + row * stride;
      if (DOUBLE_LANES == PARTIALS) {
        weighed(x, i, n, s.factors, s.keep, 0, s.sums, to);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          weighed(x, i + k, n, s.factors, s.keep, k, s.sums, to + k);
        }
      }
    }
  }

  /** A strip of a row that begins at i, and of one at j. */
  private static void kept(
      float[] x, int i, int j, int n, long[] keeps, int lane, double[] s, int to, int nextTo) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    DoubleVector low2 = DoubleVector.zero(DOUBLES);
    DoubleVector high2 = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < n; k += LANES) {
      LongVector keep = at(keeps, lane + k);
      low = exact(low).add(keep(widen(x, i + k), keep));
      low2 = exact(low2).add(keep(widen(x, j + k), keep));
      keep = at(keeps, lane + k + 8);
      high = exact(high).add(keep(widen(x, i + k + 8), keep));
      high2 = exact(high2).add(keep(widen(x, j + k + 8), keep));
    }
    exact(low).add(exact(high)).intoArray(s, to);
    exact(low2).add(exact(high2)).intoArray(s, nextTo);
  }

  /** Products of two floats are exact in double, those with weights as well. */
  private static void weighed(
      float[] x, int i, int n, double[] factors, long[] keeps, int lane, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < n; k += LANES) {
      DoubleVector factor = DoubleVector.fromArray(DOUBLES, factors, lane + k);
      low = multiplyAdd(keep(widen(x, i + k), at(keeps, lane + k)), factor, exact(low));
      factor = DoubleVector.fromArray(DOUBLES, factors, lane + k + 8);
      high = multiplyAdd(keep(widen(x, i + k + 8), at(keeps, lane + k + 8)), factor, exact(high));
    }
    exact(low).add(exact(high)).intoArray(s, to);
  }
}
