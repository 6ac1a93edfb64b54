package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.bits;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.unsignedMax;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Maxima and minima of contiguous rows. {@link Extrema} says what of the bits is kept, what a key
 * is, and when a maximum does not need the signed minimum: then, as most often, rows are read once.
 */
final class RowExtrema {
  /** Ints of scratch. */
  static final int SCRATCH = Scratch.PLANES * 3 * FLOAT_LANES;

  /** Fewer values than these are compared one by one: to make a vector of them takes longer. */
  private static final int FEW = FLOAT_LANES / 2;

  // Stages: vectors of extrema for every row, then one of keys, which KeyFolds reduces.

  private static final Boundary MAXIMA = new Boundary(RowExtrema::maximaRows);
  private static final Boundary MINIMA = new Boundary(RowExtrema::minimaRows);
  private static final LoopBoundary MAX_OF_FOUR = FourLoop.of(false);
  private static final Boundary MAXIMA_OF_SEVEN = new Boundary(RowExtrema::maximaOfSevenRows);
  private static final Boundary FAST_MAX_KEYS =
      new Boundary((x, start, stride, n, rows, s) -> fastMaxKeys(s.extrema, rows));
  private static final Boundary MAX_KEYS =
      new Boundary((x, start, stride, n, rows, s) -> maxKeys(s.extrema, rows));
  private static final Boundary MIN_KEYS =
      new Boundary((x, start, stride, n, rows, s) -> minKeys(s.extrema, rows));

  private RowExtrema() {}

  /** The maxima of rows of n values to s.first, their keys to s.keys. */
  static void max(float[] x, int start, int rows, int n, Scratch s) {
    if (n < FEW) {
      maxOfFew(x, start, rows, n, s);
      return;
    }
    int vectors = (n + FLOAT_LANES - 1) / FLOAT_LANES;
    if (vectors == 4) {
      MAX_OF_FOUR.reduce(x, start, 0, n, rows, s);
      if (maxOfKeys(rows, s)) {
        maxOfAll(x, start, rows, n, s);
      }
    } else {
      extrema(vectors == 7 ? MAXIMA_OF_SEVEN : MAXIMA, x, start, rows, n, s);
      maxOfMaxima(x, start, rows, n, s);
    }
  }

  /** As {@link #max}, where the signed and the unsigned maxima are made. */
  static void maxOfMaxima(float[] x, int start, int rows, int n, Scratch s) {
    if (maxOfMaxima(rows, s)) {
      maxOfAll(x, start, rows, n, s);
    }
  }

  /**
   * The maxima of rows whose signed and unsigned maxima are made; whether some need the signed
   * minima as well.
   */
  static boolean maxOfMaxima(int rows, Scratch s) {
    FAST_MAX_KEYS.reduce(null, 0, 0, 0, rows, s);
    return maxOfKeys(rows, s);
  }

  /** The maxima of rows that have keys; whether some need all extrema. */
  static boolean maxOfKeys(int rows, Scratch s) {
    KeyFolds.MAX.reduce(null, 0, 0, 0, rows, s);
    return anyNegative(s.keys, rows);
  }

  private static void maxOfAll(float[] x, int start, int rows, int n, Scratch s) {
    extrema(MAXIMA, x, start, rows, n, s);
    extrema(MINIMA, x, start, rows, n, s);
    maxOfExtrema(rows, s);
  }

  /** The maxima of rows whose extrema are made. */
  static void maxOfExtrema(int rows, Scratch s) {
    MAX_KEYS.reduce(null, 0, 0, 0, rows, s);
    KeyFolds.MAX.reduce(null, 0, 0, 0, rows, s);
  }

  /** The minima of rows of n values to s.first, their keys to s.keys. */
  static void min(float[] x, int start, int rows, int n, Scratch s) {
    if (n < FEW) {
      minOfFew(x, start, rows, n, s);
      return;
    }
    extrema(MAXIMA, x, start, rows, n, s);
    extrema(MINIMA, x, start, rows, n, s);
    minOfExtrema(rows, s);
  }

