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
 * Adds contiguous rows in arrays, for {@link RowSums}, which says what a strip is and what partial
 * sums are. One of {@link Copies}.
 */
final class RowLoop implements Loop<Object> {
  /** What a copy does. */
  enum Part {
    /** Makes the partial sums of rows of 16 values or fewer. */
    FEW,
    /** The same where 8 values or fewer are behind the last whole group of lanes. */
    HALF,
    /** The same of 49 to 56 values, which are doubles: floats have a loop in {@link RowSums}. */
    THREE_AND_HALF,
    /** The same where 9 values or more are behind the last whole group of lanes. */
    FULL,
    /** Leaves the lanes of rows, 16 for each in s.sums, without their last values. */
    GROUPS,
    /** The same of a row alone, where two are summed together. */
    GROUPS_OF_ONE,
    /** Makes the partial sums of rows whose lanes are in s.sums, with their last values. */
    TAILS
  }

  private record Form(boolean doubles, Part part) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  // What of it is asked for everywhere: to call the record's methods would take C2 to its limit.

  private static final Part PART = FORM == null ? null : FORM.part(); // null in what is copied
  private static final boolean OF_DOUBLES = FORM != null && FORM.doubles();

  /** The loop over rows in arrays of doubles, or of floats. */
  static LoopBoundary of(boolean doubles, Part part) {
    return Copies.of(MethodHandles.lookup(), new Form(doubles, part));
  }

  // Where two rows are summed together, the last of an odd number is its own other; what is behind
  // the sums of the last may be overwritten. The strips of two rows stand outside of the loop over
  // those of one: around a loop of one trip, C2 made that over rows a fourth slower.

  /** Of row first and after, which have n values and lie one after another from start on. */
  @Override
  public void reduce(Object x, int start, int first, int n, int rows, Scratch s) {
    // One of them is null. A cast at every value would be too much for C2 in the longest line.
    float[] f = OF_DOUBLES ? null : (float[]) x;
    double[] d = OF_DOUBLES ? (double[]) x : null;
    int rest = RowSums.rest(n);
    if (PART == Part.GROUPS_OF_ONE) {
      groups(f, d, start, n - rest, s.sums, first * LANES);
    } else if (PART == Part.TAILS) {
      tails(f, d, start + n - rest, first, n, rest, rows, s.sums);
    } else {
      rows(f, d, start, first, n, rest, rows, s.sums);
    }
  }

