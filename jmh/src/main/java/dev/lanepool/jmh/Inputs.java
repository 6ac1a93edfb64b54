package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Kernels;
import java.util.Random;

/** What the benchmarks run on: the same values in every run. */
final class Inputs {
  private static final long SEED = 42;

  private Inputs() {}

  /** Gaussian values, of both signs. */
  static float[] gaussian(long count) {
    Random random = new Random(SEED);
    float[] x = new float[Math.toIntExact(count)];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /** The kernels named {@code best} or {@code scalar}. */
  static KernelSet kernels(String backend) {
    return switch (backend) {
      case "best" -> Kernels.best();
      case "scalar" -> Kernels.scalar();
      default ->
          throw new IllegalArgumentException(
              "backend is " + backend + "; best or scalar was needed");
    };
  }
}
