package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Counts the bytes that calls allocate. */
public final class Allocation {
  private static final int CALLS = 200;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  // com.sun.management.ThreadMXBean, by handle: the module that the tests patch doesn't read it.
  private static final MethodHandle BYTES = ofThreads("getCurrentThreadAllocatedBytes");
  private static final MethodHandle CPU_TIME = ofThreads("getCurrentThreadCpuTime");

  private Allocation() {}

  /**
   * Asserts that a call allocates nothing once warm. The interpreter and C1 put vectors on the
   * heap, as objects; only code from C2 does not, and when it takes over can't be told. So rounds
   * of calls go on until a whole round allocates nothing.
   */
  public static void assertNone(String what, Runnable call) throws Throwable {
    long start = cpuNanos();
    long bytes;
    do {
      long before = bytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      bytes = bytes() - before;
      if (bytes == 0) {
        return;
      }
    } while (cpuNanos() - start < PATIENCE_NANOS);
    fail(what + " still allocates " + (double) bytes / CALLS + " bytes per call");
  }

  /** Bytes that this thread has allocated so far. */
  public static long bytes() throws Throwable {
    return (long) BYTES.invokeExact();
  }

  /**
   * CPU time of this thread. Waiting for C2 is measured in it: on a busy machine, where the
   * compiler gets little time, the waiting thread gets as little.
   */
  public static long cpuNanos() throws Throwable {
    return (long) CPU_TIME.invokeExact();
  }

  private static MethodHandle ofThreads(String method) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      Object bean = factory.getMethod("getThreadMXBean").invoke(null);
      Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
      return lookup.findVirtual(type, method, MethodType.methodType(long.class)).bindTo(bean);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("this JVM doesn't count what a thread uses", e);
    }
  }
}