  private static void rows(
      float[] f, double[] d, int start, int first, int n, int rest, int rows, double[] s) {
    int left = PART == Part.GROUPS ? LANES : PARTIALS;
    for (int row = 0; row < rows; row += ROWS) {
      int i = start + row * n;
      int to = (first + row) * left;
      if (ROWS == 2) {
        strips(f, d, i, RowSums.other(i, row, rows, n), n - rest, rest, rest, s, to);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          int other = k + PARTIALS;
          strips(f, d, i + k, i + other, n - rest, rest - k, rest - other, s, to + k);
        }
      }
    }
  }

  // Strips that begin at i and j: n values, and a rest.

  private static void strips(
      float[] f, double[] d, int i, int j, int n, int rest, int nextRest, double[] s, int to) {
    if (PART == Part.FEW) {
      few(f, d, i, j, rest, nextRest, s, to);
    } else if (PART == Part.HALF) {
      half(f, d, i, j, n, rest, nextRest, s, to);
    } else if (PART == Part.THREE_AND_HALF) {
      threeAndHalf(d, i, j, rest, nextRest, s, to);
    } else if (PART == Part.FULL) {
      full(f, d, i, j, n, rest, nextRest, s, to);
    } else {
      groups(f, d, i, j, n, s, to, ROWS == 2 ? to + LANES : to + PARTIALS);
    }
  }

  private static void few(
      float[] f, double[] d, int i, int j, int rest, int nextRest, double[] s, int to) {
    DoubleVector sum = keepFirst(widen(f, d, i), rest).add(keepFirst(widen(f, d, i + 8), rest - 8));
    DoubleVector sum2 =
        keepFirst(widen(f, d, j), nextRest).add(keepFirst(widen(f, d, j + 8), nextRest - 8));
    RowSums.secondFold(sum, sum2).intoArray(s, to);
  }

  // At the end of so long methods C2 would not inline secondFold, so it is written out.

  /** The 7×7 of most heads: no loop, which for three trips costs more. Only of doubles. */
  private static void threeAndHalf(
      double[] d, int i, int j, int rest, int nextRest, double[] s, int to) {
    DoubleVector low = at(d, i).add(at(d, i + 16)).add(at(d, i + 32));
    DoubleVector high = at(d, i + 8).add(at(d, i + 24)).add(at(d, i + 40));
    DoubleVector low2 = at(d, j).add(at(d, j + 16)).add(at(d, j + 32));
    DoubleVector high2 = at(d, j + 8).add(at(d, j + 24)).add(at(d, j + 40));
    DoubleVector sum = low.add(keepFirst(at(d, i + 48), rest)).add(high);
    DoubleVector sum2 = low2.add(keepFirst(at(d, j + 48), nextRest)).add(high2);
    RowSums.secondFold(sum, sum2).intoArray(s, to);
  }

  private static void half(
      float[] f, double[] d, int i, int j, int n, int rest, int nextRest, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    DoubleVector low2 = DoubleVector.zero(DOUBLES);
    DoubleVector high2 = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < n; k += LANES) {
      low = exact(low).add(widen(f, d, i + k));
      high = exact(high).add(widen(f, d, i + k + 8));
      low2 = exact(low2).add(widen(f, d, j + k));
      high2 = exact(high2).add(widen(f, d, j + k + 8));
    }
    low = exact(low).add(keepFirst(widen(f, d, i + n), rest));
    low2 = exact(low2).add(keepFirst(widen(f, d, j + n), nextRest));
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
      float[] f, double[] d, int i, int j, int n, int rest, int nextRest, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    DoubleVector low2 = DoubleVector.zero(DOUBLES);
    DoubleVector high2 = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < n; k += LANES) {
      low = exact(low).add(widen(f, d, i + k));
      high = exact(high).add(widen(f, d, i + k + 8));
      low2 = exact(low2).add(widen(f, d, j + k));
      high2 = exact(high2).add(widen(f, d, j + k + 8));
    }
    low = exact(low).add(widen(f, d, i + n));
    high = exact(high).add(keepFirst(widen(f, d, i + n + 8), rest - 8));
    low2 = exact(low2).add(widen(f, d, j + n));
    high2 = exact(high2).add(keepFirst(widen(f, d, j + n + 8), nextRest - 8));
    DoubleVector sum = low.add(high);
    DoubleVector sum2 = low2.add(high2);
    DoubleVector folded =
        ROWS == 2
            ? sum.blend(sum2, RowFolds.ODD_FOURS)
                .add(sum2.blend(sum, RowFolds.ODD_FOURS).rearrange(RowFolds.SWAP_FOURS))
            : sum.add(sum2);
    folded.intoArray(s, to);
  }

  // Behind a loop of many trips C2 has counted little, and boxed the tails in most JVMs. So these
  // loops leave all lanes of a row, and the tails have a method of their own.

  private static void groups(
      float[] f, double[] d, int i, int j, int n, double[] s, int to, int nextTo) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    DoubleVector low2 = DoubleVector.zero(DOUBLES);
    DoubleVector high2 = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < n; k += LANES) {
      low = exact(low).add(widen(f, d, i + k));
      high = exact(high).add(widen(f, d, i + k + 8));
      low2 = exact(low2).add(widen(f, d, j + k));
      high2 = exact(high2).add(widen(f, d, j + k + 8));
    }
    exact(low).intoArray(s, to);
    exact(high).intoArray(s, to + 8);
    exact(low2).intoArray(s, nextTo);
    exact(high2).intoArray(s, nextTo + 8);
  }

  private static void groups(float[] f, double[] d, int i, int n, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < n; k += LANES) {
      low = exact(low).add(widen(f, d, i + k));
      high = exact(high).add(widen(f, d, i + k + 8));
    }
    exact(low).intoArray(s, to);
    exact(high).intoArray(s, to + 8);
  }

  private static void tails(
      float[] f, double[] d, int start, int first, int n, int rest, int rows, double[] s) {
    for (int row = 0; row < rows; row += ROWS) {
      int i = start + row * n;
      int from = (first + row) * LANES;
      int to = (first + row) * PARTIALS;
      if (ROWS == 2) {
        DoubleVector sum = tail(f, d, i, rest, s, from);
        int next = row + 1 < rows ? from + LANES : from;
        DoubleVector sum2 = tail(f, d, RowSums.other(i, row, rows, n), rest, s, next);
        RowSums.secondFold(sum, sum2).intoArray(s, to);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          DoubleVector sum = tail(f, d, i + k, rest - k, s, from + k);
          int next = k + PARTIALS;
          DoubleVector sum2 = tail(f, d, i + next, rest - next, s, from + next);
          RowSums.secondFold(sum, sum2).intoArray(s, to + k);
        }
      }
    }
  }

  /** A strip after the first fold. */
  private static DoubleVector tail(float[] f, double[] d, int i, int rest, double[] s, int lanes) {
    DoubleVector low = at(s, lanes).add(keepFirst(widen(f, d, i), rest));
    return low.add(at(s, lanes + 8).add(keepFirst(widen(f, d, i + 8), rest - 8)));
  }

  private static DoubleVector widen(float[] f, double[] d, int i) {
    return OF_DOUBLES ? at(d, i) : Lanes.widen(f, i);
  }
}
