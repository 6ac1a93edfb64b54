package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Counts the bytes that calls allocate. */
public final class Allocation {
  private static final int CALLS = 200;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  /**
   * com.sun.management.ThreadMXBean, by handle: the module that the tests patch doesn't read it.
   */
  private static final MethodHandle BYTES = allocatedBytes();

  private Allocation() {}

  /**
   * Asserts that a call allocates nothing once warm. The interpreter and C1 put vectors on the
   * heap, as objects; only code from C2 does not, and when it takes over can't be told. So rounds
   * of calls go on until a whole round allocates nothing.
   */
  public static void assertNone(String what, Runnable call) throws Throwable {
    long start = System.nanoTime();
    long bytes;
    do {
      long before = (long) BYTES.invokeExact();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      bytes = (long) BYTES.invokeExact() - before;
      if (bytes == 0) {
        return;
      }
    } while (System.nanoTime() - start < PATIENCE_NANOS);
    fail(what + " still allocates " + (double) bytes / CALLS + " bytes per call");
  }

  private static MethodHandle allocatedBytes() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      Object bean = factory.getMethod("getThreadMXBean").invoke(null);
      Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
      MethodType bytes = MethodType.methodType(long.class);
      return lookup.findVirtual(type, "getCurrentThreadAllocatedBytes", bytes).bindTo(bean);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("this JVM doesn't count what a thread allocates", e);
    }
  }
}
