package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Folds of the partial sums of many rows, by halves. To fold two vectors at once, one takes the
 * first half of a and the second half of b, and adds the other two halves, swapped; so a vector of
 * as many rows as it has lanes is left at last, in order.
 */
final class RowFolds {
  /** The sums of rows to s.sums. */
  static final Boundary SUMS = new Boundary((x, start, stride, n, rows, s) -> sums(rows, s));

  /** The means of rows of n values to s.first. */
  static final Boundary MEANS = new Boundary((x, start, stride, n, rows, s) -> means(n, rows, s));

  private static final VectorMask<Double> ODD_FOURS = odd(4);
  private static final VectorMask<Double> ODD_TWOS = odd(2);
  private static final VectorMask<Double> ODD_ONES = odd(1);
  private static final VectorShuffle<Double> SWAP_FOURS = swap(4);
  private static final VectorShuffle<Double> SWAP_TWOS = swap(2);
  private static final VectorShuffle<Double> SWAP_ONES = swap(1);

  private RowFolds() {}

  private static VectorMask<Double> odd(int group) {
    boolean[] odd = new boolean[DOUBLE_LANES];
    for (int lane = 0; lane < DOUBLE_LANES; lane++) {
      odd[lane] = (lane & group) != 0;
    }
    return VectorMask.fromArray(DOUBLES, odd, 0);
  }

  private static VectorShuffle<Double> swap(int group) {
    return VectorShuffle.fromOp(DOUBLES, lane -> (lane ^ group) % DOUBLE_LANES);
  }

  private static void sums(int rows, Scratch s) {
    if (DOUBLE_LANES == 2) {
      scalar(s.sums, rows);
      return;
    }
    fours(s.sums, rows);
    for (int row = 0; row < rows; row += DOUBLE_LANES) {
      // A row of -0 has the sum +0.
      folded(s.sums, row).add(0).intoArray(s.sums, row);
    }
  }

  private static void means(int n, int rows, Scratch s) {
    if (DOUBLE_LANES == 2) {
      scalar(s.sums, rows);
      Reduction.divide(s, 0, rows, n);
      return;
    }
    fours(s.sums, rows);
    for (int row = 0; row < rows; row += DOUBLE_LANES) {
      Lanes.narrow(folded(s.sums, row).add(0).div(n)).intoArray(s.first, row);
    }
  }

  /** The fold +4 where it is left: of eight rows to four vectors. */
  private static void fours(double[] s, int rows) {
    if (DOUBLE_LANES < 8) {
      return;
    }
    for (int row = 0; row < rows; row += 8) {
      for (int i = 0; i < 4; i++) {
        DoubleVector a = at(s, (row + i) * 8);
        DoubleVector b = at(s, (row + i + 4) * 8);
        DoubleVector others = b.blend(a, ODD_FOURS).rearrange(SWAP_FOURS);
        a.blend(b, ODD_FOURS).add(others).intoArray(s, row * 4 + i * 8);
      }
    }
  }

  /** The sums of row and after, as many as make a vector. */
  private static DoubleVector folded(double[] s, int row) {
    if (DOUBLE_LANES == 4) {
      int i = row * 8;
      return ones(twos(row(s, i), row(s, i + 16)), twos(row(s, i + 8), row(s, i + 24)));
    }
    // four vectors, of which each holds four partial sums of two rows
    int i = row * 4;
    return ones(twos(at(s, i), at(s, i + 16)), twos(at(s, i + 8), at(s, i + 24)));
  }

  /** The partial sums of a row after the fold +4. */
  private static DoubleVector row(double[] s, int i) {
    return at(s, i).add(at(s, i + 4));
  }

  /** Vectors of two doubles have no half to spare, and their rearrangement is boxed. */
  private static void scalar(double[] s, int rows) {
    for (int row = 0; row < rows; row++) {
      int i = row * 8;
      double even = (s[i] + s[i + 4]) + (s[i + 2] + s[i + 6]);
      double odd = (s[i + 1] + s[i + 5]) + (s[i + 3] + s[i + 7]);
      s[row] = even + odd + 0.0;
    }
  }

  private static DoubleVector twos(DoubleVector a, DoubleVector b) {
    return a.blend(b, ODD_TWOS).add(b.blend(a, ODD_TWOS).rearrange(SWAP_TWOS));
  }

  private static DoubleVector ones(DoubleVector a, DoubleVector b) {
    return a.blend(b, ODD_ONES).add(b.blend(a, ODD_ONES).rearrange(SWAP_ONES));
  }

  private static DoubleVector at(double[] s, int i) {
    return DoubleVector.fromArray(DOUBLES, s, i);
  }
}
