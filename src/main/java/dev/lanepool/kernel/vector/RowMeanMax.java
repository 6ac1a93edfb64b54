package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.bits;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.widen;
import static dev.lanepool.kernel.vector.RowSums.PARTIALS;
import static dev.lanepool.kernel.vector.RowSums.ROWS;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Sums and maxima of contiguous rows in one loop, so that conversions and comparisons share the
 * time that either would wait for the other's unit or for memory. What they are is said in {@link
 * RowSums} and {@link RowExtrema}; the loop leaves all 16 lanes of a row, since C2 has no room for
 * the tails of two rows behind so much else.
 */
final class RowMeanMax {
  /**
   * Fewer values are faster swept twice: their tails, and the folds of so many lanes, weigh more.
   */
  private static final int LONG = 32 * LANES;

  private static final Boundary LOOP = new Boundary(RowMeanMax::wholeGroups);

  private RowMeanMax() {}

  /**
   * The partial sums of rows of n values, as of {@link RowSums#partials}, and their maxima, as of
   * {@link RowExtrema#max}.
   */
  static void partials(float[] x, int start, int rows, int n, Scratch s) {
    if (n < LONG || DOUBLE_LANES < PARTIALS) {
      RowExtrema.OF_ARRAYS.max(x, start, rows, n, s);
      RowSums.OF_FLOATS.partials(x, start, rows, n, s);
      return;
    }
    LOOP.reduce(x, start, 0, n, rows, s);
    RowSums.OF_FLOATS.tails(x, start, rows, n, s);
    RowExtrema.OF_ARRAYS.maxOfSigned(x, start, rows, n, anyNaN(s.sums, rows * PARTIALS), s);
  }

  private static boolean anyNaN(double[] v, int n) {
    boolean any = false;
    for (int i = 0; i < n; i++) {
      any |= v[i] != v[i];
    }
    return any;
  }

  // As in RowSums a strip is half of the lanes; the second one is that of the next row or, where a
  // vector holds no more than four doubles, the other half of the row.

  private static void wholeGroups(float[] x, int start, int first, int n, int rows, Scratch s) {
    int whole = (n - 1) & -LANES;
    for (int row = 0; row < rows; row += ROWS) {
      int next = Math.min(row + ROWS - 1, rows - 1);
      int i = start + row * n;
      int j = ROWS == 2 ? start + next * n : i + LANES / 2;
      int to = row * LANES;
      int nextTo = ROWS == 2 ? next * LANES : to + LANES / 2;
      int e = RowExtrema.from(row);
      wholeGroups(
          x, i, j, whole, n - LANES, s.sums, to, nextTo, s.extrema, e, RowExtrema.from(next));
    }
  }

  private static void wholeGroups(
      float[] x,
      int i,
      int j,
      int n,
      int last,
      double[] s,
      int to,
      int nextTo,
      int[] e,
      int at,
      int nextAt) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    DoubleVector low2 = DoubleVector.zero(DOUBLES);
    DoubleVector high2 = DoubleVector.zero(DOUBLES);
    // The last lanes of the row, which are its tail and more: an extremum may see a value twice.
    IntVector signed = bits(x, i + last);
    IntVector signed2 = bits(x, j + last);
    for (int k = 0; k < n; k += LANES) {
      low = exact(low).add(widen(x, i + k));
      high = exact(high).add(widen(x, i + k + DOUBLE_LANES));
      low2 = exact(low2).add(widen(x, j + k));
      high2 = exact(high2).add(widen(x, j + k + DOUBLE_LANES));
      IntVector a = bits(x, i + k);
      signed = exact(signed).lanewise(VectorOperators.MAX, a);
      IntVector b = bits(x, j + k);
      signed2 = exact(signed2).lanewise(VectorOperators.MAX, b);
    }
    exact(low).intoArray(s, to);
    exact(high).intoArray(s, to + DOUBLE_LANES);
    exact(low2).intoArray(s, nextTo);
    exact(high2).intoArray(s, nextTo + DOUBLE_LANES);
    if (ROWS == 2) {
      exact(signed).intoArray(e, at);
      exact(signed2).intoArray(e, nextAt);
    } else {
      exact(signed).lanewise(VectorOperators.MAX, exact(signed2)).intoArray(e, at);
    }
  }
}
