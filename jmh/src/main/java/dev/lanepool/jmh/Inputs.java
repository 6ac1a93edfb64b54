package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Kernels;
import java.util.Random;

/** What the benchmarks run on: the same values in every run. */
final class Inputs {
  private static final long SEED = 42;

  /** Drawn once: a cold input needs 64 million values. */
  private static final float[] GAUSSIAN = draw(new float[4099]);

  private Inputs() {}

  private static float[] draw(float[] values) {
    Random random = new Random(SEED);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Gaussian values, of both signs; they repeat after a prime number of them. */
  static float[] gaussian(long count) {
    float[] x = new float[Math.toIntExact(count)];
    for (int i = 0; i < x.length; i += GAUSSIAN.length) {
      System.arraycopy(GAUSSIAN, 0, x, i, Math.min(GAUSSIAN.length, x.length - i));
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
