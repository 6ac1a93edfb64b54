package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanepool.kernel.KernelSpec;
import dev.lanepool.kernel.KernelSpec.Storage;
import dev.lanepool.kernel.Kernels;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
  private static final List<String> SHAPES =
      List.of("2x32x7x7", "1x16x7x7-3x5", "1x16x4x7x7-2x3x5", "2x64x10");

  private static List<String> matching(String... patterns) {
    return Workloads.matching(List.of(patterns), kernel -> kernel.storage() == Storage.ARRAY)
        .stream()
        .map(Kernel::name)
        .toList();
  }

  @Test
  void aPatternMatchesWhatTheFilterLetsThrough() {
    assertEquals(List.of("MEAN_FLOAT32_NCHW", "MEAN_FLOAT32_NHWC"), matching("MEAN_FLOAT32_*"));
    assertEquals(List.of("DENSE_FLOAT32"), matching("DENSE_FLOAT32"));
    assertThrows(UserException.class, () -> matching("MEAN_FLOAT32_*_CROP"));
  }

  @Test
  void aNameStandsForItself() {
    assertEquals(List.of("MEAN_FLOAT32_NCHW_CROP"), matching("MEAN_FLOAT32_NCHW_CROP"));
    assertEquals(List.of("MEAN_FLOAT32_NCHW"), matching("MEAN_FLOAT32_NCHW", "MEAN_FLOAT32_NC*"));
  }

  @Test
  void everyKernelHasANameOfItsOwnAndUsualShapes() {
    List<Kernel> kernels = Workloads.kernels();
    assertEquals(kernels.size(), new HashSet<>(kernels.stream().map(Kernel::name).toList()).size());
    assertEquals(KernelSpec.all(), kernels.stream().flatMap(k -> k.reduction().stream()).toList());
    for (Kernel kernel : kernels) {
      assertFalse(kernel.usual().isEmpty());
      assertEquals(kernel.usual(), kernel.usual().stream().filter(kernel::takes).toList());
    }
  }

  /** On both backends, without JMH around them. */
  @Test
  void everyKernelRunsOnce() {
    for (Kernel kernel : Workloads.kernels()) {
      String shape = SHAPES.stream().filter(kernel::takes).findFirst().orElseThrow();
      Workload workload = Workloads.of(kernel.name(), shape);
      Object input = workload.input();
      assertNotNull(workload.run(Kernels.best(), input), kernel.name());
      assertNotNull(workload.run(Kernels.scalar(), input), kernel.name());
    }
  }

  /** Else the bound would leave something out. */
  @Test
  void theWidenedSumAddsEveryValueOnce() {
    Workload sum = Workloads.of("WIDENED_SUM_FLOAT32_NCHW", "3x5x7x11");
    float[] x = (float[]) sum.input();
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    sum.run(Kernels.scalar(), x);
    double[] sums = (double[]) sum.run(Kernels.best(), x);
    double total = 0;
    for (double lane : sums) {
      total += lane;
    }
    assertEquals(x.length * (x.length - 1.0) / 2, total);
  }

  @Test
  void theBitMaximaSeeEveryValue() {
    Workload maxima = Workloads.of("BIT_MAXIMA_FLOAT32_NCHW", "3x5x7x11");
    float[] x = (float[]) maxima.input();
    for (int i = 0; i < x.length; i++) {
      float[] one = new float[x.length];
      Arrays.fill(one, 1);
      one[i] = 2;
      one[x.length - 1 - i] = i == x.length - 1 - i ? 2 : -3;
      int[] found = ((int[]) maxima.run(Kernels.best(), one)).clone();
      assertEquals(2, Float.intBitsToFloat(found[0]));
      assertEquals(i == x.length / 2 ? 2 : -3, Float.intBitsToFloat(found[1]));
    }
  }
}
