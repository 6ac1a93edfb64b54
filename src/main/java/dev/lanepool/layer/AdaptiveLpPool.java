package dev.lanepool.layer;

import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.Reduction;

/**
 * Adaptive Lp pooling: [N, C, H, W] becomes [N, C, outHeight, outWidth], or volumes [N, C, D, H, W]
 * become [N, C, outDepth, outHeight, outWidth], each value the Lp norm of a window, (Σ|x|^p)^(1/p)
 * (ONNX {@code LpPool}, with windows for any input size). No parameters. It nears the maximum of
 * the magnitudes as p grows. {@code KernelSet.adaptiveReduce} says which windows, and how exact.
 */
public final class AdaptiveLpPool extends AdaptivePool {
  private final double p;

  /**
   * A layer with a given output size.
   *
   * @param p the power, more than 0; 1, 2, 3 and +Infinity are fastest
   * @param outHeight rows of an output plane, at least 1
   * @param outWidth columns of an output plane, at least 1
   * @throws IllegalArgumentException if p is not more than 0, or if an extent is less than 1
   */
  public AdaptiveLpPool(double p, int outHeight, int outWidth) {
    this(p, Bins.of(outHeight, outWidth));
  }

  /**
   * A layer for planes or volumes.
   *
   * @param p the power, more than 0; 1, 2, 3 and +Infinity are fastest
   * @param bins how many outputs there are along each axis
   * @throws NullPointerException if bins is null
   * @throws IllegalArgumentException if p is not more than 0
   */
  public AdaptiveLpPool(double p, Bins bins) {
    super(Reduction.lpNorm(p), bins);
    this.p = p;
  }

  @Override
  public String toString() {
    return "AdaptiveLpPool(p=" + p + ", " + bins() + ")";
  }
}
