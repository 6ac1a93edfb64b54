package dev.lanepool.kernel;

import static dev.lanepool.kernel.ReductionGradients.product;

import dev.lanepool.FeatureMap;
import dev.lanepool.kernel.internal.Grid;
import dev.lanepool.kernel.internal.Maths;

/**
 * Adaptive pooling by any reduction, of maps of any type and storage, and its gradient, window by
 * window. One per thread, so that a call makes none.
 */
final class AdaptiveReductions {
  private static final ThreadLocal<AdaptiveReductions> OF_THREAD =
      ThreadLocal.withInitial(AdaptiveReductions::new);

  private Reduction r;
  private FeatureMap x;

  /** The window that is looked at. */
  private Grid g;

  /** Where the maximum that was found last first stands. */
  private int pixel;

  /** What the gradient needs of each window of a plane. */
  private double[] sizes = new double[0];

  private double[] results;
  private double[] centers;
  private double[] maxima;
  private int[] firsts;
  private int[] equals;

  private AdaptiveReductions() {}

  /** Also where each maximum first stands, unless index is null. */
  static void pool(
      Reduction r, FeatureMap x, Bins bins, float[] y, int yOffset, int[] index, int indexOffset) {
    AdaptiveReductions s = OF_THREAD.get();
    s.begin(r, x, bins);
    for (int i = 0; i < s.g.outputs(); i++) {
      s.g.output(i);
      y[yOffset + i] = (float) s.result();
      if (index != null) {
        index[indexOffset + i] = s.pixel;
      }
    }
    s.x = null;
  }

  static void gradient(
      Reduction r,
      Ties ties,
      FeatureMap x,
      Bins bins,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    AdaptiveReductions s = OF_THREAD.get();
    int cells = (int) bins.outputs();
    s.fit(cells);
    s.begin(r, x, bins);
    Grid windows = s.g;
    Grid pixels = Grid.transposed(x.layout(), x.shape(), bins);
    for (int plane = 0; plane < x.shape().planes(); plane++) {
      windows.plane(plane / x.shape().c(), plane % x.shape().c());
      for (int o = 0; o < cells; o++) {
        windows.window(o);
        s.study(o);
      }
      pixels.plane(windows.n(), windows.c());
      for (int pixel = 0; pixel < x.shape().planeSize(); pixel++) {
        pixels.window(pixel);
        gx[gxOffset + pixels.outputPlace(pixel)] =
            s.gradient(pixels, pixel, ties, bins.outWidth(), gy, gyOffset);
      }
    }
    s.x = null;
  }

  private void begin(Reduction r, FeatureMap x, Bins bins) {
    this.r = r;
    this.x = x;
    this.g = Grid.of(x.layout(), x.shape(), bins);
  }

  private double result() {
    double center = center();
    return r.result(sum(r.term(), center), g.size(), center);
  }

  private double center() {
    return switch (r.center()) {
      case NONE -> 0;
      case MEAN -> sum(Reduction.Term.VALUE, 0) / g.size();
      case MAX -> maximum();
    };
  }

  /** Columns slice by slice, from top to bottom, then their sums from left to right. */
  private double sum(Reduction.Term term, double center) {
    double sum = 0;
    for (int w = g.left(); w < g.right() && term != Reduction.Term.NONE; w++) {
      double column = 0;
      for (int row = 0; row < g.rows(); row++) {
        column += term.of(prepared(g.row(row), w), center, r.rate());
      }
      sum += column;
    }
    return sum;
  }

  private double maximum() {
    double max = prepared(g.row(0), g.left());
    pixel = g.row(0) * x.shape().w() + g.left();
    for (int row = 0; row < g.rows(); row++) {
      int h = g.row(row);
      for (int w = g.left(); w < g.right(); w++) {
        double value = prepared(h, w);
        if (Double.compare(value, max) > 0) {
          max = value;
          pixel = h * x.shape().w() + w;
        }
      }
    }
    return max;
  }

  private double value(int h, int w) {
    return x.getDouble(g.n(), g.c(), h, w);
  }

  private double prepared(int h, int w) {
    double base = r.prepared(value(h, w));
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

  /** What there is to know of window o. */
  private void study(int o) {
    sizes[o] = g.size();
    results[o] = result();
    centers[o] = r.shares() ? total(o) : r.center() == Reduction.Center.MEAN ? center() : 0;
    if (r.hasPeak()) {
      findPeak(o);
    }
  }

  private double total(int o) {
    double total = 0;
    for (int row = 0; row < g.rows(); row++) {
      for (int w = g.left(); w < g.right(); w++) {
        total += r.slope(value(g.row(row), w), results[o], 1, sizes[o]);
      }
    }
    return total;
  }

  private void findPeak(int o) {
    maxima[o] = r.prepared(value(g.row(0), g.left()));
    equals[o] = 0;
    for (int row = 0; row < g.rows(); row++) {
      int h = g.row(row);
      for (int w = g.left(); w < g.right(); w++) {
        double value = r.prepared(value(h, w));
        int order = Double.compare(value, maxima[o]);
        if (order > 0 || equals[o] == 0) {
          maxima[o] = value;
          firsts[o] = h * x.shape().w() + w;
          equals[o] = 1;
        } else if (order == 0) {
          equals[o]++;
        }
      }
    }
  }

  /** What the windows that cover a pixel owe to it, slice by slice, row by row. */
  private float gradient(
      Grid pixels, int pixel, Ties ties, int outWidth, float[] gy, int gyOffset) {
    int width = x.shape().w();
    double value = value(pixel / width, pixel % width);
    double sum = -0.0;
    for (int row = 0; row < pixels.rows(); row++) {
      int oh = pixels.row(row);
      for (int ow = pixels.left(); ow < pixels.right(); ow++) {
        sum += owed(gy[gyOffset + pixels.place(oh, ow)], oh * outWidth + ow, pixel, value, ties);
      }
    }
    return (float) sum;
  }

  private double owed(float gy, int o, int pixel, double value, Ties ties) {
    double sum = product(gy, r.slope(value, results[o], centers[o], sizes[o]));
    if (r.hasPeak()
        && (ties == Ties.SHARED || firsts[o] == pixel)
        && Double.compare(r.prepared(value), maxima[o]) == 0) {
      sum += product(gy, r.peak(value)) / (ties == Ties.FIRST ? 1 : equals[o]);
    }
    return sum;
  }
}
