package dev.lanepool.kernel.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A loop over arrays of any type behind a call as of {@link Boundary}. Loops over floats have that
 * one: through the method that a generic type adds, C2 boxed the sums of rows at 256 bits.
 */
final class LoopBoundary {
  private static final MethodHandle REDUCE = reduceMethod();

  /** Not final, lest the JVM take it for a constant. */
  private MethodHandle call;

  /** Of a loop over an array of any type, of which {@link #reduce} must get one. */
  LoopBoundary(Loop<?> loop) {
    this.call = REDUCE.bindTo(loop);
  }

  private static MethodHandle reduceMethod() {
    MethodType type =
        MethodType.methodType(
            void.class, Object.class, int.class, int.class, int.class, int.class, Scratch.class);
    try {
      return MethodHandles.lookup().findVirtual(Loop.class, "reduce", type);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** As {@link Loop#reduce}. */
  void reduce(Object x, int start, int stride, int n, int planes, Scratch s) {
    try {
      call.invokeExact(x, start, stride, n, planes, s);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("no reduction throws a checked exception", e);
    }
  }
}
