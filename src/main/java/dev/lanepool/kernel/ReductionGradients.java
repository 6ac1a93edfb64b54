package dev.lanepool.kernel;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;

/**
 * The gradient of any reduction, value by value, from its derivative, its result and the plane's
 * mean, all in double. Maps in NCHW are treated as N·C samples in NHWC with one channel each.
 */
final class ReductionGradients {
  private static final ThreadLocal<ReductionGradients> OF_THREAD =
      ThreadLocal.withInitial(ReductionGradients::new);

  private int n = -1;
  private int c;

  /** The result of each plane, and its mean or total, as arrays and as maps for the kernels. */
  private double[] results;

  private double[] centers;
  private FeatureMap resultMap;
  private FeatureMap centerMap;

  private ReductionGradients() {}

  static void of(
      KernelSet kernels,
      Reduction r,
      Ties ties,
      FeatureMap x,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    ReductionGradients s = OF_THREAD.get();
    s.fit(x.shape());
    kernels.reduce(r, x, s.resultMap);
    if (r.center() == Reduction.Center.MEAN) {
      kernels.reduce(Reduction.MEAN, x, s.centerMap);
    } else if (r.shares()) {
      for (int plane = 0; plane < x.shape().planes(); plane++) {
        s.centers[plane] = s.total(r, x, plane);
      }
    }
    s.slopes(r, x, gy, gyOffset, gx, gxOffset);
    if (r.hasPeak()) {
      for (int plane = 0; plane < x.shape().planes(); plane++) {
        s.peaks(r, ties, x, plane, gy[gyOffset + plane], gx, gxOffset);
      }
    }
  }

  /** Makes the scratch anew where there is another number of planes, so not once warm. */
  private void fit(FeatureShape shape) {
    if (n == shape.n() && c == shape.c()) {
      return;
    }
    n = shape.n();
    c = shape.c();
    FeatureShape planes = new FeatureShape(n, c, 1, 1);
    results = new double[n * c];
    centers = new double[n * c];
    resultMap = FeatureMap.of(results, Layout.NCHW, planes);
    centerMap = FeatureMap.of(centers, Layout.NCHW, planes);
  }

  private double total(Reduction r, FeatureMap x, int plane) {
    int pixels = (int) x.shape().planeSize();
    double total = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      total += r.slope(value(x, plane, pixel), results[plane], 1, pixels);
    }
    return total;
  }

  private void slopes(
      Reduction r, FeatureMap x, float[] gy, int gyOffset, float[] gx, int gxOffset) {
    FeatureShape shape = x.shape();
    double size = shape.planeSize();
    int channels = x.layout() == Layout.NCHW ? 1 : shape.c();
    int pixels = (int) shape.planeSize();
    int at = gxOffset;
    for (int first = 0; first < shape.planes(); first += channels) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int plane = first; plane < first + channels; plane++) {
          double slope = r.slope(value(x, plane, pixel), results[plane], centers[plane], size);
          gx[at++] = (float) product(gy[gyOffset + plane], slope);
        }
      }
    }
  }

  /** Adds to the place of the maximum, or to all of them, what the result owes to it. */
  private void peaks(
      Reduction r, Ties ties, FeatureMap x, int plane, float gy, float[] gx, int gxOffset) {
    int pixels = (int) x.shape().planeSize();
    int first = 0;
    int equal = 0;
    double max = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      double value = r.prepared(value(x, plane, pixel));
      int order = pixel == 0 ? 1 : Double.compare(value, max);
      if (order > 0) {
        max = value;
        first = pixel;
        equal = 1;
      } else if (order == 0) {
        equal++;
      }
    }
    int last = ties == Ties.FIRST ? first + 1 : pixels;
    int share = ties == Ties.FIRST ? 1 : equal;
    for (int pixel = first; pixel < last; pixel++) {
      double value = value(x, plane, pixel);
      if (Double.compare(r.prepared(value), max) == 0) {
        double slope = r.slope(value, results[plane], centers[plane], pixels);
        double sum = product(gy, slope) + product(gy, r.peak(value)) / share;
        gx[gxOffset + place(x, plane, pixel)] = (float) sum;
      }
    }
  }

  /** What has no influence gets no gradient, even of an infinite one. */
  private static double product(double gy, double slope) {
    return slope == 0 ? 0 : gy * slope;
  }

  private static int place(FeatureMap x, int plane, int pixel) {
    int pixels = (int) x.shape().planeSize();
    int channel = plane % x.shape().c();
    return x.layout() == Layout.NCHW
        ? plane * pixels + pixel
        : ((plane - channel) * pixels) + pixel * x.shape().c() + channel;
  }

  private static double value(FeatureMap x, int plane, int pixel) {
    if (x.hasArray()) {
      return x.array()[x.offset() + place(x, plane, pixel)];
    }
    FeatureShape shape = x.shape();
    ElementType type = x.type();
    int w = pixel % shape.w();
    long at = x.position(plane / shape.c(), plane % shape.c(), pixel / shape.w(), w);
    return type.read(x.segment(), at * type.bytes());
  }
}
