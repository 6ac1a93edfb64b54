package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Segments.NATIVE;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static jdk.incubator.vector.VectorOperators.B2S;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2S;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.VectorOperators.Conversion;

/**
 * Sums of contiguous rows of bytes. They are exact integers, so that their order makes no
 * difference to the bits.
 */
final class ByteRows {
  /** The most values of a row: a quarter of the biased ones add up to 16 bits. */
  static final int ROW = 1024;

  /** Values of the shortest row in a segment that takes less time there than as a copy. */
  private static final int LONG = ByteLoop.LANES == 32 ? ByteLoop.LANES : 160;

  private static final ByteRows OF_SIGNED = new ByteRows(B2S, 128, -1);
  private static final ByteRows OF_UNSIGNED = new ByteRows(ZERO_EXTEND_B2S, 0, 0xff);

  private final LoopBoundary inArrays;
  private final LoopBoundary inSegments;

  /** What of an int the value is. */
  private final int mask;

  private ByteRows(Conversion<Byte, Short> way, int bias, int mask) {
    inArrays = ByteLoop.of(way, bias, false);
    inSegments = ByteLoop.of(way, bias, true);
    this.mask = mask;
  }

  /** Whether rows of n values of these maps are read where they are. */
  static boolean areInPlace(FeatureMap x, int n) {
    return x.base() instanceof byte[] || n >= LONG && NATIVE.isInstance(x.segment());
  }

  /**
   * The sums of rows of n values of dense maps, which lie one after another from one value on, to
   * s.scratch.sums.
   *
   * @param n at most {@link #ROW}
   */
  static void sums(FeatureMap x, long from, int rows, int n, Stages s) {
    ByteRows loops = x.type() == ElementType.INT8 ? OF_SIGNED : OF_UNSIGNED;
    MemorySegment segment = x.segment();
    if (x.base() instanceof byte[] array) {
      loops.add(array, (int) (segment.address() + from), rows, n, s.scratch);
    } else if (areInPlace(x, n)) {
      s.scratch.from = from;
      loops.inSegments.reduce(segment, 0, 0, n, rows, s.scratch);
    } else {
      MemorySegment.copy(segment, JAVA_BYTE, from, s.bytes, 0, rows * n);
      loops.add(s.bytes, 0, rows, n, s.scratch);
    }
    for (int row = 0; row < rows; row++) {
      s.scratch.sums[row] = s.scratch.integers[row];
    }
  }

  private void add(byte[] x, int start, int rows, int n, Scratch s) {
    if (n < ByteLoop.LANES) {
      addFew(x, start, rows, n, s.integers);
    } else {
      inArrays.reduce(x, start, 0, n, rows, s);
    }
  }

  private void addFew(byte[] x, int start, int rows, int n, int[] sums) {
    for (int row = 0; row < rows; row++) {
      int sum = 0;
      for (int i = start + row * n; i < start + (row + 1) * n; i++) {
        sum += x[i] & mask;
      }
      sums[row] = sum;
    }
  }
}
