package dev.lanepool.jmh;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;

/** The gradient of a weighted mean by its weights. */
final class WeightGradient implements Workload {
  private final Layout layout;
  private final FeatureShape shape;
  private final Selection weights;
  private final float[] gy;
  private final float[] gw;

  WeightGradient(Layout layout, int[] extents) {
    this.layout = layout;
    shape = Shapes.maps(extents);
    weights = SelectedMean.weights(shape);
    gy = Inputs.gaussian(shape.planes());
    gw = new float[Math.toIntExact(shape.n() * shape.planeSize())];
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
    kernels.weightGradient(Reduction.MEAN, (FeatureMap) input, weights, gy, 0, gw, 0);
    return gw;
  }
}
