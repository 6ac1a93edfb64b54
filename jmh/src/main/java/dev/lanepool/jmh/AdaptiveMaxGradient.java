package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Kernels;

/** The gradient of the adaptive maximum by its input, which is all written, from its indices. */
final class AdaptiveMaxGradient implements Workload {
  private final Layout layout;
  private final FeatureShape shape;
  private final Bins bins;
  private final float[] gy;

  /** Where the maxima stand. */
  private final int[] index;

  AdaptiveMaxGradient(Layout layout, int[] extents) {
    this.layout = layout;
    shape = Shapes.maps(extents);
    bins = Bins.of(extents[4], extents[5]);
    gy = Inputs.gaussian(shape.planes() * bins.outputs());
    index = new int[gy.length];
    float[] x = Inputs.gaussian(shape.elements());
    Kernels.scalar().adaptiveMax(x, 0, layout, shape, bins, new float[gy.length], 0, index, 0);
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
    return new float[Math.toIntExact(shape.elements())];
  }

  @Override
  public Object run(KernelSet kernels, Object input) {
    float[] gx = (float[]) input;
    kernels.adaptiveMaxGradient(gy, 0, index, 0, layout, shape, bins, gx, 0);
    return gx;
  }
}