  /** The minima of rows whose extrema are made. */
  static void minOfExtrema(int rows, Scratch s) {
    MIN_KEYS.reduce(null, 0, 0, 0, rows, s);
    KeyFolds.MIN.reduce(null, 0, 0, 0, rows, s);
  }

  private static void maxOfFew(float[] x, int start, int rows, int n, Scratch s) {
    for (int row = 0; row < rows; row++) {
      float max = x[start + row * n];
      for (int i = 1; i < n; i++) {
        max = Math.max(max, x[start + row * n + i]);
      }
      s.first[row] = max;
      s.keys[row] = Extrema.maxKey(max);
    }
  }

  private static void minOfFew(float[] x, int start, int rows, int n, Scratch s) {
    for (int row = 0; row < rows; row++) {
      float min = x[start + row * n];
      for (int i = 1; i < n; i++) {
        min = Math.min(min, x[start + row * n + i]);
      }
      s.first[row] = min;
      s.keys[row] = Extrema.minKey(min);
    }
  }

  private static boolean anyNegative(int[] keys, int rows) {
    int signs = 0;
    for (int row = 0; row < rows; row++) {
      signs |= keys[row];
    }
    return signs < 0;
  }

  private static void extrema(Boundary form, float[] x, int start, int rows, int n, Scratch s) {
    if (n >= FLOAT_LANES) {
      form.reduce(x, start, 0, n, rows, s);
      return;
    }
    for (int row = 0; row < rows; row++) {
      form.reduce(repeated(x, start + row * n, n, s.copy), 0, row, FLOAT_LANES, 1, s);
    }
  }

  // The vectors of a row are taken in two halves, so that one operation need not wait for the one
  // before. Halves may overlap: an extremum may see a value twice.

  static int half(int n) {
    return (n + 2 * FLOAT_LANES - 1) / (2 * FLOAT_LANES) * FLOAT_LANES;
  }

  private static void maximaRows(float[] x, int start, int first, int n, int rows, Scratch s) {
    int half = half(n);
    for (int row = 0; row < rows; row++) {
      int i = start + row * n;
      maxima(x, i, i + n - half, half, s.extrema, from(first + row));
    }
  }

  private static void minimaRows(float[] x, int start, int first, int n, int rows, Scratch s) {
    int half = half(n);
    for (int row = 0; row < rows; row++) {
      int i = start + row * n;
      minima(x, i, i + n - half, half, s.extrema, from(first + row) + 2 * FLOAT_LANES);
    }
  }

  /** The signed and the unsigned maximum. */
  private static void maxima(float[] x, int i, int j, int n, int[] e, int to) {
    IntVector signed = bits(x, i);
    IntVector unsigned = bits(x, i);
    IntVector signed2 = bits(x, j);
    IntVector unsigned2 = bits(x, j);
    for (int k = FLOAT_LANES; k < n; k += FLOAT_LANES) {
      IntVector a = bits(x, i + k);
      signed = exact(signed).lanewise(VectorOperators.MAX, a);
      unsigned = exact(unsigned).lanewise(VectorOperators.UMAX, a);
      IntVector b = bits(x, j + k);
      signed2 = exact(signed2).lanewise(VectorOperators.MAX, b);
      unsigned2 = exact(unsigned2).lanewise(VectorOperators.UMAX, b);
    }
    exact(signed).lanewise(VectorOperators.MAX, exact(signed2)).intoArray(e, to);
    exact(unsigned).lanewise(VectorOperators.UMAX, exact(unsigned2)).intoArray(e, to + FLOAT_LANES);
  }

