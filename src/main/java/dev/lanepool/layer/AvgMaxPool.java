package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.kernel.KernelSet;

/**
 * Half the sum of the average and the maximum of every plane, rounded once from the two: [N, C, H,
 * W] becomes [N, C, 1, 1] (timm's {@code SelectAdaptivePool2d}, {@code avgmax}).
 */
public final class AvgMaxPool extends GlobalPool {
  /** A layer without parameters. */
  public AvgMaxPool() {}

  @Override
  void pool(KernelSet kernels, FeatureMap input, float[] y, int yOffset) {
    int planes = (int) input.shape().planes();
    float[] max = LayerScratch.floats(planes);
    kernels.meanMax(
        input.array(), input.offset(), input.layout(), input.shape(), y, yOffset, max, 0);
    for (int i = 0; i < planes; i++) {
      y[yOffset + i] = (float) (((double) y[yOffset + i] + max[i]) / 2);
    }
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
