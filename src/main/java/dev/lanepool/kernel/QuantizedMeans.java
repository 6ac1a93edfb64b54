package dev.lanepool.kernel;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.internal.Arguments;
import java.util.Objects;

/** Means of quantized maps, from the exact sums of their integers. */
final class QuantizedMeans {
  private static final ThreadLocal<QuantizedMeans> OF_THREAD =
      ThreadLocal.withInitial(QuantizedMeans::new);

  private double[] sums = new double[0];
  private FeatureMap sumMap = FeatureMap.of(sums, Layout.NCHW, new FeatureShape(0, 0, 1, 1));

  private QuantizedMeans() {}

  static void of(
      KernelSet kernels,
      FeatureMap x,
      Quantization from,
      FeatureMap y,
      Quantization to,
      Rounding rounding) {
    check(x, from, y, to, rounding);
    QuantizedMeans s = OF_THREAD.get();
    s.fit(y.shape());
    kernels.reduce(Reduction.SUM, x, s.sumMap);
    int channels = y.shape().c();
    double n = x.shape().planeSize();
    for (int plane = 0; plane < y.shape().planes(); plane++) {
      int c = plane % channels;
      double sum = s.sums[plane] - n * from.zeroPoint(c);
      double steps = sum * from.scale(c) / (to.scale(c) * n);
      long at = y.position(plane / channels, c, 0, 0);
      y.type().write(y.segment(), at, rounding.round(steps) + to.zeroPoint(c));
    }
  }

  /** Makes the scratch anew where there is another number of planes, so not once warm. */
  private void fit(FeatureShape shape) {
    if (!sumMap.shape().equals(shape)) {
      sums = new double[(int) shape.planes()];
      sumMap = FeatureMap.of(sums, Layout.NCHW, shape);
    }
  }

  private static void check(
      FeatureMap x, Quantization from, FeatureMap y, Quantization to, Rounding rounding) {
    Arguments.reduction(Reduction.SUM, x, y);
    Objects.requireNonNull(rounding, "rounding is null; a Rounding was needed");
    check("x", x, "from", from);
    check("y", y, "to", to);
  }

  private static void check(String mapName, FeatureMap map, String name, Quantization q) {
    if (q == null) { // not requireNonNull: its message would be an object for every call
      throw new NullPointerException(name + " is null; a Quantization was needed");
    }
    ElementType type = map.type();
    if (type.bytes() != 1) {
      throw new IllegalArgumentException(
          mapName + " has the type " + type + "; INT8 or UINT8 was needed");
    }
    int channels = map.shape().c();
    if (!q.serves(channels)) {
      throw new IllegalArgumentException(
          name + " is " + q + "; per tensor or per channel of " + channels + " was needed");
    }
    int least = type == ElementType.INT8 ? Byte.MIN_VALUE : 0;
    for (int c = 0; c < channels; c++) {
      if (q.zeroPoint(c) < least || q.zeroPoint(c) > least + 255) {
        throw new IllegalArgumentException(
            name
                + " has the zero point "
                + q.zeroPoint(c)
                + " for channel "
                + c
                + "; "
                + least
                + " to "
                + (least + 255)
                + " was needed");
      }
    }
  }
}
