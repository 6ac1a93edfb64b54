package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Segments.NATIVE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.kernel.internal.SumOrder;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Sums of contiguous rows of float16 or bfloat16, without a copy as floats. */
final class ShortRows {
  private static final ShortRows OF_FLOAT16 = new ShortRows(10, 15);
  private static final ShortRows OF_BFLOAT16 = new ShortRows(7, 127);

  /** Shorter rows are faster as floats. */
  private static final int SHORT = 8 * SumOrder.LANES;

  /** Whether rows in segments are read there: at 256 bits they are copied in less time. */
  private static final boolean IN_SEGMENTS = Lanes.DOUBLE_LANES == 8;

  private final Loops ofArrays;
  private final Loops ofSegments;

  /** By what the sums of bits are too small: the difference of the exponents' biases. */
  private final double scale;

  private final int infinity;

  private ShortRows(int mantissa, int bias) {
    ofArrays = new Loops(mantissa, false);
    ofSegments = new Loops(mantissa, true);
    scale = Math.scalb(1.0, 1023 - bias);
    infinity = (2 * bias + 1) << mantissa;
  }

  private static final class Loops {
    private final LoopBoundary groups;
    private final LoopBoundary half;
    private final LoopBoundary full;

    private Loops(int mantissa, boolean segments) {
      groups = ShortLoop.of(mantissa, ShortLoop.Part.GROUPS, segments);
      half = ShortLoop.of(mantissa, ShortLoop.Part.HALF, segments);
      full = ShortLoop.of(mantissa, ShortLoop.Part.FULL, segments);
    }

    private void partials(Object x, int start, int first, int rows, int n, Scratch s) {
      groups.reduce(x, start, first, n, rows, s);
      boolean isHalf = RowSums.rest(n) <= SumOrder.LANES / 2;
      (isHalf ? half : full).reduce(x, start, first, n, rows, s);
    }
  }

  /** Whether they take the least time for rows of n values. */
  static boolean serve(ElementType type, long n) {
    return type.bytes() == Short.BYTES && Lanes.DOUBLE_LANES >= ShortLoop.FEWEST && n >= SHORT;
  }

  /** Whether the values of these maps are read where they are, but for the last ones. */
  static boolean areInPlace(FeatureMap x) {
    return x.base() instanceof short[] || IN_SEGMENTS && NATIVE.isInstance(x.segment());
  }

  static ShortRows of(ElementType type) {
    return type == ElementType.FLOAT16 ? OF_FLOAT16 : OF_BFLOAT16;
  }

  /**
   * The sums of rows of n values of dense maps, which lie one after another from one value on, to
   * s.sums, if all are finite.
   *
   * @return whether they are known to be
   */
  boolean sums(FeatureMap x, long from, int rows, int n, Scratch s) {
    MemorySegment segment = x.segment();
    s.from = from * Short.BYTES;
    long left = segment.byteSize() / Short.BYTES - from;
    int inPlace = RowSums.inPlace((int) Math.min(left, Integer.MAX_VALUE), rows, n);
    Arrays.fill(s.magnitudes, (short) 0);
    if (x.base() instanceof short[] array) {
      int start = (int) (segment.address() / Short.BYTES + from);
      ofArrays.partials(array, start, 0, inPlace, n, s);
    } else if (areInPlace(x)) {
      ofSegments.partials(segment, 0, 0, inPlace, n, s);
    } else {
      inPlace = 0;
    }
    if (inPlace < rows) {
      // At the end of the maps whole vectors can't be read.
      long at = (from + (long) inPlace * n) * Short.BYTES;
      MemorySegment.copy(segment, JAVA_SHORT_UNALIGNED, at, s.shorts, 0, (rows - inPlace) * n);
      ofArrays.partials(s.shorts, 0, inPlace, rows - inPlace, n, s);
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

  /** Of bits times two. */
  private boolean areFinite(short[] greatest) {
    boolean finite = true;
    for (short bits : greatest) {
      finite &= (bits & 0xffff) < 2 * infinity;
    }
    return finite;
  }
}
