package dev.lanepool.jmh.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Environment variables as native libraries see them. OpenMP, the thread pool of PyTorch and
 * oneDNN, has no other setting that Java could reach; it reads them when it is loaded.
 */
final class NativeEnvironment {
  private NativeEnvironment() {}

  /** To be called before the library is loaded. */
  static void set(String variable, String value) {
    Linker linker = Linker.nativeLinker();
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().find("setenv").orElseThrow(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(variable);
      int failed = (int) setenv.invokeExact(name, arena.allocateFrom(value), 1);
      if (failed != 0) {
        throw new IllegalStateException(variable + " could not be set");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("setenv could not be called", e);
    }
  }
}
