package dev.lanepool.kernel.vector;

import dev.lanepool.ElementType;
import dev.lanepool.kernel.internal.SumOrder;
import java.util.Arrays;

/** Sums of contiguous rows of float16 or bfloat16, without a copy as floats. */
final class ShortRows {
  private static final ShortRows OF_FLOAT16 = new ShortRows(10, 15);
  private static final ShortRows OF_BFLOAT16 = new ShortRows(7, 127);

  /** Shorter rows are faster as floats. */
  private static final int SHORT = 8 * SumOrder.LANES;

  private final LoopBoundary groups;
  private final LoopBoundary half;
  private final LoopBoundary full;

  /** By what the sums of bits are too small: the difference of the exponents' biases. */
  private final double scale;

  private final int infinity;

  private ShortRows(int mantissa, int bias) {
    groups = ShortLoop.of(mantissa, ShortLoop.Part.GROUPS);
    half = ShortLoop.of(mantissa, ShortLoop.Part.HALF);
    full = ShortLoop.of(mantissa, ShortLoop.Part.FULL);
    scale = Math.scalb(1.0, 1023 - bias);
    infinity = (2 * bias + 1) << mantissa;
  }

  /** Whether they take the least time for rows of n values. */
  static boolean serve(ElementType type, long n) {
    return type.bytes() == Short.BYTES && Lanes.DOUBLE_LANES >= ShortLoop.FEWEST && n >= SHORT;
  }

  static ShortRows of(ElementType type) {
    return type == ElementType.FLOAT16 ? OF_FLOAT16 : OF_BFLOAT16;
  }

  /**
   * The sums of rows of n values, which lie one after another from start on, to s.sums, if all are
   * finite.
   *
   * @return whether they are known to be
   */
  boolean sums(short[] x, int start, int rows, int n, Scratch s) {
    int inPlace = RowSums.inPlace(x.length - start, rows, n);
    Arrays.fill(s.magnitudes, (short) 0);
    partials(x, start, 0, inPlace, n, s);
    for (int row = inPlace; row < rows; row++) {
      // At the end of the array whole vectors can't be read.
      System.arraycopy(x, start + row * n, s.shorts, 0, n);
      partials(s.shorts, 0, row, 1, n, s);
    }
    if (!areFinite(s.magnitudes)) {
      return false;
    }
    RowFolds.FOURS.reduce(null, 0, 0, n, rows, s);
    RowFolds.SUMS.reduce(null, 0, 0, n, rows, s);
    for (int row = 0; row < rows; row++) {
      s.sums[row] *= scale;
    }
    return true;
  }

  private void partials(short[] x, int start, int first, int rows, int n, Scratch s) {
    groups.reduce(x, start, first, n, rows, s);
    boolean isHalf = RowSums.rest(n) <= SumOrder.LANES / 2;
    (isHalf ? half : full).reduce(x, start, first, n, rows, s);
  }

  /** Of bits times two. */
  private boolean areFinite(short[] greatest) {
    boolean finite = true;
    for (short bits : greatest) {
      finite &= (bits & 0xffff) < 2 * infinity;
    }
    return finite;
  }
}
