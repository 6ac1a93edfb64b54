package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;

/** A fully connected layer. */
final class DenseLayer implements Workload {
  static final String NAME = "DENSE_FLOAT32";

  private final int rows;
  private final int inputs;
  private final int outputs;
  private final float[] y;

  private record Input(float[] x, float[] weights, float[] bias) {}

  /** Rows, inputs and outputs. */
  DenseLayer(int[] extents) {
    rows = extents[0];
    inputs = extents[1];
    outputs = extents[2];
    y = new float[Math.multiplyExact(rows, outputs)];
  }

  /** The weights: the rest is small beside them. */
  @Override
  public long bytes() {
    return (long) Float.BYTES * outputs * inputs;
  }

  @Override
  public Object input() {
    return new Input(
        Inputs.gaussian((long) rows * inputs),
        Inputs.gaussian((long) outputs * inputs),
        Inputs.gaussian(outputs));
  }

  @Override
  public Object run(KernelSet kernels, Object input) {
    Input in = (Input) input;
    kernels.dense(in.x, 0, rows, inputs, in.weights, 0, in.bias, 0, outputs, y, 0);
    return y;
  }
}
