package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;

/** A function of every value: maps of any shape keep it; no parameters. */
abstract sealed class Elementwise implements Layer permits ReLU, Sigmoid, HardSigmoid {
  @Override
  public final FeatureShape outputShape(FeatureShape input) {
    LayerArguments.requireShape(input);
    return input;
  }

  @Override
  public final long parameterCount() {
    return 0;
  }

  @Override
  public final void forward(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    FeatureShape shape = input.shape();
    LayerArguments.requireOutput(input, output, shape.n(), shape.c(), shape.h(), shape.w());
    input.copyTo(output);
    apply(output.array(), output.offset(), (int) shape.elements());
  }

  /** Replaces each of the values. */
  abstract void apply(float[] y, int start, int count);

  @Override
  public final String toString() {
    return getClass().getSimpleName();
  }
}
