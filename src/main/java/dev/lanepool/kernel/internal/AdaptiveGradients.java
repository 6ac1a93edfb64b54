package dev.lanepool.kernel.internal;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import java.util.Arrays;

/** Gradients of adaptive pooling. They hardly compute, so the backends share them. */
public final class AdaptiveGradients {
  private AdaptiveGradients() {}

  /** To each pixel the sum of gy / size over the windows that cover it. */
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
    int row = shape.w() * (layout == Layout.NCHW ? 1 : shape.c());
    for (int i = 0; i < pixels.outputs(); i += row) {
      int h = i / row % shape.h();
      if (pixels.repeatsRows(h)) {
        System.arraycopy(gx, gxOffset + i - row, gx, gxOffset + i, row);
        continue;
      }
      for (int j = i; j < i + row; j++) {
        pixels.output(j);
        gx[gxOffset + j] = sumOver(gy, gyOffset, pixels, windows);
      }
    }
  }

  private static float sumOver(float[] gy, int gyOffset, Grid pixel, Grid window) {
    double sum = -0.0;
    for (int i = 0; i < pixel.rows(); i++) {
      int oh = pixel.row(i);
      for (int ow = pixel.left(); ow < pixel.right(); ow++) {
        sum += (double) gy[gyOffset + pixel.place(oh, ow)] / window.size(oh, ow);
      }
    }
    return (float) sum;
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
    Grid g = Grid.transposed(layout, shape, bins);
    int cells = (int) bins.outputs();
    for (int n = 0; n < shape.n(); n++) {
      for (int c = 0; c < shape.c(); c++) {
        g.plane(n, c);
        for (int o = 0; o < cells; o++) {
          int pixel = index[indexOffset + g.place(o / bins.outWidth(), o % bins.outWidth())];
          g.window(pixel);
          gx[gxOffset + g.outputPlace(pixel)] = sumOver(pixel, gy, gyOffset, index, indexOffset, g);
        }
      }
    }
  }

  private static float sumOver(
      int pixel, float[] gy, int gyOffset, int[] index, int indexOffset, Grid g) {
    double sum = -0.0;
    for (int i = 0; i < g.rows(); i++) {
      int oh = g.row(i);
      for (int ow = g.left(); ow < g.right(); ow++) {
        int at = g.place(oh, ow);
        if (index[indexOffset + at] == pixel) {
          sum += gy[gyOffset + at];
        }
      }
    }
    return (float) sum;
  }
}
