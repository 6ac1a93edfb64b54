package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.IS_NAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Where the maximum of a contiguous row first stands. */
final class RowSearch {
  /** Values that are compared together. */
  private static final int CHUNK = 4 * FLOAT_LANES;

  private static final Boundary INDEX_OF = new Boundary(RowSearch::indexOf);

  private RowSearch() {}

  /** The first index of the maximum, which is in s.first, of rows of n values to s.index. */
  static void search(float[] x, int start, int rows, int n, Scratch s) {
    INDEX_OF.reduce(x, start, 0, n, rows, s);
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

  /** What is searched is there: of short rows, in the first chunk, which may reach beyond them. */
  private static int indexOfBits(int wanted, float[] x, int start) {
    int i = 0;
    for (; start + i <= x.length - CHUNK; i += CHUNK) {
      int found = first(x, start + i, wanted);
      if (found < CHUNK) {
        return i + found;
      }
    }
    while (Float.floatToRawIntBits(x[start + i]) != wanted) {
      i++;
    }
    return i;
  }

  /** Where the wanted bits first stand in a chunk; 64 where they don't. */
  private static int first(float[] x, int i, int wanted) {
    return Long.numberOfTrailingZeros(
        equal(x, i, wanted)
            | equal(x, i + FLOAT_LANES, wanted) << FLOAT_LANES
            | equal(x, i + 2 * FLOAT_LANES, wanted) << 2 * FLOAT_LANES
            | equal(x, i + 3 * FLOAT_LANES, wanted) << 3 * FLOAT_LANES);
  }

  /** A bit for each lane that has the wanted bits. */
  private static long equal(float[] x, int i, int wanted) {
    return FloatVector.fromArray(FLOATS, x, i).reinterpretAsInts().compare(EQ, wanted).toLong();
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
}
