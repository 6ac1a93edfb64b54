package dev.lanepool.jmh;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Quantization;
import dev.lanepool.kernel.Rounding;

/** The quantized global average of int8 maps. */
final class QuantizedMean implements Workload {
  private static final Quantization FROM = Quantization.perTensor(0.02f, 3);
  private static final Quantization TO = Quantization.perTensor(0.005f, -7);
  private static final float SPREAD = 30;

  private final Layout layout;
  private final FeatureShape shape;
  private final FeatureMap y;

  /** N, C, H and W. */
  QuantizedMean(Layout layout, int[] extents) {
    this.layout = layout;
    shape = Shapes.maps(extents);
    FeatureShape pooled = new FeatureShape(shape.n(), shape.c(), 1, 1);
    y = FeatureMap.allocate(ElementType.INT8, layout, pooled);
  }

  @Override
  public long bytes() {
    return shape.elements();
  }

  @Override
  public Object input() {
    float[] x = Inputs.gaussian(shape.elements());
    for (int i = 0; i < x.length; i++) {
      x[i] *= SPREAD;
    }
    return FeatureMap.of(x, layout, shape).toType(ElementType.INT8);
  }

  @Override
  public Object run(KernelSet kernels, Object input) {
    kernels.quantizedMean((FeatureMap) input, FROM, y, TO, Rounding.HALF_EVEN);
    return y;
  }
}
