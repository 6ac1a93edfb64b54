package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;

/**
 * Adds the groups of lanes of a long row in native memory, but for the last values, which are
 * {@link GroupLoop}'s: behind a loop of many trips C2 has counted little, and boxes what it adds.
 * In a loop over rows it would run out of registers. One of {@link Copies}.
 */
final class SegmentLoop implements Loop<MemorySegment> {
  private static final int QUARTER = LANES / 4;

  /** Whether the values are doubles, or floats. */
  private static final Boolean OF_DOUBLES = Copies.constant(MethodHandles.lookup(), Boolean.class);

  /** The loop over a row of doubles, or of floats. */
  static LoopBoundary of(boolean doubles) {
    return Copies.of(MethodHandles.lookup(), doubles);
  }

  /** The lanes of a row of n values, the first of which is so many behind s.from, to s.sums. */
  @Override
  public void reduce(MemorySegment x, int start, int row, int n, int one, Scratch s) {
    int length = (n - RowSums.rest(n)) * bytes();
    long i = s.from + (long) start * bytes();
    int to = row * LANES;
    if (DOUBLE_LANES > QUARTER) {
      halves(x, i, length, s.sums, to);
    } else {
      for (int k = 0; k < QUARTER; k += DOUBLE_LANES) {
        quarters(x, i + k * bytes(), length, s.sums, to + k);
      }
    }
  }

  private static void halves(MemorySegment x, long i, int length, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    int step = QUARTER * bytes();
    for (int k = 0; k < length; k += 4 * step) {
      low = exact(low).add(widen(x, i + k));
      high = exact(high).add(widen(x, i + k + 2 * step));
    }
    exact(low).intoArray(s, to);
    exact(high).intoArray(s, to + 2 * QUARTER);
  }

  /** As many lanes of each quarter as a vector holds: four additions that need not wait. */
  private static void quarters(MemorySegment x, long i, int length, double[] s, int to) {
    DoubleVector first = DoubleVector.zero(DOUBLES);
    DoubleVector second = DoubleVector.zero(DOUBLES);
    DoubleVector third = DoubleVector.zero(DOUBLES);
    DoubleVector fourth = DoubleVector.zero(DOUBLES);
    int step = QUARTER * bytes();
    for (int k = 0; k < length; k += 4 * step) {
      first = exact(first).add(widen(x, i + k));
      second = exact(second).add(widen(x, i + k + step));
      third = exact(third).add(widen(x, i + k + 2 * step));
      fourth = exact(fourth).add(widen(x, i + k + 3 * step));
    }
    exact(first).intoArray(s, to);
    exact(second).intoArray(s, to + QUARTER);
    exact(third).intoArray(s, to + 2 * QUARTER);
    exact(fourth).intoArray(s, to + 3 * QUARTER);
  }

  private static int bytes() {
    return OF_DOUBLES ? Double.BYTES : Float.BYTES;
  }

  private static DoubleVector widen(MemorySegment x, long i) {
    return OF_DOUBLES ? Segments.doubles(x, i) : Segments.widen(x, i);
  }
}
