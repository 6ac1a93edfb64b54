package dev.lanepool.layer;

import dev.lanepool.kernel.Reduction;

/**
 * Half the sum of the average and the maximum of every plane, rounded once: [N, C, H, W] becomes
 * [N, C, 1, 1] (timm's {@code SelectAdaptivePool2d}, {@code avgmax}).
 */
public final class AvgMaxPool extends GlobalPool {
  /** A layer without parameters. */
  public AvgMaxPool() {
    super(Reduction.MEAN_MAX_AVERAGE);
  }

  /** Half of every value, and where the maximum first stands half of H·W times it besides. */
  @Override
  void contribute(float[] x, int start, int n) {
    int first = GlobalMaxPool.argMax(x, start, n);
    double max = x[first];
    for (int i = start; i < start + n; i++) {
      x[i] /= 2;
    }
    x[first] = (float) ((1.0 + n) * max / 2);
  }
}
