package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Reduction;

/**
 * Half the sum of the average and the maximum of every plane, rounded once from the two: [N, C, H,
 * W] becomes [N, C, 1, 1] (timm's {@code SelectAdaptivePool2d}, {@code avgmax}).
 */
public final class AvgMaxPool extends GlobalPool {
  /** A layer without parameters. */
  public AvgMaxPool() {
    super(null);
  }

  /** From the two; {@link Reduction#MEAN_MAX_AVERAGE} rounds once, but has slower loops. */
  @Override
  void pool(KernelSet kernels, FeatureMap input, float[] y, int yOffset) {
    int channels = input.shape().c();
    float[] both = LayerScratch.floats(2 * (int) input.shape().planes());
    kernels.statistics(CatAvgMaxPool.AVG_FIRST, input, both, 0, null, 0);
    for (int i = 0; i < input.shape().planes(); i++) {
      int mean = i + i / channels * channels;
      y[yOffset + i] = (float) (((double) both[mean] + both[mean + channels]) / 2);
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
