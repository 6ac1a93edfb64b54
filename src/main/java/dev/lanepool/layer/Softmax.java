package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;

/**
 * Softmax over the channels, y_c = exp(x_c - m) / Σ exp(x_k - m) with m the maximum: [N, C, 1, 1]
 * stays [N, C, 1, 1]. Exponentials are those of {@link StrictMath}, in double, and added channel by
 * channel, so the bits are the same everywhere; each result is within one float ulp. A NaN or +∞ in
 * a sample, or nothing but −∞, gives NaN for all its channels.
 */
public final class Softmax implements Layer {
  /** Exponentials of one sample; per thread, so that nothing is allocated once warm. */
  private static final ThreadLocal<double[]> SCRATCH = ThreadLocal.withInitial(() -> new double[0]);

  /** A layer without parameters. */
  public Softmax() {}

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    LayerArguments.requireVectors(input, "Softmax");
    return input;
  }

  @Override
  public long parameterCount() {
    return 0;
  }

  @Override
  public void forward(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    FeatureShape shape = input.shape();
    LayerArguments.requireVectors(shape, "Softmax");
    LayerArguments.requireOutput(input, output, shape.n(), shape.c(), 1, 1);
    FeatureMap x = LayerScratch.onHeap(input);
    double[] exps = scratch(shape.c());
    for (int sample = 0; sample < shape.n(); sample++) {
      int first = sample * shape.c();
      softmax(
          x.array(), x.offset() + first, output.array(), output.offset() + first, shape.c(), exps);
    }
  }

  private static void softmax(
      float[] x, int xStart, float[] y, int yStart, int count, double[] exps) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      max = Math.max(max, x[xStart + i]);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      exps[i] = StrictMath.exp((double) x[xStart + i] - max);
      sum += exps[i];
    }
    for (int i = 0; i < count; i++) {
      y[yStart + i] = (float) (exps[i] / sum);
    }
  }

  private static double[] scratch(int size) {
    double[] exps = SCRATCH.get();
    if (exps.length < size) {
      exps = new double[size];
      SCRATCH.set(exps);
    }
    return exps;
  }

  @Override
  public String toString() {
    return "Softmax";
  }
}
