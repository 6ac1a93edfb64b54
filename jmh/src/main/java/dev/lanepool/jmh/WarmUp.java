package dev.lanepool.jmh;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Calls what is to be measured until the JIT has left everything alone for a while. That while is
 * CPU time of the caller: on a busy machine the JIT's threads get as little of it, and both take
 * longer.
 */
final class WarmUp {
  private static final long QUIET_NANOS = 300_000_000;

  /** Some code is compiled again and again. */
  private static final long LIMIT_NANOS = 5_000_000_000L;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final CompilationMXBean JIT = ManagementFactory.getCompilationMXBean();

  /** What is called. */
  interface Call {
    void run() throws Exception;
  }

  private WarmUp() {}

  static void run(Call call) throws Exception {
    long start = THREADS.getCurrentThreadCpuTime();
    long now = start;
    long quietSince = start;
    long compiled = JIT.getTotalCompilationTime();
    while (now - quietSince < QUIET_NANOS && now - start < LIMIT_NANOS) {
      call.run();
      now = THREADS.getCurrentThreadCpuTime();
      long total = JIT.getTotalCompilationTime();
      if (total != compiled) {
        compiled = total;
        quietSince = now;
      }
    }
  }
}
