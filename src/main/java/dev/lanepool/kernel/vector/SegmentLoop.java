package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Segments.widen;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;

/**
 * Adds the groups of lanes of a long row of floats in native memory, but for the last values, which
 * are {@link GroupLoop}'s: behind a loop of many trips C2 has counted little, and boxes what it
 * adds. In a loop over rows it would run out of registers.
 */
final class SegmentLoop implements Loop<MemorySegment> {
  private static final int QUARTER = LANES / 4;
  private static final int BYTES = QUARTER * Float.BYTES;

  /** The lanes of a row of n values, the first of which is so many behind s.from, to s.sums. */
  @Override
  public void reduce(MemorySegment x, int start, int row, int n, int one, Scratch s) {
    int bytes = (n - RowSums.rest(n)) * Float.BYTES;
    long i = s.from + (long) start * Float.BYTES;
    int to = row * LANES;
    if (DOUBLE_LANES > QUARTER) {
      halves(x, i, bytes, s.sums, to);
    } else {
      for (int k = 0; k < QUARTER; k += DOUBLE_LANES) {
        quarters(x, i + k * Float.BYTES, bytes, s.sums, to + k);
      }
    }
  }

  private static void halves(MemorySegment x, long i, int bytes, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < bytes; k += 4 * BYTES) {
      low = exact(low).add(widen(x, i + k));
      high = exact(high).add(widen(x, i + k + 2 * BYTES));
    }
    exact(low).intoArray(s, to);
    exact(high).intoArray(s, to + 2 * QUARTER);
  }

  /** As many lanes of each quarter as a vector holds: four additions that need not wait. */
  private static void quarters(MemorySegment x, long i, int bytes, double[] s, int to) {
    DoubleVector first = DoubleVector.zero(DOUBLES);
    DoubleVector second = DoubleVector.zero(DOUBLES);
    DoubleVector third = DoubleVector.zero(DOUBLES);
    DoubleVector fourth = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < bytes; k += 4 * BYTES) {
      first = exact(first).add(widen(x, i + k));
      second = exact(second).add(widen(x, i + k + BYTES));
      third = exact(third).add(widen(x, i + k + 2 * BYTES));
      fourth = exact(fourth).add(widen(x, i + k + 3 * BYTES));
    }
    exact(first).intoArray(s, to);
    exact(second).intoArray(s, to + QUARTER);
    exact(third).intoArray(s, to + 2 * QUARTER);
    exact(fourth).intoArray(s, to + 3 * QUARTER);
  }
}
