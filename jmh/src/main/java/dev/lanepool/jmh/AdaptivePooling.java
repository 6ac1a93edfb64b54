package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.KernelSet;

/** Adaptive mean, or maximum with its indices. */
final class AdaptivePooling implements Workload {
  private final Layout layout;
  private final FeatureShape shape;
  private final Bins bins;
  private final boolean max;
  private final float[] y;
  private final int[] index;

  private AdaptivePooling(Layout layout, FeatureShape shape, Bins bins, boolean max) {
    this.layout = layout;
    this.shape = shape;
    this.bins = bins;
    this.max = max;
    y = new float[Math.toIntExact(shape.planes() * bins.outputs())];
    index = new int[y.length];
  }

  /** N, C, H and W, and the outputs' rows and columns. */
  static AdaptivePooling ofPlanes(Layout layout, int[] extents, boolean max) {
    Bins bins = Bins.of(extents[4], extents[5]);
    return new AdaptivePooling(layout, Shapes.maps(extents), bins, max);
  }

  /** N, C, D, H and W, and the outputs' slices, rows and columns. */
  static AdaptivePooling ofVolumes(Layout layout, int[] e, boolean max) {
    FeatureShape shape = FeatureShape.volume(e[0], e[1], e[2], e[3], e[4]);
    return new AdaptivePooling(layout, shape, Bins.ofVolume(e[2], e[5], e[6], e[7]), max);
  }

  @Override
  public long bytes() {
    return Float.BYTES * shape.elements();
  }

  @Override
  public Object input() {
    return Inputs.gaussian(shape.elements());
  }

  @Override
  public Object run(KernelSet kernels, Object input) {
    float[] x = (float[]) input;
    if (max) {
      kernels.adaptiveMax(x, 0, layout, shape, bins, y, 0, index, 0);
    } else {
      kernels.adaptiveMean(x, 0, layout, shape, bins, y, 0);
    }
    return y;
  }
}
