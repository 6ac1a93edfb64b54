package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.Kernels;

/**
 * Global max pooling: [N, C, H, W] becomes [N, C, 1, 1], the maximum of every plane. No parameters,
 * any input size. {@link dev.lanepool.kernel.KernelSet#max} says what becomes of NaN and −0.
 */
public final class GlobalMaxPool implements Layer {
  /** A layer without parameters. */
  public GlobalMaxPool() {}

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
        .max(
            input.array(),
            input.offset(),
            input.layout(),
            input.shape(),
            output.array(),
            output.offset());
  }

  @Override
  public String toString() {
    return "GlobalMaxPool";
  }
}
