package dev.lanepool.jmh;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;

/** The mean of some pixels of each sample, or of all with weights. */
final class SelectedMean implements Workload {
  private final Layout layout;
  private final FeatureShape shape;
  private final Selection selection;
  private final float[] y;

  private SelectedMean(Layout layout, FeatureShape shape, Selection selection) {
    this.layout = layout;
    this.shape = shape;
    this.selection = selection;
    y = new float[Math.toIntExact(shape.planes())];
  }

  /** About two thirds of the pixels, at random. */
  static SelectedMean masked(Layout layout, int[] extents) {
    FeatureShape shape = Shapes.maps(extents);
    float[] values = pixels(shape);
    boolean[] selected = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      selected[i] = values[i] < 0.5f;
    }
    return new SelectedMean(
        layout, shape, Selection.mask(selected, shape.n(), shape.h(), shape.w()));
  }

  static SelectedMean weighted(Layout layout, int[] extents) {
    FeatureShape shape = Shapes.maps(extents);
    return new SelectedMean(layout, shape, weights(shape));
  }

  /** All pixels, each with a weight at random. */
  static Selection weights(FeatureShape shape) {
    float[] weights = pixels(shape);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.abs(weights[i]);
    }
    return Selection.weights(weights, shape.n(), shape.h(), shape.w());
  }

  private static float[] pixels(FeatureShape shape) {
    return Inputs.gaussian(shape.n() * shape.planeSize());
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
    kernels.reduce(Reduction.MEAN, (FeatureMap) input, selection, y, 0);
    return y;
  }
}
