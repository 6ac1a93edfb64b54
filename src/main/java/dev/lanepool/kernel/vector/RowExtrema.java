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
  static final int SCRATCH = Scratch.PLANES * FLOAT_LANES;

  static final Boundary MAX_ANY = new Boundary(RowExtrema::maxAny);
  static final Boundary MAX_FOUR = new Boundary(RowExtrema::maxFour);
  static final Boundary MAX_SEVEN = new Boundary(RowExtrema::maxSeven);
  private static final Boundary MIN_ANY = new Boundary(RowExtrema::minAny);

  private RowExtrema() {}

  /** The maxima of rows of n values to s.first, their keys to s.keys. */
  static void max(float[] x, int start, int rows, int n, Scratch s) {
    int vectors = (n + FLOAT_LANES - 1) / FLOAT_LANES;
    lanes(vectors == 4 ? MAX_FOUR : vectors == 7 ? MAX_SEVEN : MAX_ANY, x, start, rows, n, s);
    KeyFolds.MAX.reduce(x, start, 0, n, rows, s);
  }

  /** The minima of rows of n values to s.first, their keys to s.keys. */
  static void min(float[] x, int start, int rows, int n, Scratch s) {
    lanes(MIN_ANY, x, start, rows, n, s);
    KeyFolds.MIN.reduce(x, start, 0, n, rows, s);
  }

  /** A vector of keys of every row. */
  private static void lanes(Boundary form, float[] x, int start, int rows, int n, Scratch s) {
    if (n >= FLOAT_LANES) {
      form.reduce(x, start, 0, n, rows, s);
      return;
    }
    for (int row = 0; row < rows; row++) {
      form.reduce(repeated(x, start + row * n, n, s.copy), 0, row, FLOAT_LANES, 1, s);
    }
  }

  // Every form makes the keys of row first and after. The last vector of a row may overlap the one
  // before: an extremum may
  // see a value twice.

  private static void maxAny(float[] x, int start, int first, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      maxLoop(x, start + row * n, n - FLOAT_LANES, s.extrema, (first + row) * FLOAT_LANES);
    }
  }

  private static void minAny(float[] x, int start, int first, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      minLoop(x, start + row * n, n - FLOAT_LANES, s.extrema, (first + row) * FLOAT_LANES);
    }
  }

  private static void maxFour(float[] x, int start, int first, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      maxOfFour(x, start + row * n, n - FLOAT_LANES, s.extrema, (first + row) * FLOAT_LANES);
    }
  }

  private static void maxSeven(float[] x, int start, int first, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      maxOfSeven(x, start + row * n, n - FLOAT_LANES, s.extrema, (first + row) * FLOAT_LANES);
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

  private static void maxLoop(float[] x, int start, int last, int[] e, int to) {
    IntVector signedMax = bits(x, start + last);
    IntVector signedMin = bits(x, start + last);
    IntVector unsignedMax = bits(x, start + last);
    for (int i = 0; i < last; i += FLOAT_LANES) {
      IntVector bits = bits(x, start + i);
      signedMax = exact(signedMax).lanewise(VectorOperators.MAX, bits);
      signedMin = exact(signedMin).lanewise(VectorOperators.MIN, bits);
      unsignedMax = exact(unsignedMax).lanewise(VectorOperators.UMAX, bits);
    }
    Extrema.maxKeys(exact(signedMax), exact(signedMin), exact(unsignedMax)).intoArray(e, to);
  }

  private static void minLoop(float[] x, int start, int last, int[] e, int to) {
    IntVector signedMax = bits(x, start + last);
    IntVector signedMin = bits(x, start + last);
    IntVector unsignedMax = bits(x, start + last);
    for (int i = 0; i < last; i += FLOAT_LANES) {
      IntVector bits = bits(x, start + i);
      signedMax = exact(signedMax).lanewise(VectorOperators.MAX, bits);
      signedMin = exact(signedMin).lanewise(VectorOperators.MIN, bits);
      unsignedMax = exact(unsignedMax).lanewise(VectorOperators.UMAX, bits);
    }
    // Complements, so that one fold serves both.
    Extrema.minKeys(exact(signedMax), exact(signedMin), exact(unsignedMax)).not().intoArray(e, to);
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
