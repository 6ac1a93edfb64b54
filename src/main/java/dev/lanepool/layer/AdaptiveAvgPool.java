package dev.lanepool.layer;

import dev.lanepool.kernel.Reduction;

/**
 * Adaptive average pooling: [N, C, H, W] becomes [N, C, height, width], each value the mean of a
 * window (PyTorch {@code AdaptiveAvgPool2d}). No parameters, any input size. {@link
 * dev.lanepool.kernel.AdaptiveKernels#adaptiveMean} says which windows, and how exact.
 */
public final class AdaptiveAvgPool extends AdaptivePool {
  /**
   * A layer with a given output size.
   *
   * @param height rows of an output plane, at least 1
   * @param width columns of an output plane, at least 1
   * @throws IllegalArgumentException if one is less than 1
   */
  public AdaptiveAvgPool(int height, int width) {
    super(Reduction.MEAN, height, width);
  }
}
