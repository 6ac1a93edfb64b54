package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Kernels;

/** What the global pooling layers share: [N, C, H, W] becomes [N, C, 1, 1] without parameters. */
abstract class GlobalPool implements Layer {
  @Override
  public final FeatureShape outputShape(FeatureShape input) {
    LayerArguments.requireShape(input);
    if (input.planeSize() == 0) {
      throw new IllegalArgumentException(
          "input has the shape " + input + "; H and W of at least 1 were needed");
    }
    return new FeatureShape(input.n(), input.c(), 1, 1);
  }

  @Override
  public final long parameterCount() {
    return 0;
  }

  @Override
  public final void forward(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    LayerArguments.requireOutput(input, output, input.shape().n(), input.shape().c(), 1, 1);
    pool(Kernels.best(), input, output.array(), output.offset());
  }

  /** Calls the kernel; y and yOffset are where the results go. */
  abstract void pool(KernelSet kernels, FeatureMap input, float[] y, int yOffset);

  @Override
  public final String toString() {
    return getClass().getSimpleName();
  }
}
