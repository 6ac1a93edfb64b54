package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;

/** The gradient of a fully connected layer by its input. */
final class DenseInputGradient implements Workload {
  private final int rows;
  private final int inputs;
  private final int outputs;
  private final float[] gx;

  private record Input(float[] gy, float[] weights) {}

  /** Rows, inputs and outputs. */
  DenseInputGradient(int[] extents) {
    rows = extents[0];
    inputs = extents[1];
    outputs = extents[2];
    gx = new float[Math.multiplyExact(rows, inputs)];
  }

  /** The weights: the rest is small beside them. */
  @Override
  public long bytes() {
    return (long) Float.BYTES * outputs * inputs;
  }

  @Override
  public Object input() {
    return new Input(
        Inputs.gaussian((long) rows * outputs), Inputs.gaussian((long) outputs * inputs));
  }

  @Override
  public Object run(KernelSet kernels, Object input) {
    Input in = (Input) input;
    kernels.denseInputGradient(in.gy, 0, rows, outputs, in.weights, 0, inputs, gx, 0);
    return gx;
  }
}
