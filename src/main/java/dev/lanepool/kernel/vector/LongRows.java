package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.keepFirst;
import static dev.lanepool.kernel.vector.RowSums.PARTIALS;
import static dev.lanepool.kernel.vector.RowSums.ROWS;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;

/**
 * Partial sums of rows of many groups of lanes, as of {@link RowSums}, in two parts. Behind a loop
 * of many trips C2 has counted little, and boxed the tails in most JVMs; so the loop over the
 * groups leaves all lanes of a row, and the tails have a method of their own. One of {@link
 * Copies}.
 */
final class LongRows implements Loop<Object> {
  /** What a copy does. */
  enum Part {
    /** Leaves the lanes of rows, 16 for each in s.sums, without their last values. */
    GROUPS,
    /** The same of a row alone, where two are summed together. */
    GROUPS_OF_ONE,
    /** Makes the partial sums of rows whose lanes are in s.sums, with their last values. */
    TAILS
  }

  private record Form(boolean doubles, Part part) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /** The loop over rows in arrays of doubles, or of floats. */
  static LoopBoundary of(boolean doubles, Part part) {
    return Copies.of(MethodHandles.lookup(), new Form(doubles, part));
  }

  /**
   * Of row first and after, which have n values and lie one after another from start on. Where two
   * are summed together, the last of an odd number is its own other.
   */
  @Override
  public void reduce(Object x, int start, int first, int n, int rows, Scratch s) {
    int rest = RowSums.rest(n);
    switch (FORM.part()) {
      case GROUPS -> groups(x, start, first, n, n - rest, rows, s.sums);
      case GROUPS_OF_ONE -> strip(x, start, n - rest, s.sums, first * LANES);
      case TAILS -> tails(x, start + n - rest, first, n, rest, rows, s.sums);
    }
  }

  private static void groups(
      Object x, int start, int first, int n, int whole, int rows, double[] s) {
    for (int row = 0; row < rows; row += ROWS) {
      int i = start + row * n;
      int to = (first + row) * LANES;
      if (ROWS == 2) {
        strips(x, i, RowSums.other(i, row, rows, n), whole, s, to, to + LANES);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          strips(x, i + k, i + k + PARTIALS, whole, s, to + k, to + k + PARTIALS);
        }
      }
    }
  }

  private static void strips(Object x, int i, int j, int n, double[] s, int to, int nextTo) {
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
    exact(low).intoArray(s, to);
    exact(high).intoArray(s, to + 8);
    exact(low2).intoArray(s, nextTo);
    exact(high2).intoArray(s, nextTo + 8);
  }

  private static void strip(Object x, int i, int n, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < n; k += LANES) {
      low = exact(low).add(widen(x, i + k));
      high = exact(high).add(widen(x, i + k + 8));
    }
    exact(low).intoArray(s, to);
    exact(high).intoArray(s, to + 8);
  }

  private static void tails(Object x, int start, int first, int n, int rest, int rows, double[] s) {
    for (int row = 0; row < rows; row += ROWS) {
      int i = start + row * n;
      int from = (first + row) * LANES;
      int to = (first + row) * PARTIALS;
      if (ROWS == 2) {
        DoubleVector sum = tail(x, i, rest, s, from);
        int next = row + 1 < rows ? from + LANES : from;
        DoubleVector sum2 = tail(x, RowSums.other(i, row, rows, n), rest, s, next);
        RowSums.secondFold(sum, sum2).intoArray(s, to);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          DoubleVector sum = tail(x, i + k, rest - k, s, from + k);
          int next = k + PARTIALS;
          DoubleVector sum2 = tail(x, i + next, rest - next, s, from + next);
          RowSums.secondFold(sum, sum2).intoArray(s, to + k);
        }
      }
    }
  }

  /** A strip after the first fold. */
  private static DoubleVector tail(Object x, int i, int rest, double[] s, int lanes) {
    DoubleVector low = at(s, lanes).add(keepFirst(widen(x, i), rest));
    return low.add(at(s, lanes + 8).add(keepFirst(widen(x, i + 8), rest - 8)));
  }

  private static DoubleVector widen(Object x, int i) {
    return FORM.doubles() ? at((double[]) x, i) : Lanes.widen((float[]) x, i);
  }
}
