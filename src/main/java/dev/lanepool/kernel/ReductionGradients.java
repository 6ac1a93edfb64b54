package dev.lanepool.kernel;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.internal.PlaneGradients;
import java.util.Arrays;

/**
 * The gradient of any reduction: of a maximum where it stands, of a sum value by value, from its
 * derivative, its result and the plane's mean, all in double; with a selection, each derivative
 * times the weight of its pixel. Maps in NCHW are treated as N·C samples in NHWC with one channel
 * each.
 */
final class ReductionGradients {
  private static final ThreadLocal<ReductionGradients> OF_THREAD =
      ThreadLocal.withInitial(ReductionGradients::new);

  private int n = -1;
  private int c;

  /**
   * The result of each plane, and its mean, total or maximum, as arrays and as maps for the
   * kernels.
   */
  private double[] results;

  private double[] centers;

  /** Where the maximum of each plane first stands, -1 if nowhere, and at how many places. */
  private int[] firsts;

  private int[] equals;

  /** What the kernels give with the places, and nobody needs. */
  private float[] extrema;

  private FeatureMap resultMap;
  private FeatureMap centerMap;

  /** What is selected; null for everything. */
  private Selection selection;

  private ReductionGradients() {}

  /** With respect to x; the selection may be null. */
  static void of(
      KernelSet kernels,
      Reduction r,
      Ties ties,
      FeatureMap x,
      Selection selection,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    ReductionGradients s = begin(x, selection);
    if (r.term() == Reduction.Term.NONE) {
      Arrays.fill(gx, gxOffset, gxOffset + (int) x.shape().elements(), 0);
    } else if (selection == null && r.isFlat()) {
      double slope = r.slope(0, 0, 0, x.shape().planeSize());
      PlaneGradients.spread(gy, gyOffset, x.layout(), x.shape(), slope, 1, gx, gxOffset);
    } else {
      s.slopes(kernels, r, x, gy, gyOffset, gx, gxOffset);
    }
    if (r.hasPeak()) {
      s.peaks(kernels, r, ties, x, gy, gyOffset, gx, gxOffset);
    }
    s.selection = null;
  }

  /** With respect to the weights of a mean or a sum. */
  static void ofWeights(
      KernelSet kernels,
      Reduction r,
      FeatureMap x,
      Selection selection,
      float[] gy,
      int gyOffset,
      float[] gw,
      int gwOffset) {
    ReductionGradients s = begin(x, selection);
    boolean mean = r == Reduction.MEAN;
    s.reduce(kernels, r, x, s.resultMap);
    int channels = x.shape().c();
    int pixels = (int) x.shape().planeSize();
    for (int i = 0; i < x.shape().n() * pixels; i++) {
      int first = i / pixels * channels;
      double sum = 0;
      for (int plane = first; plane < first + channels; plane++) {
        if (s.weight(r, x, plane, i % pixels) != 0) {
          double value = value(x, plane, i % pixels);
          sum += gy[gyOffset + plane] * (mean ? value - s.results[plane] : value);
        }
      }
      gw[gwOffset + i] = (float) (sum == 0 || !mean ? sum : sum / selection.total(i / pixels));
    }
    s.selection = null;
  }

  private static ReductionGradients begin(FeatureMap x, Selection selection) {
    ReductionGradients s = OF_THREAD.get();
    s.fit(x.shape());
    s.selection = selection;
    return s;
  }

  private void reduce(KernelSet kernels, Reduction r, FeatureMap x, FeatureMap to) {
    if (selection == null) {
      kernels.reduce(r, x, to);
    } else {
      kernels.reduce(r, x, selection, to);
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
    firsts = new int[n * c];
    equals = new int[n * c];
    extrema = new float[n * c];
    resultMap = FeatureMap.of(results, Layout.NCHW, planes);
    centerMap = FeatureMap.of(centers, Layout.NCHW, planes);
  }

  private double total(Reduction r, FeatureMap x, int plane) {
    int pixels = (int) x.shape().planeSize();
    centers[plane] = 1;
    double total = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      total += slope(r, x, plane, pixel);
    }
    return total;
  }

