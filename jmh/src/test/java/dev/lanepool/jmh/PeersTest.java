package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersTest {
  private static final FeatureShape SHAPE = new FeatureShape(1, 2, 1, 3);
  private static final float[] ROWS = {1, 5, 3, -1, -2, -6};
  private static final float[] PIXELS = {1, -1, 5, -2, 3, -6};

  @Test
  void rightResultsPass() {
    pass("MEAN_FLOAT32_NCHW", ROWS, 3, -3);
    pass("MEAN_FLOAT32_NHWC", PIXELS, 3, -3.00001f);
    pass("SUM_FLOAT32_NCHW", ROWS, 9, -9);
    pass("MAX_FLOAT32_NHWC", PIXELS, 5, -1);
    pass("MIN_FLOAT32_NCHW", ROWS, 1, -6);
    pass("ARG_MAX_FLOAT32_NHWC", PIXELS, 1, 0);
  }

  @Test
  void wrongResultsDoNot() {
    assertEquals(
        "it gave -2.99 for plane 1 of [1, 2, 1, 3]; -3.0 was needed",
        fail("MEAN_FLOAT32_NCHW", ROWS, 3, -2.99f));
    assertEquals(
        "it gave NaN for plane 0 of [1, 2, 1, 3]; 3.0 was needed",
        fail("MEAN_FLOAT32_NCHW", ROWS, Float.NaN, -3));
    assertEquals(
        "it gave 2.0 for plane 0 of [1, 2, 1, 3]; 5.0 was needed",
        fail("ARG_MAX_FLOAT32_NCHW", ROWS, 2, 0));
    fail("ARG_MAX_FLOAT32_NCHW", ROWS, 1, -1);
    assertEquals("it gave 1 results; 2 were needed", fail("MAX_FLOAT32_NCHW", ROWS, 5));
  }

  @Test
  void theOrdinaryJarSaysHowToGetPeers() {
    String problem = assertThrows(UserException.class, () -> Peers.needed(List.of())).getMessage();
    assertTrue(
        problem.startsWith("this jar has no peers; \"./mvnw -f jmh/pom.xml -Ppeers"), problem);
  }

  private static void pass(String kernel, float[] x, float... y) {
    KernelSpec spec = Workloads.get(kernel).reduction().orElseThrow();
    assertDoesNotThrow(() -> DoubleReference.check("it", spec, SHAPE, x, y));
  }

  private static String fail(String kernel, float[] x, float... y) {
    KernelSpec spec = Workloads.get(kernel).reduction().orElseThrow();
    return assertThrows(UserException.class, () -> DoubleReference.check("it", spec, SHAPE, x, y))
        .getMessage();
  }
}
