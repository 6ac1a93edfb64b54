package dev.lanepool.kernel.internal;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import java.util.Arrays;

/**
 * Gradients of adaptive pooling. They hardly compute, so the backends share them. Planes that lie
 * among each other go together: the channels of a sample in NHWC, each plane alone in NCHW. One per
 * thread, so that a call makes none.
 */
public final class AdaptiveGradients {
  private static final ThreadLocal<AdaptiveGradients> OF_THREAD =
      ThreadLocal.withInitial(AdaptiveGradients::new);

  /** Of the windows of a plane: how many values, and gy over that. */
  private double[] sizes = new double[0];

  private double[] shares = new double[0];

  /** Of the pixels of a row, or of the channels of a pixel. */
  private double[] sums = new double[0];

  private AdaptiveGradients() {}

  /**
   * To each pixel the sum of gy / size over the windows that cover it. Pixels that the same windows
   * cover have the same, and they lie one beside and one above the other.
   */
  public static void mean(
      float[] gy,
      int gyOffset,
      Layout layout,
      FeatureShape shape,
      Bins bins,
      float[] gx,
      int gxOffset) {
    Grid windows = Grid.of(layout, shape, bins);
    Grid pixels = Grid.transposed(layout, shape, bins);
    AdaptiveGradients s = OF_THREAD.get();
    int together = together(layout, shape);
    s.fit(windows, Math.max(together, shape.w()));
    int row = shape.w() * together;
    for (int i = 0; i < shape.planes() / together; i++) {
      int from = gyOffset + i * windows.cells() * together;
      int to = gxOffset + i * windows.values() * together;
      if (together == 1) {
        divide(gy, from, s.sizes, s.shares, windows.cells());
      }
      for (int h = 0; h < shape.h(); h++, to += row) {
        if (pixels.repeatsRows(h)) {
          System.arraycopy(gx, to - row, gx, to, row);
        } else if (together == 1) {
          s.spread(pixels, windows, h, gx, to);
        } else {
          s.spread(gy, from, pixels, windows, h, together, gx, to);
        }
      }
    }
  }

  private static int together(Layout layout, FeatureShape shape) {
    return layout == Layout.NCHW ? 1 : shape.c();
  }

  /** Makes the scratch anew where more is needed, so not once warm. */
  private void fit(Grid windows, int count) {
    if (sizes.length < windows.cells()) {
      sizes = new double[windows.cells()];
      shares = new double[windows.cells()];
    }
    if (sums.length < count) {
      sums = new double[count];
    }
    for (int o = 0; o < windows.cells(); o++) {
      windows.window(o);
      sizes[o] = windows.size();
    }
  }

  private static void divide(float[] x, int start, double[] divisors, double[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[start + i] / divisors[i];
    }
  }

  /** To a row of pixels of a plane, from its shares. */
  private void spread(Grid pixels, Grid windows, int h, float[] gx, int to) {
    int width = windows.width();
    Arrays.fill(sums, 0, width, -0.0);
    pixels.window(h, 0);
    for (int i = 0; i < pixels.rows(); i++) {
      int first = pixels.row(i) * windows.outWidth();
      for (int w = 0; w < width; w++) {
        double sum = sums[w];
        for (int o = first + pixels.left(w); o < first + pixels.right(w); o++) {
          sum += shares[o];
        }
        sums[w] = sum;
      }
    }
    round(sums, gx, to, width);
  }

  /** To a row of pixels of so many channels. */
  private void spread(
      float[] gy, int from, Grid pixels, Grid windows, int h, int channels, float[] gx, int to) {
    for (int w = 0; w < windows.width(); w++) {
      int at = to + w * channels;
      if (pixels.repeatsColumns(w)) {
        System.arraycopy(gx, at - channels, gx, at, channels);
        continue;
      }
      pixels.window(h, w);
      Arrays.fill(sums, 0, channels, -0.0);
      for (int i = 0; i < pixels.rows(); i++) {
        int first = pixels.row(i) * windows.outWidth();
        for (int o = first + pixels.left(); o < first + pixels.right(); o++) {
          addQuotients(gy, from + o * channels, sizes[o], sums, channels);
        }
      }
      round(sums, gx, at, channels);
    }
  }

  private static void addQuotients(float[] x, int start, double divisor, double[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += x[start + i] / divisor;
    }
  }

  private static void round(double[] sums, float[] to, int at, int n) {
    for (int i = 0; i < n; i++) {
      to[at + i] = (float) sums[i];
    }
  }

  /** To the pixel of each window's maximum the sum of gy over the windows whose maximum it is. */
  public static void max(
      float[] gy,
      int gyOffset,
      int[] index,
      int indexOffset,
      Layout layout,
      FeatureShape shape,
      Bins bins,
      float[] gx,
      int gxOffset) {
    Arrays.fill(gx, gxOffset, gxOffset + (int) shape.elements(), 0);
    Grid pixels = Grid.transposed(layout, shape, bins);
    int together = together(layout, shape);
    for (int i = 0; i < shape.planes() / together; i++) {
      for (int o = 0; o < pixels.values(); o++) {
        int first = i * pixels.values() * together;
        int to = gxOffset + i * pixels.cells() * together;
        for (int plane = 0; plane < together; plane++, first++, to++) {
          int pixel = index[indexOffset + first + o * together];
          pixels.window(pixel);
          gx[to + pixel * together] =
              sumOver(pixel, gy, gyOffset + first, index, indexOffset + first, pixels, together);
        }
      }
    }
  }

  /** The plane's outputs lie step apart. */
  private static float sumOver(
      int pixel, float[] gy, int gyFrom, int[] index, int indexFrom, Grid g, int step) {
    double sum = -0.0;
    for (int i = 0; i < g.rows(); i++) {
      int row = g.row(i) * g.width();
      for (int ow = g.left(); ow < g.right(); ow++) {
        int at = (row + ow) * step;
        if (index[indexFrom + at] == pixel) {
          sum += gy[gyFrom + at];
        }
      }
    }
    return (float) sum;
  }
}
