package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.INTS;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.UMAX;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** Maxima, minima and first maxima of contiguous rows; {@link Extrema} says what a key is. */
final class RowExtrema {
  /** Ints of scratch for a row: signed maxima, signed minima, unsigned maxima. */
  private static final int PARTIALS = 3 * FLOAT_LANES;

  /** Ints of scratch. */
  static final int SCRATCH = Scratch.PLANES * PARTIALS;

  private RowExtrema() {}

  /** The keys of the maxima of rows of n values to s.extrema. */
  static void maxKeys(float[] x, int start, int rows, int n, Scratch s) {
    partials(x, start, rows, n, s);
    maxKeys(s.extrema, rows);
  }

  /** The keys of the minima of rows of n values to s.extrema. */
  static void minKeys(float[] x, int start, int rows, int n, Scratch s) {
    partials(x, start, rows, n, s);
    minKeys(s.extrema, rows);
  }

  private static void partials(float[] x, int start, int rows, int n, Scratch s) {
    boolean copied = n < FLOAT_LANES;
    for (int row = 0; row < rows; row++) {
      int from = start + row * n;
      float[] values = copied ? repeated(x, from, n, s.copy) : x;
      int length = copied ? FLOAT_LANES : n;
      partials(values, copied ? 0 : from, length, s.extrema, row * PARTIALS);
    }
  }

  private static void partials(float[] x, int start, int n, int[] e, int to) {
    // The last vector may overlap the one before: an extremum may see a value twice.
    IntVector signedMax = bits(x, start + n - FLOAT_LANES);
    IntVector signedMin = signedMax;
    IntVector unsignedMax = signedMax;
    for (int i = 0; i < n - FLOAT_LANES; i += FLOAT_LANES) {
      IntVector bits = bits(x, start + i);
      signedMax = exact(signedMax).lanewise(MAX, bits);
      signedMin = exact(signedMin).lanewise(MIN, bits);
      unsignedMax = exact(unsignedMax).lanewise(UMAX, bits);
    }
    exact(signedMax).intoArray(e, to);
    exact(signedMin).intoArray(e, to + FLOAT_LANES);
    exact(unsignedMax).intoArray(e, to + 2 * FLOAT_LANES);
  }

  private static void maxKeys(int[] e, int rows) {
    for (int row = 0; row < rows; row++) {
      int i = row * PARTIALS;
      IntVector keys =
          Extrema.maxKeys(ints(e, i), ints(e, i + FLOAT_LANES), ints(e, i + 2 * FLOAT_LANES));
      e[row] = keys.reduceLanes(MAX);
    }
  }

  private static void minKeys(int[] e, int rows) {
    for (int row = 0; row < rows; row++) {
      int i = row * PARTIALS;
      IntVector keys =
          Extrema.minKeys(ints(e, i), ints(e, i + FLOAT_LANES), ints(e, i + 2 * FLOAT_LANES));
      e[row] = keys.reduceLanes(MIN);
    }
  }

  /** A copy of fewer values than a vector has lanes, the first repeated until it is full. */
  private static float[] repeated(float[] x, int start, int n, float[] copy) {
    for (int i = 0; i < FLOAT_LANES; i++) {
      copy[i] = x[start + (i < n ? i : 0)];
    }
    return copy;
  }

  /** The first index from start on that holds the maximum with this key; one must exist. */
  static int indexOf(int key, float[] x, int start) {
    return Extrema.isNaN(key)
        ? indexOfNaN(x, start)
        : indexOfBits(Float.floatToRawIntBits(Extrema.value(key)), x, start);
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

  private static IntVector ints(int[] e, int i) {
    return IntVector.fromArray(INTS, e, i);
  }
}
