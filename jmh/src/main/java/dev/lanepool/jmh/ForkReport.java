package dev.lanepool.jmh;

import java.util.concurrent.atomic.LongAdder;

/** What the benchmarks of a fork tell {@link ForkProfiler}. */
final class ForkReport {
  static volatile int bits;
  static volatile double steadyMicros;
  static final LongAdder allocatedBytes = new LongAdder();
  static final LongAdder calls = new LongAdder();

  private ForkReport() {}
}
