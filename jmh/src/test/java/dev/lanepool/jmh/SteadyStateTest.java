package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SteadyStateTest {
  private static long nanos(long... durations) {
    long[] ends = durations.clone();
    for (int i = 1; i < ends.length; i++) {
      ends[i] += ends[i - 1];
    }
    return SteadyState.nanos(ends, ends.length);
  }

  private static long[] repeat(int slow, int fast) {
    return LongStream.concat(
            LongStream.generate(() -> 100).limit(slow), LongStream.generate(() -> 10).limit(fast))
        .toArray();
  }

  @Test
  void whatIsFastFromTheStartIsSteadyAfterOneWindow() {
    assertEquals(160, nanos(repeat(0, 1000)));
  }

  @Test
  void slowCallsComeBefore() {
    assertEquals(64 * 100 + 160, nanos(repeat(64, 1000)));
  }

  @Test
  void fewCallsEndWithTheLast() {
    assertEquals(30, nanos(repeat(0, 3)));
    assertEquals(110, nanos(repeat(1, 1)));
  }

  @Test
  void oneSlowCallLaterDoesNotMatter() {
    long[] durations = repeat(0, 1000);
    durations[5] = 1_000_000;
    assertEquals(15 * 10 + 1_000_000, nanos(durations));
  }
}
