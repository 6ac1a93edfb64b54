package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;

/** What the global pooling layers share: [N, C, H, W] becomes [N, C, 1, 1] without parameters. */
final class GlobalPool {
  private GlobalPool() {}

  static FeatureShape outputShape(FeatureShape input) {
    return new FeatureShape(input.n(), input.c(), 1, 1);
  }

  static void check(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    LayerArguments.requireOutput(output, input.shape().n(), input.shape().c(), 1, 1);
  }
}
