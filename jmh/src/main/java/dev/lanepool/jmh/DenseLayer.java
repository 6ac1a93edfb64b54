package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;

/** A fully connected layer. */
final class DenseLayer implements Workload {
  static final String NAME = "DENSE_FLOAT32";

  private final int[] extents;
  private final float[] y;

  /** Rows, inputs and outputs. */
  DenseLayer(int[] extents) {
    this.extents = extents;
    y = new float[Math.multiplyExact(extents[0], extents[2])];
  }

  /** The weights: the rest is small beside them. */
  @Override
  public long bytes() {
    return (long) Float.BYTES * extents[1] * extents[2];
  }

  @Override
  public Object input() {
    return Peer.Dense.of(extents);
  }

  @Override
  public Object run(KernelSet kernels, Object input) {
    Peer.Dense in = (Peer.Dense) input;
    kernels.dense(
        in.x(), 0, in.rows(), in.inputs(), in.weights(), 0, in.bias(), 0, in.outputs(), y, 0);
    return y;
  }
}
