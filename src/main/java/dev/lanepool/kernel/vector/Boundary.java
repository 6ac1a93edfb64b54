package dev.lanepool.kernel.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A reduction behind a call that C2 never inlines, so that it compiles each for itself. Where it
 * inlines several into their caller it reaches its limit, {@code NodeCountInliningCutoff}, in the
 * middle of one and boxes that one's vectors; which one, and whether, differs from run to run. A
 * method handle that is no constant is the one call that every profile leaves alone; it costs some
 * nanoseconds per group of planes.
 */
final class Boundary {
  private static final MethodHandle REDUCE = reduceMethod();

  /** Not final, lest the JVM take it for a constant. */
  private MethodHandle call;

  Boundary(FloatLoop loop) {
    this.call = REDUCE.bindTo(loop);
  }

  private static MethodHandle reduceMethod() {
    MethodType type =
        MethodType.methodType(
            void.class, float[].class, int.class, int.class, int.class, int.class, Scratch.class);
    try {
      return MethodHandles.lookup().findVirtual(FloatLoop.class, "reduce", type);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** As {@link FloatLoop#reduce}. */
  void reduce(float[] x, int start, int stride, int n, int planes, Scratch s) {
    try {
      call.invokeExact(x, start, stride, n, planes, s);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("no reduction throws a checked exception", e);
    }
  }
}
