package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.INTS;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/** Maxima and minima of a vector of keys for each of many rows, by halves as {@link RowFolds}. */
final class KeyFolds {
  /** The greatest key of every row to s.keys, and its float to s.first. */
  static final Boundary MAX = new Boundary((x, start, stride, n, rows, s) -> max(rows, s));

  /**
   * The least key of every row, of which there are the complements, to s.keys, its float to
   * s.first.
   */
  static final Boundary MIN = new Boundary((x, start, stride, n, rows, s) -> min(rows, s));

  /** The least index of every row, of which there are the complements, to s.index. */
  static final Boundary FIRST = new Boundary((x, start, stride, n, rows, s) -> first(rows, s));

  private static final VectorMask<Integer> ODD_EIGHTS = odd(8);
  private static final VectorMask<Integer> ODD_FOURS = odd(4);
  private static final VectorMask<Integer> ODD_TWOS = odd(2);
  private static final VectorMask<Integer> ODD_ONES = odd(1);
  private static final VectorShuffle<Integer> SWAP_EIGHTS = swap(8);
  private static final VectorShuffle<Integer> SWAP_FOURS = swap(4);
  private static final VectorShuffle<Integer> SWAP_TWOS = swap(2);
  private static final VectorShuffle<Integer> SWAP_ONES = swap(1);

  private KeyFolds() {}

  private static VectorMask<Integer> odd(int group) {
    boolean[] odd = new boolean[FLOAT_LANES];
    for (int lane = 0; lane < FLOAT_LANES; lane++) {
      odd[lane] = (lane & group) != 0;
    }
    return VectorMask.fromArray(INTS, odd, 0);
  }

  private static VectorShuffle<Integer> swap(int group) {
    return VectorShuffle.fromOp(INTS, lane -> (lane ^ group) % FLOAT_LANES);
  }

  private static void max(int rows, Scratch s) {
    fold(s.extrema, rows);
    for (int row = 0; row < rows; row += FLOAT_LANES) {
      store(at(s.extrema, row), s, row);
    }
  }

  private static void min(int rows, Scratch s) {
    fold(s.extrema, rows);
    for (int row = 0; row < rows; row += FLOAT_LANES) {
      store(at(s.extrema, row).not(), s, row);
    }
  }

  private static void store(IntVector keys, Scratch s, int row) {
    keys.intoArray(s.keys, row);
    Extrema.keys(keys).reinterpretAsFloats().intoArray(s.first, row);
  }

  private static void first(int rows, Scratch s) {
    fold(s.extrema, rows);
    for (int row = 0; row < rows; row += FLOAT_LANES) {
      at(s.extrema, row).not().intoArray(s.index, row);
    }
  }

  /** The greatest of each row's vector to e[0..]: as many rows at a time as make a vector. */
  private static void fold(int[] e, int rows) {
    for (int row = 0; row < rows; row += FLOAT_LANES) {
      int i = row * FLOAT_LANES;
      if (FLOAT_LANES == 16) {
        for (int j = i; j < i + 8 * FLOAT_LANES; j += FLOAT_LANES) {
          maxEights(at(e, j), at(e, j + 8 * FLOAT_LANES)).intoArray(e, j);
        }
      }
      if (FLOAT_LANES >= 8) {
        for (int j = i; j < i + 4 * FLOAT_LANES; j += FLOAT_LANES) {
          maxFours(at(e, j), at(e, j + 4 * FLOAT_LANES)).intoArray(e, j);
        }
      }
      IntVector even = maxTwos(at(e, i), at(e, i + 2 * FLOAT_LANES));
      IntVector odd = maxTwos(at(e, i + FLOAT_LANES), at(e, i + 3 * FLOAT_LANES));
      maxOnes(even, odd).intoArray(e, row);
    }
  }

  private static IntVector maxEights(IntVector a, IntVector b) {
    return Lanes.max(a.blend(b, ODD_EIGHTS), b.blend(a, ODD_EIGHTS).rearrange(SWAP_EIGHTS));
  }

  private static IntVector maxFours(IntVector a, IntVector b) {
    return Lanes.max(a.blend(b, ODD_FOURS), b.blend(a, ODD_FOURS).rearrange(SWAP_FOURS));
  }

  private static IntVector maxTwos(IntVector a, IntVector b) {
    return Lanes.max(a.blend(b, ODD_TWOS), b.blend(a, ODD_TWOS).rearrange(SWAP_TWOS));
  }

  private static IntVector maxOnes(IntVector a, IntVector b) {
    return Lanes.max(a.blend(b, ODD_ONES), b.blend(a, ODD_ONES).rearrange(SWAP_ONES));
  }

  private static IntVector at(int[] e, int i) {
    return IntVector.fromArray(INTS, e, i);
  }
}
