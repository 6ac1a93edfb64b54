package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.SHORTS;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static jdk.incubator.vector.VectorOperators.ADD;

import java.lang.invoke.MethodHandles;
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
final class ByteLoop implements Loop<byte[]> {
  static final int LANES = SHORTS.length();

  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES * Byte.SIZE));

  /** Zeros, then ones: a vector read from so far on keeps so many of its last lanes. */
  private static final short[] KEEP = new short[2 * LANES];

  static {
    Arrays.fill(KEEP, LANES, KEEP.length, (short) -1);
  }

  /** How a byte becomes a short, and what makes the lowest one 0. */
  private record Form(Conversion<Byte, Short> way, int bias) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  static LoopBoundary of(Conversion<Byte, Short> way, int bias) {
    return Copies.of(MethodHandles.lookup(), new Form(way, bias));
  }

  /** Rows have at least as many values as there are lanes, and {@link ByteRows#ROW} at the most. */
  @Override
  public void reduce(byte[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row += 2) {
      int i = start + row * n;
      int j = start + Math.min(row + 1, rows - 1) * n;
      two(x, i, j, n, s.integers, row);
    }
  }

  /** Two rows, so that an addition need not wait for the one before. */
  private static void two(byte[] x, int i, int j, int n, int[] sums, int to) {
    int bias = FORM.bias * ((n + LANES - 1) / LANES);
    ShortVector a = ShortVector.broadcast(SHORTS, (short) bias);
    ShortVector b = ShortVector.broadcast(SHORTS, (short) bias);
    int rest = n % LANES;
    for (int k = 0; k < n - rest; k += LANES) {
      a = exact(a).add(widen(x, i + k));
      b = exact(b).add(widen(x, j + k));
    }
    // The last vector overlaps, and keeps what is new.
    ShortVector keep = ShortVector.fromArray(SHORTS, KEEP, rest);
    a = exact(a).add(widen(x, i + n - LANES).and(keep));
    b = exact(b).add(widen(x, j + n - LANES).and(keep));
    sums[to] = total(a.reinterpretAsLongs().reduceLanes(ADD)) - bias * LANES;
    sums[to + 1] = total(b.reinterpretAsLongs().reduceLanes(ADD)) - bias * LANES;
  }

  /** Only hands on, for what {@link Lanes} says of code behind loops. */
  private static ShortVector widen(byte[] x, int i) {
    return widened(x, i);
  }

  private static ShortVector widened(byte[] x, int i) {
    return (ShortVector) ByteVector.fromArray(BYTES, x, i).convertShape(FORM.way, SHORTS, 0);
  }

  /** Of four numbers of 16 bits. */
  private static int total(long four) {
    long two = (four & 0xffff0000ffffL) + (four >>> 16 & 0xffff0000ffffL);
    return (int) (two + (two >>> 32));
  }
}
