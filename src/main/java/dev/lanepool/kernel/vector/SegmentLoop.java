package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.KEEP;
import static dev.lanepool.kernel.vector.Lanes.KEEP_BORDER;
import static dev.lanepool.kernel.vector.Lanes.LONGS;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.RowSums.LANES;
import static dev.lanepool.kernel.vector.Segments.widen;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * Adds contiguous rows of floats in native memory: as {@link RowSums}, but for the second fold. One
 * row at a time: what the API checks at every access makes C2's limit come early. One of {@link
 * Copies}.
 */
final class SegmentLoop implements Loop<MemorySegment> {
  /** Partial sums of a row after the first fold. */
  private static final int PARTIALS = LANES / 2;

  private static final int GROUP = LANES * Float.BYTES;

  private static final Boolean HALF = Copies.constant(MethodHandles.lookup(), Boolean.class);

  /** The loop over rows whose last group is half a group at the most, or more. */
  static LoopBoundary of(boolean half) {
    return Copies.of(MethodHandles.lookup(), half);
  }

  /** The partial sums of row first and after, which begin at s.from, to s.sums. */
  @Override
  public void reduce(MemorySegment x, int none, int first, int n, int rows, Scratch s) {
    int bytes = ((n - 1) & -LANES) * Float.BYTES;
    int rest = RowSums.rest(n);
    for (int row = 0; row < rows; row++) {
      long i = s.from + (long) row * n * Float.BYTES;
      int to = (first + row) * PARTIALS;
      if (DOUBLE_LANES == PARTIALS) { // a loop of one trip makes that over rows slower
        strip(x, i, bytes, rest, s.sums, to);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          strip(x, i + k * Float.BYTES, bytes, rest - k, s.sums, to + k);
        }
      }
    }
  }

  private static void strip(MemorySegment x, long i, int bytes, int rest, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < bytes; k += GROUP) {
      low = exact(low).add(widen(x, i + k));
      high = exact(high).add(widen(x, i + k + GROUP / 2));
    }
    // As Lanes.keepFirst, which may have been called too seldom to be inlined.
    LongVector keep = LongVector.fromArray(LONGS, KEEP, KEEP_BORDER - rest);
    DoubleVector last = widen(x, i + bytes);
    low = exact(low).add(last.reinterpretAsLongs().and(keep).reinterpretAsDoubles());
    if (!HALF) {
      keep = LongVector.fromArray(LONGS, KEEP, KEEP_BORDER - rest + 8);
      last = widen(x, i + bytes + GROUP / 2);
      high = exact(high).add(last.reinterpretAsLongs().and(keep).reinterpretAsDoubles());
    }
    low.add(exact(high)).intoArray(s, to);
  }
}
