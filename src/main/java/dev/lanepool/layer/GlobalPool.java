package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;

/** What the global pooling layers share: [N, C, H, W] becomes [N, C, 1, 1] without parameters. */
final class GlobalPool {
  private GlobalPool() {}

  static FeatureShape outputShape(FeatureShape input) {
    LayerArguments.requireShape(input);
    if (input.planeSize() == 0) {
      throw new IllegalArgumentException(
          "input has the shape " + input + "; H and W of at least 1 were needed");
    }
    return new FeatureShape(input.n(), input.c(), 1, 1);
  }

  static void check(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    LayerArguments.requireOutput(input, output, input.shape().n(), input.shape().c(), 1, 1);
  }
}
