package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.unsignedMax;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Maxima, minima and first maxima of contiguous rows; {@link Extrema} says what a key is. */
final class RowExtrema {
  /** Ints of scratch. */
  static final int SCRATCH = Scratch.PLANES * 3 * FLOAT_LANES;

  private static final Boundary LOOP = new Boundary(RowExtrema::loopRows);
  private static final Boundary MAX_KEYS =
      new Boundary((x, start, stride, n, rows, s) -> maxKeys(s.extrema, rows));
  private static final Boundary MIN_KEYS =
      new Boundary((x, start, stride, n, rows, s) -> minKeys(s.extrema, rows));
  private static final Boundary MAX_FOUR = new Boundary(RowExtrema::maxFour);
  private static final Boundary MAX_SEVEN = new Boundary(RowExtrema::maxSeven);

  private RowExtrema() {}

  /** The maxima of rows of n values to s.first, their keys to s.keys. */
  static void max(float[] x, int start, int rows, int n, Scratch s) {
    int vectors = (n + FLOAT_LANES - 1) / FLOAT_LANES;
    if (vectors == 4) {
      MAX_FOUR.reduce(x, start, 0, n, rows, s);
    } else if (vectors == 7) {
      MAX_SEVEN.reduce(x, start, 0, n, rows, s);
    } else {
      extrema(x, start, rows, n, s);
      MAX_KEYS.reduce(x, start, 0, n, rows, s);
    }
    KeyFolds.MAX.reduce(x, start, 0, n, rows, s);
  }

  /** The minima of rows of n values to s.first, their keys to s.keys. */
  static void min(float[] x, int start, int rows, int n, Scratch s) {
    extrema(x, start, rows, n, s);
    MIN_KEYS.reduce(x, start, 0, n, rows, s);
    KeyFolds.MIN.reduce(x, start, 0, n, rows, s);
  }

  /** Three vectors of extrema of every row. */
  private static void extrema(float[] x, int start, int rows, int n, Scratch s) {
    if (n >= FLOAT_LANES) {
      LOOP.reduce(x, start, 0, n, rows, s);
      return;
    }
    for (int row = 0; row < rows; row++) {
      LOOP.reduce(repeated(x, start + row * n, n, s.copy), 0, row, FLOAT_LANES, 1, s);
    }
  }

  // The last vector of a row may overlap the one before: an extremum may see a value twice.

  private static void loopRows(float[] x, int start, int first, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      loop(x, start + row * n, n - FLOAT_LANES, s.extrema, (first + row) * 3 * FLOAT_LANES);
    }
  }

  private static void maxFour(float[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      maxOfFour(x, start + row * n, n - FLOAT_LANES, s.extrema, row * FLOAT_LANES);
    }
  }

  private static void maxSeven(float[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      maxOfSeven(x, start + row * n, n - FLOAT_LANES, s.extrema, row * FLOAT_LANES);
    }
  }

  private static void maxOfFour(float[] x, int i, int last, int[] e, int to) {
    IntVector a = bits(x, i);
    IntVector b = bits(x, i + FLOAT_LANES);
    IntVector c = bits(x, i + 2 * FLOAT_LANES);
    IntVector d = bits(x, i + last);
    IntVector signedMax = Lanes.max(Lanes.max(a, b), Lanes.max(c, d));
    IntVector signedMin = Lanes.min(Lanes.min(a, b), Lanes.min(c, d));
    IntVector unsignedMax = unsignedMax(unsignedMax(a, b), unsignedMax(c, d));
    Extrema.maxKeys(signedMax, signedMin, unsignedMax).intoArray(e, to);
  }

  private static void maxOfSeven(float[] x, int i, int last, int[] e, int to) {
    IntVector a = bits(x, i);
    IntVector b = bits(x, i + FLOAT_LANES);
    IntVector c = bits(x, i + 2 * FLOAT_LANES);
    IntVector d = bits(x, i + 3 * FLOAT_LANES);
    IntVector f = bits(x, i + 4 * FLOAT_LANES);
    IntVector g = bits(x, i + 5 * FLOAT_LANES);
    IntVector h = bits(x, i + last);
    IntVector signedMax =
        Lanes.max(Lanes.max(Lanes.max(a, b), Lanes.max(c, d)), Lanes.max(Lanes.max(f, g), h));
    IntVector signedMin =
        Lanes.min(Lanes.min(Lanes.min(a, b), Lanes.min(c, d)), Lanes.min(Lanes.min(f, g), h));
    IntVector unsignedMax =
        unsignedMax(
            unsignedMax(unsignedMax(a, b), unsignedMax(c, d)), unsignedMax(unsignedMax(f, g), h));
    Extrema.maxKeys(signedMax, signedMin, unsignedMax).intoArray(e, to);
  }

  private static void loop(float[] x, int start, int last, int[] e, int to) {
    IntVector signedMax = bits(x, start + last);
    IntVector signedMin = bits(x, start + last);
    IntVector unsignedMax = bits(x, start + last);
    for (int i = 0; i < last; i += FLOAT_LANES) {
      IntVector bits = bits(x, start + i);
      signedMax = exact(signedMax).lanewise(VectorOperators.MAX, bits);
      signedMin = exact(signedMin).lanewise(VectorOperators.MIN, bits);
      unsignedMax = exact(unsignedMax).lanewise(VectorOperators.UMAX, bits);
    }
    exact(signedMax).intoArray(e, to);
    exact(signedMin).intoArray(e, to + FLOAT_LANES);
    exact(unsignedMax).intoArray(e, to + 2 * FLOAT_LANES);
  }

  // The keys have a loop of their own: behind the other one, the compiler now and then boxed its
  // vectors.

  private static void maxKeys(int[] e, int rows) {
    for (int row = 0; row < rows; row++) {
      int i = row * 3 * FLOAT_LANES;
      Extrema.maxKeys(at(e, i), at(e, i + FLOAT_LANES), at(e, i + 2 * FLOAT_LANES))
          .intoArray(e, row * FLOAT_LANES);
    }
  }

  /** The complements of the keys, so that one fold serves both. */
  private static void minKeys(int[] e, int rows) {
    for (int row = 0; row < rows; row++) {
      int i = row * 3 * FLOAT_LANES;
      Extrema.minKeys(at(e, i), at(e, i + FLOAT_LANES), at(e, i + 2 * FLOAT_LANES))
          .not()
          .intoArray(e, row * FLOAT_LANES);
    }
  }

  private static IntVector at(int[] e, int i) {
    return IntVector.fromArray(Lanes.INTS, e, i);
  }

  /** A copy of fewer values than a vector has lanes, the first repeated until it is full. */
  private static float[] repeated(float[] x, int start, int n, float[] copy) {
    for (int i = 0; i < FLOAT_LANES; i++) {
      copy[i] = x[start + (i < n ? i : 0)];
    }
    return copy;
  }

  private static IntVector bits(float[] x, int i) {
    return FloatVector.fromArray(FLOATS, x, i).reinterpretAsInts();
  }
}
