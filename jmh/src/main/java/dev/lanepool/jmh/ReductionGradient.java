package dev.lanepool.jmh;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Ties;

/** The gradient of a reduction by its input, which is all written. */
final class ReductionGradient implements Workload {
  private final Reduction reduction;
  private final Layout layout;
  private final FeatureShape shape;
  private final float[] gy;

  private record Input(FeatureMap x, float[] gx) {}

  ReductionGradient(Reduction reduction, Layout layout, int[] extents) {
    this.reduction = reduction;
    this.layout = layout;
    shape = Shapes.maps(extents);
    gy = Inputs.gaussian(shape.planes());
  }

  @Override
  public long bytes() {
    return Float.BYTES * shape.elements();
  }

  @Override
  public Roof roof() {
    return Roof.FILL;
  }

  @Override
  public Object input() {
    float[] x = Inputs.gaussian(shape.elements());
    return new Input(FeatureMap.of(x, layout, shape), new float[x.length]);
  }

  @Override
  public Object run(KernelSet kernels, Object input) {
    Input in = (Input) input;
    kernels.gradient(reduction, Ties.FIRST, in.x, gy, 0, in.gx, 0);
    return in.gx;
  }
}
