package dev.lanepool.jmh;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Reduction;

/** Adaptive pooling, of a maximum with its indices. */
final class AdaptivePooling implements Workload {
  private final Reduction reduction;
  private final Layout layout;
  private final FeatureShape shape;
  private final Bins bins;
  private final float[] y;
  private final int[] index;

  private AdaptivePooling(Reduction reduction, Layout layout, FeatureShape shape, Bins bins) {
    this.reduction = reduction;
    this.layout = layout;
    this.shape = shape;
    this.bins = bins;
    y = new float[Math.toIntExact(shape.planes() * bins.outputs())];
    index = new int[y.length];
  }

  /** N, C, H and W, and the outputs' rows and columns. */
  static AdaptivePooling ofPlanes(Reduction reduction, Layout layout, int[] extents) {
    Bins bins = Bins.of(extents[4], extents[5]);
    return new AdaptivePooling(reduction, layout, Shapes.maps(extents), bins);
  }

  /** N, C, D, H and W, and the outputs' slices, rows and columns. */
  static AdaptivePooling ofVolumes(Reduction reduction, Layout layout, int[] e) {
    FeatureShape shape = FeatureShape.volume(e[0], e[1], e[2], e[3], e[4]);
    Bins bins = Bins.ofVolume(e[2], e[5], e[6], e[7]);
    return new AdaptivePooling(reduction, layout, shape, bins);
  }

  @Override
  public long bytes() {
    return Float.BYTES * shape.elements();
  }

  @Override
  public Object input() {
    return FeatureMap.of(Inputs.gaussian(shape.elements()), layout, shape);
  }

  @Override
  public Object run(KernelSet kernels, Object input) {
    FeatureMap x = (FeatureMap) input;
    if (reduction.indexed()) {
      kernels.adaptiveReduce(reduction, x, bins, y, 0, index, 0);
    } else {
      kernels.adaptiveReduce(reduction, x, bins, y, 0);
    }
    return y;
  }
}
