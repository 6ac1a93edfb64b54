package dev.lanepool.jmh;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.KernelSpec;

/** A reduction of the list of kernels. */
final class Reduction implements Workload {
  private final KernelSpec spec;
  private final FeatureShape shape;
  private final float[] y;
  private final int[] index;

  Reduction(KernelSpec spec, FeatureShape shape) {
    this.spec = spec;
    this.shape = shape;
    int planes = Math.toIntExact(shape.planes());
    y = new float[spec.operation().outputs() * planes];
    index = new int[planes];
  }

  @Override
  public long bytes() {
    return spec.type().bytes() * shape.elements();
  }

  @Override
  public Object input() {
    return spec.input(Inputs.gaussian(shape.elements()), 0, shape);
  }

  @Override
  public Object run(KernelSet kernels, Object input) {
    spec.run(kernels, (FeatureMap) input, y, 0, index, 0);
    return y;
  }
}
