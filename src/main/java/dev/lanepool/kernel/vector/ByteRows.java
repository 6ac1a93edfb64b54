package dev.lanepool.kernel.vector;

import static jdk.incubator.vector.VectorOperators.B2S;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2S;

import dev.lanepool.ElementType;

/**
 * Sums of contiguous rows of bytes. They are exact integers, so that their order makes no
 * difference to the bits.
 */
final class ByteRows {
  /** The most values of a row: a quarter of the biased ones add up to 16 bits. */
  static final int ROW = 1024;

  private static final LoopBoundary SIGNED = ByteLoop.of(B2S, 128);
  private static final LoopBoundary UNSIGNED = ByteLoop.of(ZERO_EXTEND_B2S, 0);

  private ByteRows() {}

  /**
   * The sums of rows of n values, which lie one after another from start on, to s.sums.
   *
   * @param type INT8 or UINT8
   * @param n at most {@link #ROW}
   */
  static void sums(ElementType type, byte[] x, int start, int rows, int n, Scratch s) {
    boolean signed = type == ElementType.INT8;
    if (n < ByteLoop.LANES) {
      few(x, start, rows, n, signed ? -1 : 0xff, s.integers);
    } else {
      (signed ? SIGNED : UNSIGNED).reduce(x, start, 0, n, rows, s);
    }
    for (int row = 0; row < rows; row++) {
      s.sums[row] = s.integers[row];
    }
  }

  private static void few(byte[] x, int start, int rows, int n, int mask, int[] sums) {
    for (int row = 0; row < rows; row++) {
      int sum = 0;
      for (int i = start + row * n; i < start + (row + 1) * n; i++) {
        sum += x[i] & mask;
      }
      sums[row] = sum;
    }
  }
}
