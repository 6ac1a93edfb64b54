package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.SHORTS;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.B2S;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2S;

import dev.lanepool.ElementType;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators.Conversion;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of contiguous rows of bytes. They are exact integers, so that their order makes no
 * difference to the bits.
 *
 * <p>The lanes are shorts. Each begins with a bias that no values can make negative, so that at the
 * end four of them, seen as one long, are added without a carry from one to the next.
 */
final class ByteRows {
  /** The most values of a row: four times what a lane can take of the largest biased value. */
  static final int ROW = 1024;

  private static final int LANES = SHORTS.length();
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES * Byte.SIZE));

  /** Zeros, then ones: a vector read from so far on keeps so many of its last lanes. */
  private static final short[] KEEP = new short[2 * LANES];

  static {
    Arrays.fill(KEEP, LANES, KEEP.length, (short) -1);
  }

  private static final Boundary SIGNED = Boundary.of(ByteRows::signed);
  private static final Boundary UNSIGNED = Boundary.of(ByteRows::unsigned);

  private ByteRows() {}

  /**
   * The sums of rows of n values, which lie one after another from start on, to s.sums.
   *
   * @param type INT8 or UINT8
   * @param n at most {@link #ROW}
   */
  static void sums(ElementType type, byte[] x, int start, int rows, int n, Scratch s) {
    boolean signed = type == ElementType.INT8;
    if (n < LANES) {
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

  // Both may overwrite what is behind the sum of the last row.

  private static void signed(byte[] x, int start, int stride, int n, int rows, Scratch s) {
    int bias = 128 * ((n + LANES - 1) / LANES);
    for (int row = 0; row < rows; row += 2) {
      int i = start + row * n;
      int j = start + Math.min(row + 1, rows - 1) * n;
      two(x, i, j, n, B2S, bias, s.integers, row);
    }
  }

  private static void unsigned(byte[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row += 2) {
      int i = start + row * n;
      int j = start + Math.min(row + 1, rows - 1) * n;
      two(x, i, j, n, ZERO_EXTEND_B2S, 0, s.integers, row);
    }
  }

  /** Two rows, so that an addition need not wait for the one before. */
  private static void two(
      byte[] x, int i, int j, int n, Conversion<Byte, Short> way, int bias, int[] sums, int to) {
    ShortVector a = ShortVector.broadcast(SHORTS, (short) bias);
    ShortVector b = ShortVector.broadcast(SHORTS, (short) bias);
    int rest = n % LANES;
    for (int k = 0; k < n - rest; k += LANES) {
      a = exact(a).add(widen(x, i + k, way));
      b = exact(b).add(widen(x, j + k, way));
    }
    // The last vector overlaps, and keeps what is new.
    ShortVector keep = ShortVector.fromArray(SHORTS, KEEP, rest);
    a = exact(a).add(widen(x, i + n - LANES, way).and(keep));
    b = exact(b).add(widen(x, j + n - LANES, way).and(keep));
    sums[to] = total(a.reinterpretAsLongs().reduceLanes(ADD)) - bias * LANES;
    sums[to + 1] = total(b.reinterpretAsLongs().reduceLanes(ADD)) - bias * LANES;
  }

  private static ShortVector widen(byte[] x, int i, Conversion<Byte, Short> way) {
    return (ShortVector) ByteVector.fromArray(BYTES, x, i).convertShape(way, SHORTS, 0);
  }

  /** Of four numbers of 16 bits. */
  private static int total(long four) {
    long two = (four & 0xffff0000ffffL) + (four >>> 16 & 0xffff0000ffffL);
    return (int) (two + (two >>> 32));
  }
}
