package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.INTS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.IS_NAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** Where the maximum of a contiguous row first stands. */
final class RowSearch {
  /** Rows up to so long are searched to their beginning: that costs less than a wrong branch. */
  private static final int SHORT = 512;

  /** More than any index of a row; with a lane added, its complement is still negative. */
  private static final int NOWHERE = 1 << 30;

  static final Boundary LANES = new Boundary(RowSearch::lanes);
  private static final Boundary INDEX_OF = new Boundary(RowSearch::indexOf);
  private static final IntVector LANE = IntVector.zero(INTS).addIndex(1);

  private RowSearch() {}

  /** The first index of the maximum, which is in s.first, of rows of n values to s.index. */
  static void search(float[] x, int start, int rows, int n, Scratch s) {
    if (n < FLOAT_LANES || n > SHORT) {
      INDEX_OF.reduce(x, start, 0, n, rows, s);
      return;
    }
    LANES.reduce(x, start, 0, n, rows, s);
    KeyFolds.FIRST.reduce(x, start, 0, n, rows, s);
    for (int row = 0; row < rows; row++) {
      if (Float.isNaN(s.first[row])) {
        s.index[row] = indexOfNaN(x, start + row * n);
      }
    }
  }

  private static void lanes(float[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      int wanted = Float.floatToRawIntBits(s.first[row]);
      lanes(x, start + row * n, n - FLOAT_LANES, wanted, s.extrema, row * FLOAT_LANES);
    }
  }

  /**
   * The complement of the first index of the wanted bits in every lane: from the last vector on.
   */
  private static void lanes(float[] x, int start, int last, int wanted, int[] e, int to) {
    IntVector at =
        IntVector.broadcast(INTS, NOWHERE).blend(last, bits(x, start + last).compare(EQ, wanted));
    for (int i = (last - 1) & -FLOAT_LANES; i >= 0; i -= FLOAT_LANES) {
      at = Lanes.exact(at).blend(i, bits(x, start + i).compare(EQ, wanted));
    }
    Lanes.exact(at).add(LANE).not().intoArray(e, to);
  }

  private static void indexOf(float[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      int first = start + row * n;
      float wanted = s.first[row];
      s.index[row] =
          Float.isNaN(wanted)
              ? indexOfNaN(x, first)
              : indexOfBits(Float.floatToRawIntBits(wanted), x, first);
    }
  }

  private static int indexOfBits(int wanted, float[] x, int start) {
    int i = 0;
    for (; start + i <= x.length - FLOAT_LANES; i += FLOAT_LANES) {
      VectorMask<Integer> equal = bits(x, start + i).compare(EQ, wanted);
      if (equal.anyTrue()) {
        return i + equal.firstTrue();
      }
    }
    while (Float.floatToRawIntBits(x[start + i]) != wanted) {
      i++;
    }
    return i;
  }

  private static int indexOfNaN(float[] x, int start) {
    int i = 0;
    for (; start + i <= x.length - FLOAT_LANES; i += FLOAT_LANES) {
      VectorMask<Float> nan = FloatVector.fromArray(FLOATS, x, start + i).test(IS_NAN);
      if (nan.anyTrue()) {
        return i + nan.firstTrue();
      }
    }
    while (!Float.isNaN(x[start + i])) {
      i++;
    }
    return i;
  }

  private static IntVector bits(float[] x, int i) {
    return FloatVector.fromArray(FLOATS, x, i).reinterpretAsInts();
  }
}
