package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;

/** The gradient of a fully connected layer by its weights and its bias. */
final class DenseWeightGradient implements Workload {
  private final int rows;
  private final int inputs;
  private final int outputs;
  private final float[] gb;

  private record Input(float[] gy, float[] x, float[] gw) {}

  /** Rows, inputs and outputs. */
  DenseWeightGradient(int[] extents) {
    rows = extents[0];
    inputs = extents[1];
    outputs = extents[2];
    gb = new float[outputs];
  }

  /** The weights' gradients: the rest is small beside them. */
  @Override
  public long bytes() {
    return (long) Float.BYTES * outputs * inputs;
  }

  @Override
  public Roof roof() {
    return Roof.FILL;
  }

  @Override
  public Object input() {
    return new Input(
        Inputs.gaussian((long) rows * outputs),
        Inputs.gaussian((long) rows * inputs),
        new float[Math.multiplyExact(outputs, inputs)]);
  }

  @Override
  public Object run(KernelSet kernels, Object input) {
    Input in = (Input) input;
    kernels.denseWeightGradient(in.gy, 0, rows, outputs, in.x, 0, inputs, in.gw, 0, gb, 0);
    return in.gw;
  }
}
