package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.Kernels;
import java.util.Objects;

/**
 * A fully connected layer, y = x·Wᵀ + b: [N, inputs, 1, 1] becomes [N, outputs, 1, 1]. Products are
 * exact in double, each output is rounded once; see {@link dev.lanepool.kernel.KernelSet#dense}.
 */
public final class Dense implements Layer {
  private final float[] weights;
  private final float[] bias;
  private final int inputs;
  private final int outputs;

  /**
   * A layer with given weights, which are not copied.
   *
   * @param weights outputs × inputs, row by row, one row per output
   * @param bias one value per output; its length is the number of outputs
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if there is no output, or if the weights don't make whole rows
   */
  public Dense(float[] weights, float[] bias) {
    Objects.requireNonNull(weights, "weights is null; outputs × inputs values were needed");
    Objects.requireNonNull(bias, "bias is null; a value per output was needed");
    if (bias.length == 0) {
      throw new IllegalArgumentException("bias has 0 values; one per output was needed");
    }
    if (weights.length == 0 || weights.length % bias.length != 0) {
      throw new IllegalArgumentException(
          "weights has "
              + weights.length
              + " values; a multiple of the "
              + bias.length
              + " outputs that bias has was needed");
    }
    this.weights = weights;
    this.bias = bias;
    this.inputs = weights.length / bias.length;
    this.outputs = bias.length;
  }

  /**
   * Values of an input vector.
   *
   * @return the number of inputs
   */
  public int inputs() {
    return inputs;
  }

  /**
   * Values of an output vector.
   *
   * @return the number of outputs
   */
  public int outputs() {
    return outputs;
  }

  /**
   * The weights, outputs × inputs: the array itself, not a copy.
   *
   * @return the array given to the constructor
   */
  public float[] weights() {
    return weights;
  }

  /**
   * The biases: the array itself, not a copy.
   *
   * @return the array given to the constructor
   */
  public float[] bias() {
    return bias;
  }

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    check(input);
    return new FeatureShape(input.n(), outputs, 1, 1);
  }

  @Override
  public long parameterCount() {
    return (long) weights.length + bias.length;
  }

  @Override
  public void forward(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    check(input.shape());
    int n = input.shape().n();
    LayerArguments.requireOutput(input, output, n, outputs, 1, 1);
    FeatureMap x = LayerScratch.onHeap(input);
    Kernels.best()
        .dense(
            x.array(),
            x.offset(),
            n,
            inputs,
            weights,
            0,
            bias,
            0,
            outputs,
            output.array(),
            output.offset());
  }

  /**
   * The gradient of the input, gx = gy·W; see {@link
   * dev.lanepool.kernel.KernelSet#denseInputGradient}. Allocates nothing once warm.
   *
   * @param gy the gradient of the output, [N, outputs, 1, 1]
   * @param gx receives the gradient of the input, [N, inputs, 1, 1]; may not overlap gy
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if a map doesn't fit; nothing is written then
   */
  public void inputGradient(FeatureMap gy, FeatureMap gx) {
    int n = samples(gy);
    requireMap("gx", gx, n, inputs);
    Kernels.best()
        .denseInputGradient(
            gy.array(), gy.offset(), n, outputs, weights, 0, inputs, gx.array(), gx.offset());
  }

  /**
   * The gradients of the weights, gW = gyᵀ·x, and of the bias, the sum of gy over the batch; see
   * {@link dev.lanepool.kernel.KernelSet#denseWeightGradient}. Allocates nothing once warm.
   *
   * @param gy the gradient of the output, [N, outputs, 1, 1]
   * @param x what {@link #forward(FeatureMap, FeatureMap) forward} was given, [N, inputs, 1, 1]
   * @param gw receives outputs × inputs values, in the order of the weights
   * @param gb receives one value per output
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if a map or an array doesn't fit; nothing is written then
   */
  public void weightGradient(FeatureMap gy, FeatureMap x, float[] gw, float[] gb) {
    int n = samples(gy);
    requireMap("x", x, n, inputs);
    Kernels.best()
        .denseWeightGradient(
            gy.array(), gy.offset(), n, outputs, x.array(), x.offset(), inputs, gw, 0, gb, 0);
  }

  private int samples(FeatureMap gy) {
    int n = gy == null ? 0 : gy.shape().n();
    requireMap("gy", gy, n, outputs);
    return n;
  }

  private static void requireMap(String name, FeatureMap map, int n, int c) {
    if (map == null) {
      throw new NullPointerException(name + " is null; a FeatureMap was needed");
    }
    FeatureShape shape = map.shape();
    if (shape.n() != n || shape.c() != c || shape.planeSize() != 1) {
      throw new IllegalArgumentException(
          name + " has the shape " + shape + "; " + new FeatureShape(n, c, 1, 1) + " was needed");
    }
  }

  private void check(FeatureShape input) {
    LayerArguments.requireVectors(input, "Dense");
    LayerArguments.requireChannels(input, inputs);
  }

  @Override
  public String toString() {
    return "Dense(" + inputs + " → " + outputs + ")";
  }
}
