package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.Kernels;
import dev.lanepool.kernel.Reduction;

/** What the adaptive pooling layers share: [N, C, H, W] becomes [N, C, height, width]. */
abstract class AdaptivePool implements Layer {
  private final Reduction reduction;
  private final int height;
  private final int width;

  AdaptivePool(Reduction reduction, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "height is " + height + " and width is " + width + "; 1 or more were needed");
    }
    this.reduction = reduction;
    this.height = height;
    this.width = width;
  }

  /**
   * Rows of an output plane.
   *
   * @return 1 or more
   */
  public final int height() {
    return height;
  }

  /**
   * Columns of an output plane.
   *
   * @return 1 or more
   */
  public final int width() {
    return width;
  }

  @Override
  public final FeatureShape outputShape(FeatureShape input) {
    requirePlanes(input);
    return new FeatureShape(input.n(), input.c(), height, width);
  }

  @Override
  public final long parameterCount() {
    return 0;
  }

  @Override
  public final void forward(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    FeatureShape shape = input.shape();
    LayerArguments.requireOutput(input, output, shape.n(), shape.c(), height, width);
    if (output.layout() != input.layout()) {
      throw new IllegalArgumentException(
          "output has the layout " + output.layout() + "; " + input.layout() + " was needed");
    }
    Kernels.best().adaptiveReduce(reduction, input, height, width, output.array(), output.offset());
  }

  static void requirePlanes(FeatureShape input) {
    LayerArguments.requireShape(input);
    if (input.planeSize() == 0) {
      throw new IllegalArgumentException(
          "input has the shape " + input + "; H and W of at least 1 were needed");
    }
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "(" + height + " × " + width + ")";
  }
}
