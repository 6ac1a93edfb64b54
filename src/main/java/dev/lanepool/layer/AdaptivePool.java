package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.Kernels;
import dev.lanepool.kernel.Reduction;
import java.util.Objects;

/** What the adaptive pooling layers share: every plane or volume becomes its bins' outputs. */
abstract class AdaptivePool implements Layer {
  private final Reduction reduction;
  private final Bins bins;

  AdaptivePool(Reduction reduction, Bins bins) {
    this.reduction = reduction;
    this.bins = Objects.requireNonNull(bins, "bins is null; Bins were needed");
  }

  /**
   * How many outputs there are along each axis.
   *
   * @return the bins
   */
  public final Bins bins() {
    return bins;
  }

  @Override
  public final FeatureShape outputShape(FeatureShape input) {
    requirePlanes(input);
    bins.sliceHeight(input); // an error where slices don't fit
    return new FeatureShape(input.n(), input.c(), bins.outRows(), bins.outWidth());
  }

  @Override
  public final long parameterCount() {
    return 0;
  }

  @Override
  public final void forward(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    FeatureShape shape = input.shape();
    LayerArguments.requireOutput(
        input, output, shape.n(), shape.c(), bins.outRows(), bins.outWidth());
    if (output.layout() != input.layout()) {
      throw new IllegalArgumentException(
          "output has the layout " + output.layout() + "; " + input.layout() + " was needed");
    }
    Kernels.best().adaptiveReduce(reduction, input, bins, output.array(), output.offset());
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
    return getClass().getSimpleName() + "(" + bins + ")";
  }
}
