package dev.lanepool.layer;

import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.Reduction;

/**
 * Adaptive max pooling: [N, C, H, W] becomes [N, C, outHeight, outWidth] (PyTorch {@code
 * AdaptiveMaxPool2d}), or volumes [N, C, D, H, W] become [N, C, outDepth, outHeight, outWidth]
 * ({@code AdaptiveMaxPool3d}), each value the maximum of a window. No parameters, any input size.
 * {@code KernelSet.adaptiveReduce} says which windows, and how exact.
 */
public final class AdaptiveMaxPool extends AdaptivePool {
  /**
   * A layer with a given output size.
   *
   * @param outHeight rows of an output plane, at least 1
   * @param outWidth columns of an output plane, at least 1
   * @throws IllegalArgumentException if one is less than 1
   */
  public AdaptiveMaxPool(int outHeight, int outWidth) {
    this(Bins.of(outHeight, outWidth));
  }

  /**
   * A layer for planes or volumes.
   *
   * @param bins how many outputs there are along each axis
   * @throws NullPointerException if bins is null
   */
  public AdaptiveMaxPool(Bins bins) {
    super(Reduction.MAX, bins);
  }
}
