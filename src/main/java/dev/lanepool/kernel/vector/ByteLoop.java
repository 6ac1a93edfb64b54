package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.SHORTS;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Segments.NATIVE;
import static jdk.incubator.vector.VectorOperators.ADD;

import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators.Conversion;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds contiguous rows of bytes, to s.integers; what is behind the last sum may be overwritten. One
 * of {@link Copies}.
 *
 * <p>The lanes are shorts. Each begins with a bias that no values can make negative, so that at the
 * end four of them, seen as one long, are added without a carry from one to the next.
 */
final class ByteLoop implements Loop<Object> {
  static final int LANES = SHORTS.length();

  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES * Byte.SIZE));

  /** Bytes, biased, that add up to 16 bits. */
  private static final int FEW = 256;

  /** Zeros, then ones: a vector read from so far on keeps so many of its last lanes. */
  private static final short[] KEEP = new short[2 * LANES];

  static {
    Arrays.fill(KEEP, LANES, KEEP.length, (short) -1);
  }

  /** How a byte becomes a short, what makes the lowest one 0, and whether rows are in a segment. */
  private record Form(Conversion<Byte, Short> way, int bias, boolean segment) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /** The loop over rows in a segment, where they begin at s.from, or in an array. */
  static LoopBoundary of(Conversion<Byte, Short> way, int bias, boolean segment) {
    return Copies.of(MethodHandles.lookup(), new Form(way, bias, segment));
  }

  /** Rows have at least as many values as there are lanes, and {@link ByteRows#ROW} at the most. */
  @Override
  public void reduce(Object x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row += 2) {
      int i = start + row * n;
      int j = start + Math.min(row + 1, rows - 1) * n;
      if (FORM.segment()) {
        two(x, s.from + i, s.from + j, 0, 0, n, s.integers, row);
      } else {
        two(x, 0, 0, i, j, n, s.integers, row);
      }
    }
  }

  /** Two rows, so that an addition need not wait for the one before. */
  private static void two(
      Object x, long place, long nextPlace, int i, int j, int n, int[] sums, int to) {
    int bias = FORM.bias * ((n + LANES - 1) / LANES);
    ShortVector a = ShortVector.broadcast(SHORTS, (short) bias);
    ShortVector b = ShortVector.broadcast(SHORTS, (short) bias);
    int rest = n % LANES;
    for (int k = 0; k < n - rest; k += LANES) {
      a = exact(a).add(widen(x, place, i + k));
      b = exact(b).add(widen(x, nextPlace, j + k));
    }
    // The last vector overlaps, and keeps what is new.
    ShortVector keep = ShortVector.fromArray(SHORTS, KEEP, rest);
    a = exact(a).add(widen(x, place, i + n - LANES).and(keep));
    b = exact(b).add(widen(x, nextPlace, j + n - LANES).and(keep));
    sums[to] = total(a.reinterpretAsLongs().reduceLanes(ADD), n) - bias * LANES;
    sums[to + 1] = total(b.reinterpretAsLongs().reduceLanes(ADD), n) - bias * LANES;
  }

  /** Only hands on, for what {@link Lanes} says of code behind loops. */
  private static ShortVector widen(Object x, long place, int i) {
    return widened(x, place, i);
  }

  private static ShortVector widened(Object x, long place, int i) {
    ByteVector bytes =
        FORM.segment()
            ? ByteVector.fromMemorySegment(
                BYTES, NATIVE.cast(x), place + i, ByteOrder.nativeOrder())
            : ByteVector.fromArray(BYTES, (byte[]) x, i);
    return (ShortVector) bytes.convertShape(FORM.way, SHORTS, 0);
  }

  /** Of four numbers of 16 bits, of a row of n values: few bytes add up to 16 bits themselves. */
  private static int total(long four, int n) {
    if (n <= FEW) {
      return (int) (four * 0x1000100010001L >>> 48);
    }
    long two = (four & 0xffff0000ffffL) + (four >>> 16 & 0xffff0000ffffL);
    return (int) (two + (two >>> 32));
  }
}
