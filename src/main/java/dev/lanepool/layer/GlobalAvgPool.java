package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.kernel.Reduction;

/**
 * Global average pooling, z_k = (1/HW) Σ x_k(i,j): [N, C, H, W] becomes [N, C, 1, 1], the mean of
 * every plane (M. Lin, Q. Chen, S. Yan, "Network in Network", 2013). No parameters, any input size.
 * {@link dev.lanepool.kernel.KernelSet#mean} says how exact it is.
 */
public final class GlobalAvgPool extends GlobalPool {
  /** A layer without parameters. */
  public GlobalAvgPool() {
    super(Reduction.MEAN);
  }

  /**
   * The maps themselves: every value contributes itself, and nothing is copied from a float array.
   */
  @Override
  public FeatureMap contributions(FeatureMap maps) {
    LayerArguments.requireInput(maps);
    LayerArguments.requirePixels(maps.shape());
    if (maps.hasArray()) {
      return maps;
    }
    FeatureMap copy = FeatureMap.allocate(maps.layout(), maps.shape());
    maps.copyTo(copy);
    return copy;
  }

  @Override
  void contribute(float[] x, int start, int n) {}
}
