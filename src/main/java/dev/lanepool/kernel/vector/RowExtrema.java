package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;

/**
 * Maxima and minima of contiguous rows. {@link Extrema} says what of the bits is kept, what a key
 * is, and when a maximum does not need the signed minimum: then, as most often, rows are read once.
 */
final class RowExtrema {
  /** Ints of scratch. */
  static final int SCRATCH = Scratch.PLANES * 3 * FLOAT_LANES;

  /** Fewer values than these are compared one by one: to make a vector of them takes longer. */
  private static final int FEW = FLOAT_LANES / 2;

  /** Values of the longest row that is taken a few vectors at a time. */
  private static final int LONG = 5 * 7 * FLOAT_LANES;

  // Stages: vectors of extrema for every row, then one of keys, which KeyFolds reduces.

  private static final Boundary HALVES =
      new Boundary((x, start, stride, n, rows, s) -> halves(s.extrema, rows));
  private static final Boundary FAST_MAX_KEYS =
      new Boundary((x, start, stride, n, rows, s) -> fastMaxKeys(s.extrema, rows));
  private static final Boundary MAX_KEYS =
      new Boundary((x, start, stride, n, rows, s) -> maxKeys(s.extrema, rows));
  private static final Boundary MIN_KEYS =
      new Boundary((x, start, stride, n, rows, s) -> minKeys(s.extrema, rows));

  static final RowExtrema OF_ARRAYS = new RowExtrema(false);

  /** The same where only the maxima are found: a loop over the vectors soon takes less time. */
  private final int longMaxima;

  private final LoopBoundary maxOfFour;
  private final LoopBoundary maxOfMany;
  private final Straight four;
  private final Straight seven;
  private final LoopBoundary maxima;
  private final LoopBoundary minima;
  private final LoopBoundary maximaOfMany;
  private final LoopBoundary minimaOfMany;

  /** Over arrays, or over segments, where places count from s.from on and rows fill a vector. */
  RowExtrema(boolean segments) {
    longMaxima = (segments ? 14 : 7) * FLOAT_LANES;
    maxOfFour = FourLoop.of(segments);
    maxOfMany = MaximaLoop.of(segments);
    four = new Straight(false, segments);
    seven = new Straight(true, segments);
    maxima = HalvesLoop.of(false, false, segments);
    minima = HalvesLoop.of(true, false, segments);
    maximaOfMany = HalvesLoop.of(false, true, segments);
    minimaOfMany = HalvesLoop.of(true, true, segments);
  }

  /** The maxima of rows of n values to s.first, their keys to s.keys. */
  void max(Object x, int start, int rows, int n, Scratch s) {
    Arrays.fill(s.check, 0);
    if (n < FEW) {
      maxOfFew((float[]) x, start, rows, n, s);
    } else if (vectors(n) == 4) {
      maxOfFour.reduce(x, start, 0, n, rows, s);
      maxOfHalves(x, start, rows, n, s.mayHaveNaN(), s);
    } else if (n > 3 * FLOAT_LANES) {
      signedMaxima(x, start, rows, n, s);
      maxOfSigned(x, start, rows, n, s.mayHaveNaN(), s);
    } else {
      maxima(x, start, rows, n, s);
      FAST_MAX_KEYS.reduce(null, 0, 0, 0, rows, s);
      maxOfHalves(x, start, rows, n, false, s);
    }
  }

  /**
   * As {@link #max}, where the signed maxima are made.
   *
   * @param mayHaveNaN whether they may not suffice for it
   */
  void maxOfSigned(Object x, int start, int rows, int n, boolean mayHaveNaN, Scratch s) {
    HALVES.reduce(null, 0, 0, 0, rows, s);
    maxOfHalves(x, start, rows, n, mayHaveNaN, s);
  }

  private void maxOfHalves(Object x, int start, int rows, int n, boolean mayHaveNaN, Scratch s) {
    KeyFolds.MAX.reduce(null, 0, 0, 0, rows, s);
    if (mayHaveNaN || KeyFolds.anyNegative(s)) {
      maxOfExtrema(x, start, rows, n, s);
    }
  }

  private void maxOfExtrema(Object x, int start, int rows, int n, Scratch s) {
    extrema(x, start, rows, n, s);
    MAX_KEYS.reduce(null, 0, 0, 0, rows, s);
    KeyFolds.MAX.reduce(null, 0, 0, 0, rows, s);
  }

