package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.INTS;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static jdk.incubator.vector.VectorOperators.UMAX;

import java.util.Arrays;
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

  private static final VectorMask<Integer> ODD_EIGHTS = odd(8);
  private static final VectorMask<Integer> ODD_FOURS = odd(4);
  private static final VectorMask<Integer> ODD_TWOS = odd(2);
  private static final VectorMask<Integer> ODD_ONES = odd(1);
  private static final VectorShuffle<Integer> SWAP_EIGHTS = swap(8);
  private static final VectorShuffle<Integer> SWAP_FOURS = swap(4);
  private static final VectorShuffle<Integer> SWAP_TWOS = swap(2);
  private static final VectorShuffle<Integer> SWAP_ONES = swap(1);

  /** Brings the rows into order, where the even ones come first. */
  private static final VectorShuffle<Integer> INTERLEAVE =
      VectorShuffle.fromOp(INTS, lane -> lane / 2 + lane % 2 * (FLOAT_LANES / 2));

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
    fillUp(rows, s);
    IntVector greatest = at(s.greatest, 0);
    for (int row = 0; row < rows; row += FLOAT_LANES) {
      IntVector folded = folded(s.extrema, row);
      greatest = exact(greatest).lanewise(UMAX, folded);
      store(folded, s, row);
    }
    exact(greatest).intoArray(s.greatest, 0);
  }

  private static void min(int rows, Scratch s) {
    fillUp(rows, s);
    IntVector greatest = at(s.greatest, 0);
    for (int row = 0; row < rows; row += FLOAT_LANES) {
      IntVector folded = folded(s.extrema, row);
      greatest = exact(greatest).lanewise(UMAX, folded);
      store(folded.not(), s, row);
    }
    exact(greatest).intoArray(s.greatest, 0);
  }

  /** What was here of others must not show in the greatest. */
  private static void fillUp(int rows, Scratch s) {
    Arrays.fill(s.greatest, 0);
    int whole = rows + FLOAT_LANES - 1 & -FLOAT_LANES;
    Arrays.fill(s.extrema, RowExtrema.to(rows), RowExtrema.to(whole), 0);
  }

  /** Whether a key that was folded is that of a negative number; of a minimum, of a positive. */
  static boolean anyNegative(Scratch s) {
    int signs = 0;
    for (int greatest : s.greatest) {
      signs |= greatest;
    }
    return signs < 0;
  }

  /** Whether a key that was folded may be that of NaN, as it may where some are negative. */
  static boolean mayHaveNaN(Scratch s) {
    int beyond = 0;
    for (int greatest : s.greatest) {
      beyond |= greatest | Extrema.INFINITY - greatest;
    }
    return beyond < 0;
  }

  /** Says that there may be any keys, which nobody folded. */
  static void unknown(Scratch s) {
    Arrays.fill(s.greatest, -1);
  }

  private static void store(IntVector keys, Scratch s, int row) {
    keys.intoArray(s.keys, row);
    Extrema.keys(keys).reinterpretAsFloats().intoArray(s.first, row);
  }

  /** The greatest keys of row and after, as many as make a vector. */
  private static IntVector folded(int[] e, int row) {
    int i = row * FLOAT_LANES / 2;
    IntVector even = FLOAT_LANES == 4 ? at(e, i) : twosOf(e, i);
    IntVector odd = FLOAT_LANES == 4 ? at(e, i + 4) : twosOf(e, i + FLOAT_LANES);
    return ones(even, odd).rearrange(INTERLEAVE);
  }

  private static IntVector twosOf(int[] e, int i) {
    if (FLOAT_LANES == 8) {
      return twos(at(e, i), at(e, i + 2 * 8));
    }
    IntVector first = fours(at(e, i), at(e, i + 4 * 16));
    return twos(first, fours(at(e, i + 2 * 16), at(e, i + 6 * 16)));
  }

  /**
   * The first fold, of the keys of two rows that follow each other: as many of one as half a vector
   * holds, then as many of the other.
   */
  static IntVector halves(IntVector a, IntVector b) {
    return switch (FLOAT_LANES) {
      case 16 -> eights(a, b);
      case 8 -> fours(a, b);
      default -> twos(a, b);
    };
  }

  private static IntVector eights(IntVector a, IntVector b) {
    return Lanes.max(a.blend(b, ODD_EIGHTS), b.blend(a, ODD_EIGHTS).rearrange(SWAP_EIGHTS));
  }

  private static IntVector fours(IntVector a, IntVector b) {
    return Lanes.max(a.blend(b, ODD_FOURS), b.blend(a, ODD_FOURS).rearrange(SWAP_FOURS));
  }

  private static IntVector twos(IntVector a, IntVector b) {
    return Lanes.max(a.blend(b, ODD_TWOS), b.blend(a, ODD_TWOS).rearrange(SWAP_TWOS));
  }

  private static IntVector ones(IntVector a, IntVector b) {
    return Lanes.max(a.blend(b, ODD_ONES), b.blend(a, ODD_ONES).rearrange(SWAP_ONES));
  }
}
