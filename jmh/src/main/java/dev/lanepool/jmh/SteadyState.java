package dev.lanepool.jmh;

import java.util.Arrays;

/** When calls became as fast as they get. */
final class SteadyState {
  /** Calls that are judged together, by their median. */
  private static final int WINDOW = 16;

  private static final double TOLERANCE = 1.1;

  private SteadyState() {}

  /**
   * The end of the first window of calls that take, in the median, at most a tenth more than the
   * last quarter of all calls; the end of all where there is none.
   *
   * @param ends when each call ended, since the start
   * @param calls how many there are
   */
  static long nanos(long[] ends, int calls) {
    long[] durations = new long[calls];
    for (int i = 0; i < calls; i++) {
      durations[i] = ends[i] - (i == 0 ? 0 : ends[i - 1]);
    }
    double steady = TOLERANCE * median(durations, calls - Math.max(1, calls / 4), calls);
    for (int end = WINDOW; end <= calls; end += WINDOW) {
      if (median(durations, end - WINDOW, end) <= steady) {
        return ends[end - 1];
      }
    }
    return ends[calls - 1];
  }

  private static long median(long[] values, int from, int to) {
    long[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
