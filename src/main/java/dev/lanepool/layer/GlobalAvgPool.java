package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.Kernels;

/**
 * Global average pooling, z_k = (1/HW) Σ x_k(i,j): [N, C, H, W] becomes [N, C, 1, 1], the mean of
 * every plane (M. Lin, Q. Chen, S. Yan, "Network in Network", 2013). No parameters, any input size.
 * {@link dev.lanepool.kernel.KernelSet#mean} says how exact it is.
 */
public final class GlobalAvgPool implements Layer {
  /** A layer without parameters. */
  public GlobalAvgPool() {}

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    return GlobalPool.outputShape(input);
  }

  @Override
  public long parameterCount() {
    return 0;
  }

  @Override
  public void forward(FeatureMap input, FeatureMap output) {
    GlobalPool.check(input, output);
    Kernels.best()
        .mean(
            input.array(),
            input.offset(),
            input.layout(),
            input.shape(),
            output.array(),
            output.offset());
  }

  @Override
  public String toString() {
    return "GlobalAvgPool";
  }
}
