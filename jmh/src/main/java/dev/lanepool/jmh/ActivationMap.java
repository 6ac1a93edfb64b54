package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.cam.Heatmap;
import dev.lanepool.kernel.KernelSet;

/** The class activation map of one class, brought to the size of the picture. */
final class ActivationMap implements Workload {
  private final Layout layout;
  private final FeatureShape shape;
  private final int height;
  private final int width;
  private final float[] weights;

  /** 1, C, H and W, and the picture's rows and columns. */
  ActivationMap(Layout layout, int[] extents) {
    this.layout = layout;
    shape = Shapes.maps(extents);
    height = extents[4];
    width = extents[5];
    weights = Inputs.gaussian(shape.c());
  }

  @Override
  public long bytes() {
    return Float.BYTES * Math.max(shape.elements(), (long) height * width);
  }

  @Override
  public boolean allocates() {
    return true; // a heat map is a new object
  }

  @Override
  public Object input() {
    return Inputs.gaussian(shape.elements());
  }

  /** As ClassActivationMap does, which takes the best backend always. */
  @Override
  public Object run(KernelSet kernels, Object input) {
    float[] map = new float[(int) shape.planeSize()];
    kernels.pointwise((float[]) input, 0, layout, shape, weights, 0, 1, map, 0);
    return Heatmap.of(map, shape.h(), shape.w()).upsample(height, width);
  }
}
