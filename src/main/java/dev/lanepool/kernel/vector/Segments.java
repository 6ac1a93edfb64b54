package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.NARROW_FLOATS;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Maps in native memory that are read where they are, their values in lanes, and the sums of their
 * rows, as of {@link RowSums}. To copy them first takes as long as the read roof.
 */
final class Segments {
  /** What native memory is for the JVM, and mapped files, as a subclass. */
  private static final Class<? extends MemorySegment> NATIVE =
      Arena.global().allocate(1).getClass();

  private static final LoopBoundary THREE_AND_HALF =
      SegmentLoop.of(SegmentLoop.Form.THREE_AND_HALF);
  private static final LoopBoundary HALF = SegmentLoop.of(SegmentLoop.Form.HALF);
  private static final LoopBoundary FULL = SegmentLoop.of(SegmentLoop.Form.FULL);

  /** A row that could not be read where it was. */
  private static final ThreadLocal<MemorySegment> COPY =
      ThreadLocal.withInitial(
          () -> Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, RowSums.BLOCK + RowSums.LANES));

  private Segments() {}

  // As in Lanes, what may stand behind a loop only hands on.

  /** The bits of the values from so many bytes on. */
  static IntVector bits(MemorySegment x, long i) {
    return loadedBits(x, i);
  }

  private static IntVector loadedBits(MemorySegment x, long i) {
    return FloatVector.fromMemorySegment(FLOATS, exact(x), i, ByteOrder.nativeOrder())
        .reinterpretAsInts();
  }

  /** The value so many bytes on. */
  static float value(MemorySegment x, long i) {
    return exact(x).get(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
  }

  /** The values from so many bytes on, as doubles. */
  static DoubleVector widen(MemorySegment x, long i) {
    return widened(x, i);
  }

  private static DoubleVector widened(MemorySegment x, long i) {
    FloatVector values =
        FloatVector.fromMemorySegment(NARROW_FLOATS, exact(x), i, ByteOrder.nativeOrder());
    return (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  /** Whether the values of these maps are such floats, without gaps. */
  static boolean serve(FeatureMap x) {
    return x.type() == ElementType.FLOAT32 && x.isDense() && NATIVE.isInstance(x.segment());
  }

  /** The same segment, of a class that C2 need not ask for at every access. */
  private static MemorySegment exact(MemorySegment x) {
    return NATIVE.cast(x);
  }

  /**
   * The sums of rows of n values, a block at the most, which lie one after another from so many
   * bytes on, to s.sums.
   */
  static void sums(MemorySegment x, long from, int rows, int n, Scratch s) {
    LoopBoundary loop = loop(n);
    long left = (x.byteSize() - from) / Float.BYTES;
    int inPlace = RowSums.inPlace((int) Math.min(left, Integer.MAX_VALUE), rows, n);
    s.from = from;
    loop.reduce(x, 0, 0, n, inPlace, s);
    for (int row = inPlace; row < rows; row++) {
      // At the end of the segment whole vectors can't be read.
      MemorySegment copy = COPY.get();
      long bytes = (long) n * Float.BYTES;
      MemorySegment.copy(x, from + row * bytes, copy, 0, bytes);
      s.from = 0;
      loop.reduce(copy, 0, row, n, 1, s);
    }
    RowFolds.FOURS.reduce(null, 0, 0, n, rows, s);
    RowFolds.SUMS.reduce(null, 0, 0, n, rows, s);
  }

  private static LoopBoundary loop(int n) {
    if (RowSums.rest(n) > RowSums.LANES / 2) {
      return FULL;
    }
    return n / RowSums.LANES == 3 ? THREE_AND_HALF : HALF;
  }
}
