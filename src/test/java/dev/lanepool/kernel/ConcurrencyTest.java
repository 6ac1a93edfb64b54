package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanepool.FeatureShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Threads that share the kernels do not disturb each other. */
class ConcurrencyTest {
  @Test
  void threadsGetTheBitsOfOneThread() throws Exception {
    List<Future<?>> running = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int thread = 0; thread < 4; thread++) {
        Random random = new Random(thread);
        FeatureShape shape = new FeatureShape(2, 19 + thread, 1, 50 + 300 * thread);
        float[] x = Values.GAUSSIAN.maps(random, shape);
        running.add(threads.submit(() -> repeat(x, shape)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void repeat(float[] x, FeatureShape shape) {
    for (int round = 0; round < 2; round++) {
      for (KernelSpec spec : KernelSpec.all()) {
        int[] expected = Maps.bits(spec, Kernels.scalar(), x, shape);
        assertArrayEquals(expected, Maps.bits(spec, Kernels.best(), x, shape), spec::toString);
      }
    }
  }
}
