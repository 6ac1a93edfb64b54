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
 * Values of maps in native memory, in lanes. They are read where they are: to copy them first takes
 * as long as the read roof.
 */
final class Segments {
  /**
   * What native memory is for the JVM, and mapped files, as a subclass. Segments are cast to it at
   * every access, so that C2 need not ask: by the JDK's method, for one of ours was not inlined in
   * some JVMs, in which all vectors were boxed.
   */
  static final Class<? extends MemorySegment> NATIVE = Arena.global().allocate(1).getClass();

  private Segments() {}

  // A loop over arrays or segments, which of them is a constant for C2, names a value by two
  // places:
  // its row's, or that of anything else that stays the same in the innermost loop, and its own in
  // the row. In one integer the two might overflow for all that C2 knows, so that it would check
  // every access to a segment; as longs they can't, and it checks before the loop. What a loop does
  // not need is 0, lest C2 keep it in a register, of which such loops have none to spare.

  /** Where the row begins in a segment, whose first values are so many bytes on. */
  static long place(boolean segment, long from, int start) {
    return segment ? from + (long) start * Float.BYTES : 0;
  }

  /** Which value of an array the row begins with, and which after {@link #place} in a segment. */
  static int index(boolean segment, int start) {
    return segment ? 0 : start;
  }

  /**
   * The bits of the values at i and after, in a segment counted from a place on. One method, and
   * not one that only hands on, as those of {@link Lanes}: what that calls was boxed in one of
   * eight JVMs. So this is nothing to stand behind a loop.
   */
  static IntVector bits(boolean segment, Object x, long place, int i) {
    FloatVector values =
        segment
            ? FloatVector.fromMemorySegment(
                FLOATS, NATIVE.cast(x), place + (long) i * Float.BYTES, ByteOrder.nativeOrder())
            : FloatVector.fromArray(FLOATS, (float[]) x, i);
    return values.reinterpretAsInts();
  }

  /** As {@link #bits}, the values. */
  static FloatVector floats(boolean segment, Object x, long place, int i) {
    return segment
        ? FloatVector.fromMemorySegment(
            FLOATS, NATIVE.cast(x), place + (long) i * Float.BYTES, ByteOrder.nativeOrder())
        : FloatVector.fromArray(FLOATS, (float[]) x, i);
  }

  /** The value so many bytes on. */
  static float value(MemorySegment x, long i) {
    return NATIVE.cast(x).get(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
  }

  // As in Lanes, what may stand behind a loop only hands on.

  /** The values from so many bytes on, as doubles. */
  static DoubleVector widen(MemorySegment x, long i) {
    return widened(x, i);
  }

  private static DoubleVector widened(MemorySegment x, long i) {
    FloatVector values =
        FloatVector.fromMemorySegment(NARROW_FLOATS, NATIVE.cast(x), i, ByteOrder.nativeOrder());
    return (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  /** The doubles from so many bytes on. */
  static DoubleVector doubles(MemorySegment x, long i) {
    return loaded(x, i);
  }

  private static DoubleVector loaded(MemorySegment x, long i) {
    return DoubleVector.fromMemorySegment(DOUBLES, NATIVE.cast(x), i, ByteOrder.nativeOrder());
  }

  /** Whether the values of these maps are of such a type, in native memory without gaps. */
  static boolean serve(FeatureMap x, ElementType type) {
    return x.type() == type && x.isDense() && NATIVE.isInstance(x.segment());
  }
}
