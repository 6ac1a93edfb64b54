package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.kernel.KernelSet;

/**
 * Global max pooling: [N, C, H, W] becomes [N, C, 1, 1], the maximum of every plane. No parameters,
 * any input size. {@link dev.lanepool.kernel.KernelSet#max} says what becomes of NaN and −0.
 */
public final class GlobalMaxPool extends GlobalPool {
  /** A layer without parameters. */
  public GlobalMaxPool() {}

  @Override
  void pool(KernelSet kernels, FeatureMap input, float[] y, int yOffset) {
    kernels.max(input.array(), input.offset(), input.layout(), input.shape(), y, yOffset);
  }
}
