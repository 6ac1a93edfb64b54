package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.keepFirst;
import static dev.lanepool.kernel.vector.Lanes.widen;

import java.lang.reflect.Array;
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
  private static final int LONG = 32 * LANES;

  /** Of floats, 49 to 56 of a row. */
  private static final Boundary THREE_AND_HALF = new Boundary(RowSums::threeAndHalfRows);

  static final RowSums OF_FLOATS = new RowSums(false);
  static final RowSums OF_DOUBLES = new RowSums(true);

  private final boolean doubles;
  private final LoopBoundary few;
  private final LoopBoundary threeAndHalf;
  private final LoopBoundary half;
  private final LoopBoundary full;
  private final LoopBoundary groups;
  private final LoopBoundary groupsOfOne;
  private final LoopBoundary tails;

  private RowSums(boolean doubles) {
    this.doubles = doubles;
    few = RowLoop.of(doubles, RowLoop.Part.FEW);
    threeAndHalf = doubles ? RowLoop.of(true, RowLoop.Part.THREE_AND_HALF) : null;
    half = RowLoop.of(doubles, RowLoop.Part.HALF);
    full = RowLoop.of(doubles, RowLoop.Part.FULL);
    groups = RowLoop.of(doubles, RowLoop.Part.GROUPS);
    groupsOfOne = RowLoop.of(doubles, RowLoop.Part.GROUPS_OF_ONE);
    tails = RowLoop.of(doubles, RowLoop.Part.TAILS);
  }

  /**
   * Sums rows of n values, a block at the most, which lie one after another from start on, to
   * s.sums. Where x is not the scratch that rows are copied to, that may be overwritten.
   *
   * @param x an array of floats, or of doubles
   */
  void sums(Object x, int start, int rows, int n, Scratch s) {
    partials(x, start, rows, n, s);
    RowFolds.SUMS.reduce(null, start, 0, n, rows, s);
  }

  /** As {@link #sums}, the partial sums after the second fold. */
  void partials(Object x, int start, int rows, int n, Scratch s) {
    boolean alone = ROWS == 2 && rows == 1;
    int inPlace = inPlace(Array.getLength(x) - start, rows, n);
    partials(alone, x, start, 0, inPlace, n, s);
    for (int row = inPlace; row < rows; row++) {
      // At the end of the array whole vectors can't be read.
      Object copy = doubles ? s.values : s.copy;
      System.arraycopy(x, start + row * n, copy, 0, n);
      partials(alone, copy, 0, row, 1, n, s);
    }
  }

  /**
   * How many of the rows may be read where they are: in whole groups of lanes.
   *
   * @param left values from the first row to the end of the array
   */
  static int inPlace(int left, int rows, int n) {
    return fit(left - padded(n), rows, n);
  }

  /**
   * How many of the rows, so far apart, may be read.
   *
   * @param room values of the array behind what is read of the first one; negative if that ends
   *     beyond it
   */
  static int fit(int room, int rows, int step) {
    return room < 0 ? 0 : Math.min(rows, room / step + 1);
  }

  /** So many values as whole groups of lanes. */
  static int padded(int n) {
    return (n + LANES - 1) & -LANES;
  }

  /**
   * By the same loops, whatever rows there are besides: one that few rows take is compiled late,
   * and puts vectors on the heap until then.
   */
  private void partials(boolean alone, Object x, int start, int first, int rows, int n, Scratch s) {
    if (!doubles && isThreeAndHalf(n)) {
      THREE_AND_HALF.reduce((float[]) x, start, first, n, rows, s);
    } else if (n <= LONG) {
      form(n).reduce(x, start, first, n, rows, s);
    } else {
      (alone ? groupsOfOne : groups).reduce(x, start, first, n, rows, s);
      tails.reduce(x, start, first, n, rows, s);
    }
  }

  /** The leanest loop for such rows. */
  private LoopBoundary form(int n) {
    if (n <= LANES) {
      return few; // a loop that some rows never enter would look too rare to be inlined
    }
    if (rest(n) > LANES / 2) {
      return full;
    }
    return isThreeAndHalf(n) ? threeAndHalf : half;
  }

  /** Whether rows have 49 to 56 values, as 7×7 planes do. */
  static boolean isThreeAndHalf(int n) {
    return n > 3 * LANES && n <= 3 * LANES + LANES / 2;
  }

  // The same as RowLoop has for doubles. The conversions alone bring C2 so near to its limit that
  // a question to a constant for each vector is too much, in JVMs in which much has run.

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

  /** As {@link #partials}, of rows whose lanes are in s.sums, 16 for each. */
  void tails(float[] x, int start, int rows, int n, Scratch s) {
    int inPlace = inPlace(x.length - start, rows, n);
    tails.reduce(x, start, 0, n, inPlace, s);
    for (int row = inPlace; row < rows; row++) {
      System.arraycopy(x, start + row * n, s.copy, 0, n);
      tails.reduce(s.copy, 0, row, n, 1, s);
    }
  }

  /** Values behind the last whole group of lanes that has others behind it: 1 to 16. */
  static int rest(int n) {
    return (n - 1) % LANES + 1;
  }

  /** Where the row begins that is summed together with the one at i. */
  static int other(int i, int row, int rows, int n) {
    return row + 1 < rows ? i + n : i;
  }

  /** Of two strips after the first fold. */
  static DoubleVector secondFold(DoubleVector a, DoubleVector b) {
    return ROWS == 2 ? RowFolds.fours(a, b) : a.add(b);
  }
}