  /** The signed minimum. */
  private static void minima(float[] x, int i, int j, int n, int[] e, int to) {
    IntVector min = bits(x, i);
    IntVector min2 = bits(x, j);
    for (int k = FLOAT_LANES; k < n; k += FLOAT_LANES) {
      min = exact(min).lanewise(VectorOperators.MIN, bits(x, i + k));
      min2 = exact(min2).lanewise(VectorOperators.MIN, bits(x, j + k));
    }
    exact(min).lanewise(VectorOperators.MIN, exact(min2)).intoArray(e, to);
  }

  // A straight line, which for so few vectors costs less than a loop.

  private static void maximaOfSevenRows(
      float[] x, int start, int first, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      maximaOfSeven(x, start + row * n, n - FLOAT_LANES, s.extrema, from(first + row));
    }
  }

  private static void maximaOfSeven(float[] x, int i, int last, int[] e, int to) {
    IntVector a = bits(x, i);
    IntVector b = bits(x, i + FLOAT_LANES);
    IntVector c = bits(x, i + 2 * FLOAT_LANES);
    IntVector d = bits(x, i + 3 * FLOAT_LANES);
    IntVector f = bits(x, i + 4 * FLOAT_LANES);
    IntVector g = bits(x, i + 5 * FLOAT_LANES);
    IntVector h = bits(x, i + last);
    Lanes.max(Lanes.max(Lanes.max(a, b), Lanes.max(c, d)), Lanes.max(Lanes.max(f, g), h))
        .intoArray(e, to);
    unsignedMax(
            unsignedMax(unsignedMax(a, b), unsignedMax(c, d)), unsignedMax(unsignedMax(f, g), h))
        .intoArray(e, to + FLOAT_LANES);
  }

  // The keys have a loop of their own: behind the other one, the compiler now and then boxed its
  // vectors. Two rows at a time, for the first fold; the last of an odd number is its own other.

  private static void fastMaxKeys(int[] e, int rows) {
    for (int row = 0; row < rows; row += 2) {
      IntVector keys = fastMaxKeysOf(e, row);
      KeyFolds.halves(keys, fastMaxKeysOf(e, Math.min(row + 1, rows - 1))).intoArray(e, to(row));
    }
  }

  private static IntVector fastMaxKeysOf(int[] e, int row) {
    int i = from(row);
    return Extrema.maxKeys(at(e, i), at(e, i + FLOAT_LANES));
  }

  private static void maxKeys(int[] e, int rows) {
    for (int row = 0; row < rows; row += 2) {
      IntVector keys = maxKeysOf(e, row);
      KeyFolds.halves(keys, maxKeysOf(e, Math.min(row + 1, rows - 1))).intoArray(e, to(row));
    }
  }

  private static IntVector maxKeysOf(int[] e, int row) {
    int i = from(row);
    return Extrema.maxKeys(at(e, i), at(e, i + FLOAT_LANES), at(e, i + 2 * FLOAT_LANES));
  }

  /** The complements of the keys, so that one fold serves both. */
  private static void minKeys(int[] e, int rows) {
    for (int row = 0; row < rows; row += 2) {
      IntVector keys = minKeysOf(e, row).not();
      KeyFolds.halves(keys, minKeysOf(e, Math.min(row + 1, rows - 1)).not()).intoArray(e, to(row));
    }
  }

  private static IntVector minKeysOf(int[] e, int row) {
    int i = from(row);
    return Extrema.minKeys(at(e, i), at(e, i + FLOAT_LANES), at(e, i + 2 * FLOAT_LANES));
  }

  /** Where the extrema of a row are: three vectors. */
  static int from(int row) {
    return row * 3 * FLOAT_LANES;
  }

  /** Where the keys of a row are after the first fold: half a vector. */
  static int to(int row) {
    return row * FLOAT_LANES / 2;
  }

  /** A copy of fewer values than a vector has lanes, the first repeated until it is full. */
  private static float[] repeated(float[] x, int start, int n, float[] copy) {
    for (int i = 0; i < FLOAT_LANES; i++) {
      copy[i] = x[start + (i < n ? i : 0)];
    }
    return copy;
  }
}
