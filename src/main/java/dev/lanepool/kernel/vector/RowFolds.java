package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.RowSums.PARTIALS;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Folds of the four partial sums of many rows, by halves. To fold two vectors at once, one takes
 * the first half of a and the second half of b, and adds the other two halves, swapped; so a vector
 * of as many rows as it has lanes is left at last, in order.
 */
final class RowFolds {
  /** The second fold, where eight partial sums of each row are left after the first. */
  static final Boundary FOURS = new Boundary((x, start, stride, n, rows, s) -> fours(rows, s.sums));

  /** The sums of rows to s.sums. */
  static final Boundary SUMS = new Boundary((x, start, stride, n, rows, s) -> sums(rows, s));

  /** The means of rows of n values to s.first. */
  static final Boundary MEANS = new Boundary((x, start, stride, n, rows, s) -> means(n, rows, s));

  static final VectorMask<Double> ODD_FOURS = odd(4);
  private static final VectorMask<Double> ODD_TWOS = odd(2);
  private static final VectorMask<Double> ODD_ONES = odd(1);
  static final VectorShuffle<Double> SWAP_FOURS = swap(4);
  private static final VectorShuffle<Double> SWAP_TWOS = swap(2);
  private static final VectorShuffle<Double> SWAP_ONES = swap(1);

  /** Brings eight rows into order, where the even ones come first. */
  private static final VectorShuffle<Double> INTERLEAVE =
      VectorShuffle.fromOp(DOUBLES, lane -> lane / 2 + lane % 2 * (DOUBLE_LANES / 2));

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
    for (int row = 0; row < rows; row += DOUBLE_LANES) {
      // A row of -0 has the sum +0.
      folded(s.sums, row).add(0).intoArray(s.sums, row);
    }
  }

  private static void means(int n, int rows, Scratch s) {
    if (DOUBLE_LANES == 2) {
      scalar(s.sums, rows);
      s.divide(rows, n);
      return;
    }
    for (int row = 0; row < rows; row += DOUBLE_LANES) {
      Lanes.narrow(folded(s.sums, row).add(0).div(n)).intoArray(s.first, row);
    }
  }

  /** The sums of row and after, as many as make a vector. */
  private static DoubleVector folded(double[] s, int row) {
    int i = row * PARTIALS;
    DoubleVector even = twos(at(s, i), at(s, i + 2 * DOUBLE_LANES));
    DoubleVector odd = twos(at(s, i + DOUBLE_LANES), at(s, i + 3 * DOUBLE_LANES));
    DoubleVector sums = ones(even, odd);
    return DOUBLE_LANES == 8 ? sums.rearrange(INTERLEAVE) : sums;
  }

  /** Vectors of two doubles have no half to spare, and their rearrangement is boxed. */
  private static void scalar(double[] s, int rows) {
    for (int row = 0; row < rows; row++) {
      int i = row * PARTIALS;
      s[row] = (s[i] + s[i + 2]) + (s[i + 1] + s[i + 3]) + 0.0;
    }
  }

  private static void fours(int rows, double[] s) {
    int together = Math.max(1, DOUBLE_LANES / PARTIALS);
    for (int row = 0; row < rows; row += together) {
      int next = together == 1 ? PARTIALS : (Math.min(row + 1, rows - 1) - row) * 2 * PARTIALS;
      for (int lane = 0; lane < PARTIALS; lane += DOUBLE_LANES) {
        int i = row * 2 * PARTIALS + lane;
        RowSums.secondFold(at(s, i), at(s, i + next)).intoArray(s, row * PARTIALS + lane);
      }
    }
  }

  /** Of the eight partial sums of two rows, four of one and then four of the other. */
  static DoubleVector fours(DoubleVector a, DoubleVector b) {
    return a.blend(b, ODD_FOURS).add(b.blend(a, ODD_FOURS).rearrange(SWAP_FOURS));
  }

  private static DoubleVector twos(DoubleVector a, DoubleVector b) {
    return a.blend(b, ODD_TWOS).add(b.blend(a, ODD_TWOS).rearrange(SWAP_TWOS));
  }

  private static DoubleVector ones(DoubleVector a, DoubleVector b) {
    return a.blend(b, ODD_ONES).add(b.blend(a, ODD_ONES).rearrange(SWAP_ONES));
  }
}
