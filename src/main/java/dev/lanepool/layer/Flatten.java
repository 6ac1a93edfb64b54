package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;

/**
 * Flattening: [N, C, H, W] becomes [N, C·H·W, 1, 1]. The order is always that of C, H, W, whatever
 * the layout, so that the weights behind it mean the same for both.
 */
public final class Flatten implements Layer {
  /** A layer without parameters. */
  public Flatten() {}

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    return new FeatureShape(input.n(), features(input), 1, 1);
  }

  @Override
  public long parameterCount() {
    return 0;
  }

  @Override
  public void forward(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    FeatureShape shape = input.shape();
    LayerArguments.requireOutput(output, shape.n(), features(shape), 1, 1);
    LayerArguments.requireApart(input, output);
    input.copyTo(output.array(), output.offset(), Layout.NCHW);
  }

  private static int features(FeatureShape input) {
    long features = input.c() * input.planeSize();
    if (features > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "input has the shape "
              + input
              + ", "
              + features
              + " features per sample; at most "
              + Integer.MAX_VALUE
              + " can be flattened");
    }
    return (int) features;
  }

  @Override
  public String toString() {
    return "Flatten";
  }
}
