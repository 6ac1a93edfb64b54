package dev.lanepool.kernel.vector;

import static java.lang.invoke.MethodHandles.Lookup.ClassOption.NESTMATE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * Copies of a class that is one loop, each with a constant of its own. C2 compiles a method once
 * for all its callers, so a loop that gets, say, its term as an argument calls it through an
 * interface and boxes each vector; in a copy, which the JVM takes for another class, the term is a
 * constant and its code part of the loop.
 */
final class Copies {
  private Copies() {}

  /**
   * A copy of the looking class, which has a constructor without arguments and gets its constant by
   * {@link #constant}.
   */
  static LoopBoundary of(Lookup lookup, Object constant) {
    Class<?> loop = lookup.lookupClass();
    try (InputStream file = loop.getResourceAsStream(loop.getSimpleName() + ".class")) {
      Lookup copy =
          lookup.defineHiddenClassWithClassData(file.readAllBytes(), constant, true, NESTMATE);
      MethodType type = MethodType.methodType(void.class);
      Object made = copy.findConstructor(copy.lookupClass(), type).invoke();
      return new LoopBoundary((Loop<?>) made);
    } catch (IOException e) {
      throw new UncheckedIOException("the class file of " + loop + " can't be read", e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(loop + " can't be copied", e);
    }
  }

  /** The constant of the looking class. */
  static <T> T constant(Lookup lookup, Class<T> type) {
    try {
      return MethodHandles.classData(lookup, ConstantDescs.DEFAULT_NAME, type);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
