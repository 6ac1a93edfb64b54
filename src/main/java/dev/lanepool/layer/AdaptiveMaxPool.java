package dev.lanepool.layer;

import dev.lanepool.kernel.Reduction;

/**
 * Adaptive max pooling: [N, C, H, W] becomes [N, C, height, width], each value the maximum of a
 * window (PyTorch {@code AdaptiveMaxPool2d}). No parameters, any input size. {@link
 * dev.lanepool.kernel.AdaptiveKernels#adaptiveMax} says which windows, and how exact.
 */
public final class AdaptiveMaxPool extends AdaptivePool {
  /**
   * A layer with a given output size.
   *
   * @param height rows of an output plane, at least 1
   * @param width columns of an output plane, at least 1
   * @throws IllegalArgumentException if one is less than 1
   */
  public AdaptiveMaxPool(int height, int width) {
    super(Reduction.MAX, height, width);
  }
}
