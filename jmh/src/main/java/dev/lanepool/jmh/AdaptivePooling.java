package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSet;

/** Adaptive mean, or maximum with its indices. */
final class AdaptivePooling implements Workload {
  private final Layout layout;
  private final FeatureShape shape;
  private final int outHeight;
  private final int outWidth;
  private final boolean max;
  private final float[] y;
  private final int[] index;

  /** N, C, H and W, and the windows' rows and columns. */
  AdaptivePooling(Layout layout, int[] extents, boolean max) {
    this.layout = layout;
    this.max = max;
    shape = Shapes.maps(extents);
    outHeight = extents[4];
    outWidth = extents[5];
    y = new float[Math.toIntExact(shape.planes() * outHeight * outWidth)];
    index = new int[y.length];
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
      kernels.adaptiveMax(x, 0, layout, shape, outHeight, outWidth, y, 0, index, 0);
    } else {
      kernels.adaptiveMean(x, 0, layout, shape, outHeight, outWidth, y, 0);
    }
    return y;
  }
}
