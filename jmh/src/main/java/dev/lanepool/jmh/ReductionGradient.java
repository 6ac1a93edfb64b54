package dev.lanepool.jmh;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Ties;

/**
 * The gradient of a reduction, or of adaptive pooling by it, by its input, which is all written.
 */
final class ReductionGradient implements Workload {
  private final Reduction reduction;
  private final Layout layout;
  private final FeatureShape shape;

  /** One output per plane for a reduction. */
  private final Bins bins;

  private final float[] gy;

  private record Input(FeatureMap x, float[] gx) {}

  private ReductionGradient(Reduction reduction, Layout layout, int[] extents, Bins bins) {
    this.reduction = reduction;
    this.layout = layout;
    this.bins = bins;
    shape = Shapes.maps(extents);
    gy = Inputs.gaussian(shape.planes() * bins.outputs());
  }

  static ReductionGradient ofMaps(Reduction reduction, Layout layout, int[] extents) {
    return new ReductionGradient(reduction, layout, extents, Bins.of(1, 1));
  }

  /** N, C, H and W, and the outputs' rows and columns. */
  static ReductionGradient ofWindows(Reduction reduction, Layout layout, int[] extents) {
    return new ReductionGradient(reduction, layout, extents, Bins.of(extents[4], extents[5]));
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
    kernels.adaptiveGradient(reduction, Ties.FIRST, in.x, bins, gy, 0, in.gx, 0);
    return in.gx;
  }
}