  private void slopes(
      KernelSet kernels,
      Reduction r,
      FeatureMap x,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    FeatureShape shape = x.shape();
    reduce(kernels, r, x, resultMap);
    if (r.center() == Reduction.Center.MEAN) {
      reduce(kernels, Reduction.MEAN, x, centerMap);
    } else if (r.shares()) {
      for (int plane = 0; plane < shape.planes(); plane++) {
        centers[plane] = total(r, x, plane);
      }
    }
    int channels = adjacent(x);
    int pixels = (int) shape.planeSize();
    int at = gxOffset;
    for (int first = 0; first < shape.planes(); first += channels) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int plane = first; plane < first + channels; plane++) {
          gx[at++] = (float) gradient(r, x, plane, pixel, gy[gyOffset + plane]);
        }
      }
    }
  }

  /** Where the derivative is the weight, or a share of it, nothing is rounded on the way. */
  private double gradient(Reduction r, FeatureMap x, int plane, int pixel, float gy) {
    double weight = weight(r, x, plane, pixel);
    if (weight == 0) {
      return 0;
    }
    if (r == Reduction.SUM) {
      return gy * weight;
    }
    return r == Reduction.MEAN
        ? gy * weight / size(x, plane)
        : product(gy, slope(r, x, plane, pixel));
  }

  private double slope(Reduction r, FeatureMap x, int plane, int pixel) {
    double weight = weight(r, x, plane, pixel);
    double y = results[plane];
    return weight == 0
        ? 0
        : weight * r.slope(value(x, plane, pixel), y, centers[plane], size(x, plane));
  }

  /** What a value counts; 0 where it is not selected. */
  private double weight(Reduction r, FeatureMap x, int plane, int pixel) {
    int n = plane / x.shape().c();
    return selection == null ? 1 : selection.suffices(r, n) ? selection.weight(n, pixel) : 0;
  }

  /** Values of a plane, or the sum of their weights. */
  private double size(FeatureMap x, int plane) {
    return selection == null ? x.shape().planeSize() : selection.total(plane / x.shape().c());
  }

  /** Writes to the place of the maximum, or to all of them, what the result owes to it. */
  private void peaks(
      KernelSet kernels,
      Reduction r,
      Ties ties,
      FeatureMap x,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    if (ties == Ties.FIRST && r.base() == Reduction.Base.VALUE) {
      places(kernels, Reduction.MAX, x);
    } else if (ties == Ties.FIRST && r.base() == Reduction.Base.NEGATIVE) {
      places(kernels, Reduction.MIN, x);
    } else {
      count(r, x);
    }
    for (int plane = 0; plane < x.shape().planes(); plane++) {
      float g = gy[gyOffset + plane];
      int first = firsts[plane];
      if (first < 0) {
        continue;
      }
      int share = ties == Ties.FIRST ? 1 : equals[plane];
      int last = share == 1 ? first + 1 : (int) x.shape().planeSize();
      for (int pixel = first; pixel < last; pixel++) {
        double value = value(x, plane, pixel);
        if (share == 1
            || weight(r, x, plane, pixel) != 0
                && Double.compare(r.prepared(value), centers[plane]) == 0) {
          double slope = slope(r, x, plane, pixel);
          double sum = product(g, slope) + product(g, r.peak(value)) / share;
          gx[gxOffset + place(x, plane, pixel)] = (float) sum;
        }
      }
    }
  }

  private void places(KernelSet kernels, Reduction r, FeatureMap x) {
    if (selection == null) {
      kernels.reduce(r, x, extrema, 0, firsts, 0);
    } else {
      kernels.reduce(r, x, selection, extrema, 0, firsts, 0);
    }
  }

  /** Finds and counts the places of the maxima of prepared values. */
  private void count(Reduction r, FeatureMap x) {
    Arrays.fill(firsts, -1);
    int channels = adjacent(x);
    int pixels = (int) x.shape().planeSize();
    int at = 0;
    for (int first = 0; first < x.shape().planes(); first += channels) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int plane = first; plane < first + channels; plane++, at++) {
          if (weight(r, x, plane, pixel) != 0) {
            count(plane, pixel, r.prepared(value(x, plane, pixel, at)));
          }
        }
      }
    }
  }

  private void count(int plane, int pixel, double value) {
    int order = firsts[plane] < 0 ? 1 : Double.compare(value, centers[plane]);
    if (order > 0) {
      centers[plane] = value;
      firsts[plane] = pixel;
      equals[plane] = 1;
    } else if (order == 0) {
      equals[plane]++;
    }
  }

  /** Planes that lie among each other. */
  private static int adjacent(FeatureMap x) {
    return x.layout() == Layout.NCHW ? 1 : x.shape().c();
  }

  /** What has no influence gets no gradient, even of an infinite one. */
  static double product(double gy, double slope) {
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
    return value(x, plane, pixel, place(x, plane, pixel));
  }

  /** The same where its {@link #place} is known. */
  private static double value(FeatureMap x, int plane, int pixel, int place) {
    if (x.hasArray()) {
      return x.array()[x.offset() + place];
    }
    FeatureShape shape = x.shape();
    ElementType type = x.type();
    int w = pixel % shape.w();
    long at = x.position(plane / shape.c(), plane % shape.c(), pixel / shape.w(), w);
    return type.read(x.segment(), at * type.bytes());
  }
}
