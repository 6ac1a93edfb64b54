package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;
import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.NARROW_FLOATS;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Maps in native memory that are read where they are, their values in lanes, and the sums of their
 * rows, as of {@link RowSums}. To copy them first takes as long as the read roof.
 */
final class Segments {
  /**
   * What native memory is for the JVM, and mapped files, as a subclass. Segments are cast to it at
   * every access, so that C2 need not ask: by the JDK's method, for one of ours was not inlined in
   * some JVMs, in which all vectors were boxed.
   */
  private static final Class<? extends MemorySegment> NATIVE =
      Arena.global().allocate(1).getClass();

  /** Values of the longest row that is added a few groups of lanes at a time. */
  private static final int LONG = 16 * LANES;

  private static final int GROUPS = GroupLoop.MOST * LANES;
  private static final LoopBoundary MANY = new LoopBoundary(new SegmentLoop());
  private static final LoopBoundary FIRST =
      GroupLoop.of(true, GroupLoop.MOST, GroupLoop.Rest.GROUPS);
  private static final LoopBoundary NEXT =
      GroupLoop.of(false, GroupLoop.MOST, GroupLoop.Rest.GROUPS);
  private static final LoopBoundary[] ALL_AND_HALF = loops(true, GroupLoop.Rest.HALF);
  private static final LoopBoundary[] ALL_AND_FULL = loops(true, GroupLoop.Rest.FULL);
  private static final LoopBoundary[] LAST_AND_HALF = loops(false, GroupLoop.Rest.HALF);
  private static final LoopBoundary[] LAST_AND_FULL = loops(false, GroupLoop.Rest.FULL);

  /** A row that could not be read where it was. */
  private static final ThreadLocal<MemorySegment> COPY =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, BLOCK + LANES));

  private Segments() {}

  // A loop over arrays or segments, which of them is a constant for C2, names a value by two
  // places:
  // that of its row, or of anything else that stays the same in the innermost loop, and that in
  // the row. In one integer the two might overflow for all that C2 knows, so that it would check
  // every access to a segment; as longs they can't, and it checks before the loop.

  /**
   * The bits of the values from place start + i on, in a segment counted from so many bytes on. One
   * method, and not one that only hands on, as those of {@link Lanes}: what that calls was boxed in
   * one of eight JVMs. So this is nothing to stand behind a loop.
   */
  static IntVector bits(boolean segment, Object x, long from, int start, int i) {
    FloatVector values =
        segment
            ? FloatVector.fromMemorySegment(
                FLOATS,
                NATIVE.cast(x),
                from + (long) start * Float.BYTES + (long) i * Float.BYTES,
                ByteOrder.nativeOrder())
            : FloatVector.fromArray(FLOATS, (float[]) x, start + i);
    return values.reinterpretAsInts();
  }

  /** As {@link #bits}, the values. */
  static FloatVector floats(boolean segment, Object x, long from, int start, int i) {
    return segment
        ? FloatVector.fromMemorySegment(
            FLOATS,
            NATIVE.cast(x),
            from + (long) start * Float.BYTES + (long) i * Float.BYTES,
            ByteOrder.nativeOrder())
        : FloatVector.fromArray(FLOATS, (float[]) x, start + i);
  }

  /** As {@link #bits}, as many of the values as there are lanes of doubles, as doubles. */
  static DoubleVector widen(boolean segment, Object x, long from, int start, int i) {
    return segment
        ? widen((MemorySegment) x, from + (long) start * Float.BYTES + (long) i * Float.BYTES)
        : Lanes.widen((float[]) x, start + i);
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

  /** Whether the values of these maps are such floats, without gaps. */
  static boolean serve(FeatureMap x) {
    return x.type() == ElementType.FLOAT32 && x.isDense() && NATIVE.isInstance(x.segment());
  }

  /**
   * The sums of rows of n values, a block at the most, which lie one after another from so many
   * bytes on, to s.sums.
   */
  static void sums(MemorySegment x, long from, int rows, int n, Scratch s) {
    partials(x, from, rows, n, s);
    RowFolds.SUMS.reduce(null, 0, 0, n, rows, s);
  }

  /** As {@link #sums}, the partial sums after the second fold. */
  static void partials(MemorySegment x, long from, int rows, int n, Scratch s) {
    long left = (x.byteSize() - from) / Float.BYTES;
    int inPlace = RowSums.inPlace((int) Math.min(left, Integer.MAX_VALUE), rows, n);
    s.from = from;
    firstFold(x, 0, inPlace, n, s);
    for (int row = inPlace; row < rows; row++) {
      // At the end of the segment whole vectors can't be read.
      MemorySegment copy = COPY.get();
      long bytes = (long) n * Float.BYTES;
      MemorySegment.copy(x, from + row * bytes, copy, 0, bytes);
      s.from = 0;
      firstFold(copy, row, 1, n, s);
    }
    RowFolds.FOURS.reduce(null, 0, 0, n, rows, s);
  }

  /** The partial sums of row first and after, which begin at s.from, after the first fold. */
  private static void firstFold(MemorySegment x, int first, int rows, int n, Scratch s) {
    boolean half = RowSums.rest(n) <= LANES / 2;
    int whole = n - RowSums.rest(n);
    int most = half ? GROUPS : GROUPS - LANES; // more would be too much for C2
    if (whole <= most) {
      (half ? ALL_AND_HALF : ALL_AND_FULL)[whole / LANES].reduce(x, 0, first, n, rows, s);
      return;
    }
    int done = GROUPS;
    if (n > LONG) {
      for (int row = 0; row < rows; row++) {
        MANY.reduce(x, row * n, first + row, n, 1, s);
      }
      done = whole;
    } else {
      FIRST.reduce(x, 0, first, n, rows, s);
      for (; whole - done > most; done += GROUPS) {
        NEXT.reduce(x, done, first, n, rows, s);
      }
    }
    int left = (whole - done) / LANES;
    (half ? LAST_AND_HALF : LAST_AND_FULL)[left].reduce(x, done, first, n, rows, s);
  }

  private static LoopBoundary[] loops(boolean first, GroupLoop.Rest rest) {
    LoopBoundary[] loops = new LoopBoundary[GroupLoop.MOST + 1];
    Arrays.setAll(loops, groups -> GroupLoop.of(first, groups, rest));
    return loops;
  }
}
