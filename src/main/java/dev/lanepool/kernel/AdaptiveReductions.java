package dev.lanepool.kernel;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.internal.Maths;
import dev.lanepool.kernel.internal.Windows;

/**
 * Adaptive pooling by any reduction, of maps of any type and storage, and its gradient, window by
 * window. One per thread, so that a call makes none.
 */
final class AdaptiveReductions {
  private static final ThreadLocal<AdaptiveReductions> OF_THREAD =
      ThreadLocal.withInitial(AdaptiveReductions::new);

  private Reduction r;
  private FeatureMap x;
  private FeatureShape shape;
  private int outHeight;
  private int outWidth;

  /** The plane, and the window in it: rows and columns from, inclusive, and to, exclusive. */
  private int n;

  private int c;
  private int top;
  private int bottom;
  private int left;
  private int right;

  /** What the gradient needs of each window of a plane. */
  private double[] sizes = new double[0];

  private double[] results;
  private double[] centers;
  private double[] maxima;
  private int[] firsts;
  private int[] equals;

  private AdaptiveReductions() {}

  static void pool(Reduction r, FeatureMap x, int outHeight, int outWidth, float[] y, int yOffset) {
    AdaptiveReductions s = OF_THREAD.get();
    s.begin(r, x, outHeight, outWidth);
    int channels = x.shape().c();
    int cells = outHeight * outWidth;
    boolean planes = x.layout() == Layout.NCHW;
    for (int i = 0; i < x.shape().planes() * cells; i++) {
      int plane = planes ? i / cells : i / (channels * cells) * channels + i % channels;
      s.plane(plane / channels, plane % channels);
      s.window(planes ? i % cells : i / channels % cells);
      y[yOffset + i] = (float) s.result();
    }
    s.x = null;
  }

  static void gradient(
      Reduction r,
      Ties ties,
      FeatureMap x,
      int outHeight,
      int outWidth,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    AdaptiveReductions s = OF_THREAD.get();
    s.begin(r, x, outHeight, outWidth);
    s.fit(outHeight * outWidth);
    for (int n = 0; n < x.shape().n(); n++) {
      for (int c = 0; c < x.shape().c(); c++) {
        s.plane(n, c);
        s.windows();
        s.gradient(ties, gy, gyOffset, gx, gxOffset);
      }
    }
    s.x = null;
  }

  private void begin(Reduction r, FeatureMap x, int outHeight, int outWidth) {
    this.r = r;
    this.x = x;
    this.shape = x.shape();
    this.outHeight = outHeight;
    this.outWidth = outWidth;
  }

  private void plane(int n, int c) {
    this.n = n;
    this.c = c;
  }

  private void window(int o) {
    top = Windows.start(o / outWidth, shape.h(), outHeight);
    bottom = Windows.end(o / outWidth, shape.h(), outHeight);
    left = Windows.start(o % outWidth, shape.w(), outWidth);
    right = Windows.end(o % outWidth, shape.w(), outWidth);
  }

  private double size() {
    return (double) (bottom - top) * (right - left);
  }

  private double result() {
    double center = center();
    return r.result(sum(r.term(), center), (bottom - top) * (long) (right - left), center);
  }

  private double center() {
    return switch (r.center()) {
      case NONE -> 0;
      case MEAN -> sum(Reduction.Term.VALUE, 0) / size();
      case MAX -> maximum();
    };
  }

  /** Columns from top to bottom, then their sums from left to right. */
  private double sum(Reduction.Term term, double center) {
    double sum = 0;
    for (int w = left; w < right && term != Reduction.Term.NONE; w++) {
      double column = 0;
      for (int h = top; h < bottom; h++) {
        column += term.of(prepared(h, w), center, r.rate());
      }
      sum += column;
    }
    return sum;
  }

  private double maximum() {
    double max = prepared(top, left);
    for (int h = top; h < bottom; h++) {
      for (int w = left; w < right; w++) {
        double value = prepared(h, w);
        max = Double.compare(value, max) > 0 ? value : max;
      }
    }
    return max;
  }

  private double prepared(int h, int w) {
    double base = r.prepared(x.getDouble(n, c, h, w));
    return r.logarithm() ? Maths.log(base) : base;
  }

  /** Makes the scratch anew where there are more windows, so not once warm. */
  private void fit(int cells) {
    if (sizes.length < cells) {
      sizes = new double[cells];
      results = new double[cells];
      centers = new double[cells];
      maxima = new double[cells];
      firsts = new int[cells];
      equals = new int[cells];
    }
  }

  /** What there is to know of the windows of this plane. */
  private void windows() {
    for (int o = 0; o < outHeight * outWidth; o++) {
      window(o);
      sizes[o] = size();
      results[o] = result();
      centers[o] = r.shares() ? total(o) : r.center() == Reduction.Center.MEAN ? center() : 0;
      if (r.hasPeak()) {
        findPeak(o);
      }
    }
  }

  private double total(int o) {
    double total = 0;
    for (int h = top; h < bottom; h++) {
      for (int w = left; w < right; w++) {
        total += r.slope(x.getDouble(n, c, h, w), results[o], 1, sizes[o]);
      }
    }
    return total;
  }

  private void findPeak(int o) {
    maxima[o] = r.prepared(x.getDouble(n, c, top, left));
    equals[o] = 0;
    for (int h = top; h < bottom; h++) {
      for (int w = left; w < right; w++) {
        double value = r.prepared(x.getDouble(n, c, h, w));
        int order = Double.compare(value, maxima[o]);
        if (order > 0 || equals[o] == 0) {
          maxima[o] = value;
          firsts[o] = h * shape.w() + w;
          equals[o] = 1;
        } else if (order == 0) {
          equals[o]++;
        }
      }
    }
  }

  /** To each pixel what the windows that cover it owe to it, row by row. */
  private void gradient(Ties ties, float[] gy, int gyOffset, float[] gx, int gxOffset) {
    int cells = outHeight * outWidth;
    int pixels = (int) shape.planeSize();
    for (int h = 0; h < shape.h(); h++) {
      int last = Windows.end(h, outHeight, shape.h());
      for (int w = 0; w < shape.w(); w++) {
        double sum = -0.0;
        for (int oh = Windows.start(h, outHeight, shape.h()); oh < last; oh++) {
          int end = Windows.end(w, outWidth, shape.w());
          for (int ow = Windows.start(w, outWidth, shape.w()); ow < end; ow++) {
            int o = oh * outWidth + ow;
            sum += owed(gy[gyOffset + place(o, cells)], o, h, w, ties);
          }
        }
        gx[gxOffset + place(h * shape.w() + w, pixels)] = (float) sum;
      }
    }
  }

  private double owed(float gy, int o, int h, int w, Ties ties) {
    double value = x.getDouble(n, c, h, w);
    double sum = product(gy, r.slope(value, results[o], centers[o], sizes[o]));
    boolean first = firsts[o] == h * shape.w() + w;
    if (r.hasPeak()
        && (first || ties == Ties.SHARED)
        && Double.compare(r.prepared(value), maxima[o]) == 0) {
      sum += product(gy, r.peak(value)) / (ties == Ties.FIRST ? 1 : equals[o]);
    }
    return sum;
  }

  /** What has no influence gets no gradient, even of an infinite one. */
  private static double product(double gy, double slope) {
    return slope == 0 ? 0 : gy * slope;
  }

  /** Where value i of this plane is in dense maps with so many values per plane. */
  private int place(int i, int values) {
    return x.layout() == Layout.NCHW
        ? (n * shape.c() + c) * values + i
        : (n * values + i) * shape.c() + c;
  }
}
