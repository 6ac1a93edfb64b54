package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The self-check, by kernels that are right but for one method. */
class VectorBackendTest {
  private static final Set<String> ALL = Set.of("mean", "max", "argMax", "dense");

  @Test
  void rightKernelsPass() {
    assertNull(VectorBackend.selfCheck(Kernels.scalar(), Kernels.best()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "max", "argMax", "dense"})
  void oneWrongBitIsFound(String method) {
    String obstacle = VectorBackend.selfCheck(Kernels.scalar(), broken(Set.of(method), null));
    assertTrue(obstacle.matches("self-check failed: .* differs.*"), obstacle);
  }

  @Test
  void kernelsThatThrowAreNotUsed() {
    LinkageError error = new LinkageError("no such class");
    String obstacle = VectorBackend.selfCheck(Kernels.scalar(), broken(ALL, error));
    assertEquals("self-check failed: " + error, obstacle);
  }

  /** The scalar kernels, but that some methods change a bit of the last result, or throw. */
  private static KernelSet broken(Set<String> methods, Error error) {
    Class<?>[] types = {KernelSet.class};
    return (KernelSet)
        Proxy.newProxyInstance(
            KernelSet.class.getClassLoader(),
            types,
            (proxy, method, arguments) -> {
              if (methods.contains(method.getName())) {
                if (error != null) {
                  throw error;
                }
                Object result = method.invoke(Kernels.scalar(), arguments);
                changeLastFloats(arguments);
                return result;
              }
              return method.invoke(Kernels.scalar(), arguments);
            });
  }

  /** Results are the last array of floats among the arguments. */
  private static void changeLastFloats(Object[] arguments) {
    float[] results = null;
    for (Object argument : arguments) {
      results = argument instanceof float[] floats ? floats : results;
    }
    results[0] = Float.intBitsToFloat(Float.floatToRawIntBits(results[0]) ^ 1);
  }
}