  /** The minima of rows of n values to s.first, their keys to s.keys. */
  void min(Object x, int start, int rows, int n, Scratch s) {
    if (n < FEW) {
      minOfFew((float[]) x, start, rows, n, s);
      return;
    }
    extrema(x, start, rows, n, s);
    MIN_KEYS.reduce(null, 0, 0, 0, rows, s);
    KeyFolds.MIN.reduce(null, 0, 0, 0, rows, s);
  }

  private static int vectors(int n) {
    return (n + FLOAT_LANES - 1) / FLOAT_LANES;
  }

  /** The signed maxima, and the sum that tells of NaN. */
  private void signedMaxima(Object x, int start, int rows, int n, Scratch s) {
    if (n > longMaxima) {
      maxOfMany.reduce(x, start, 0, n, rows, s);
    } else {
      straight(n).maxima(x, start, rows, n, s);
    }
  }

  /** The signed and the unsigned maxima of short rows. */
  private void maxima(Object x, int start, int rows, int n, Scratch s) {
    if (n < FLOAT_LANES) {
      repeated(maxima, (float[]) x, start, rows, n, s);
    } else {
      maxima.reduce(x, start, 0, n, rows, s);
    }
  }

  /** The maxima, and the signed minima. */
  private void extrema(Object x, int start, int rows, int n, Scratch s) {
    if (n < FLOAT_LANES) {
      repeated(maxima, (float[]) x, start, rows, n, s);
      repeated(minima, (float[]) x, start, rows, n, s);
    } else if (n > LONG) {
      maximaOfMany.reduce(x, start, 0, n, rows, s);
      minimaOfMany.reduce(x, start, 0, n, rows, s);
    } else if (n > 3 * FLOAT_LANES) {
      straight(n).extrema(x, start, rows, n, s);
    } else {
      maxima.reduce(x, start, 0, n, rows, s);
      minima.reduce(x, start, 0, n, rows, s);
    }
  }

  private Straight straight(int n) {
    return n <= 6 * FLOAT_LANES ? four : seven;
  }

  /** Some vectors of all rows, then the next; the last may be some that were seen before. */
  private static final class Straight {
    private final int values;
    private final LoopBoundary maxima;
    private final LoopBoundary moreMaxima;
    private final LoopBoundary extrema;
    private final LoopBoundary moreExtrema;

    private Straight(boolean isSeven, boolean segments) {
      values = (isSeven ? 7 : 4) * FLOAT_LANES;
      maxima = StraightLoop.of(isSeven, false, true, segments);
      moreMaxima = StraightLoop.of(isSeven, false, false, segments);
      extrema = StraightLoop.of(isSeven, true, true, segments);
      moreExtrema = StraightLoop.of(isSeven, true, false, segments);
    }

    private void maxima(Object x, int start, int rows, int n, Scratch s) {
      join(maxima, moreMaxima, x, start, rows, n, s);
    }

    private void extrema(Object x, int start, int rows, int n, Scratch s) {
      join(extrema, moreExtrema, x, start, rows, n, s);
    }

    private void join(
        LoopBoundary first, LoopBoundary more, Object x, int start, int rows, int n, Scratch s) {
      first.reduce(x, start, n, Math.min(values, n), rows, s);
      for (int done = values; done < n; done += values) {
        more.reduce(x, start + Math.min(done, n - values), n, values, rows, s);
      }
    }
  }

  private static void maxOfFew(float[] x, int start, int rows, int n, Scratch s) {
    KeyFolds.unknown(s);
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
    KeyFolds.unknown(s);
    for (int row = 0; row < rows; row++) {
      float min = x[start + row * n];
      for (int i = 1; i < n; i++) {
        min = Math.min(min, x[start + row * n + i]);
      }
      s.first[row] = min;
      s.keys[row] = Extrema.minKey(min);
    }
  }

  /** As the loop, of rows of fewer values than a vector has lanes. */
  private static void repeated(
      LoopBoundary loop, float[] x, int start, int rows, int n, Scratch s) {
    for (int row = 0; row < rows; row++) {
      loop.reduce(repeated(x, start + row * n, n, s.copy), 0, row, FLOAT_LANES, 1, s);
    }
  }

  // The keys have a loop of their own: behind the other one, the compiler now and then boxed its
  // vectors. Two rows at a time, for the first fold; the last of an odd number is its own other.

  private static void halves(int[] e, int rows) {
    for (int row = 0; row < rows; row += 2) {
      int next = from(Math.min(row + 1, rows - 1));
      KeyFolds.halves(at(e, from(row)), at(e, next)).intoArray(e, to(row));
    }
  }

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
