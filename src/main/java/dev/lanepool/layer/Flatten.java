package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.math.BigInteger;

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
    LayerArguments.requireOutput(input, output, shape.n(), features(shape), 1, 1);
    input.copyTo(output.array(), output.offset(), Layout.NCHW);
  }

  private static int features(FeatureShape input) {
    LayerArguments.requireShape(input);
    if (input.c() > 0 && input.planeSize() > Integer.MAX_VALUE / input.c()) {
      throw new IllegalArgumentException(
          "input has the shape "
              + input
              + ", "
              + BigInteger.valueOf(input.c()).multiply(BigInteger.valueOf(input.planeSize()))
              + " features per sample; at most "
              + Integer.MAX_VALUE
              + " can be flattened");
    }
    return (int) (input.c() * input.planeSize());
  }

  @Override
  public String toString() {
    return "Flatten";
  }
}
