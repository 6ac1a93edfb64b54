package dev.lanepool.layer;

import dev.lanepool.kernel.Reduction;
import java.util.Arrays;

/**
 * Global max pooling: [N, C, H, W] becomes [N, C, 1, 1], the maximum of every plane. No parameters,
 * any input size. {@link dev.lanepool.kernel.KernelSet#max} says what becomes of NaN and −0.
 */
public final class GlobalMaxPool extends GlobalPool {
  /** A layer without parameters. */
  public GlobalMaxPool() {
    super(Reduction.MAX);
  }

  /** H·W times the maximum where it first stands, 0 elsewhere. */
  @Override
  void contribute(float[] x, int start, int n) {
    int first = argMax(x, start, n);
    float max = x[first];
    Arrays.fill(x, start, start + n, 0);
    x[first] = n * max;
  }

  /** Where the maximum first stands, in the order of {@link Float#compare}. */
  static int argMax(float[] x, int start, int n) {
    int first = start;
    for (int i = start + 1; i < start + n; i++) {
      if (Float.compare(x[i], x[first]) > 0) {
        first = i;
      }
    }
    return first;
  }
}
