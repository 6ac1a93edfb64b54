package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.internal.Grid;

/**
 * Adaptive pooling of NCHW maps. The windows of one row of outputs have the same rows: a band of
 * each of their slices, whose columns are reduced in lanes, and then window by window.
 */
final class BandPooling {
  private BandPooling() {}

  static void mean(float[] x, int xOffset, FeatureShape shape, Bins bins, float[] y, int to) {
    int width = shape.w();
    Columns columns = Columns.ofThread(width);
    Grid g = Grid.of(Layout.NCHW, shape, bins);
    int out = bins.outWidth();
    for (int band = 0; band < shape.planes() * bins.outRows(); band++) {
      int plane = xOffset + band / bins.outRows() * shape.h() * width;
      g.window(band % bins.outRows(), 0);
      columns.beginSum(width);
      for (int slice = 0; slice < g.depth(); slice++) {
        columns.sum(x, plane + g.top(slice) * width, width, g.height(), width);
      }
      means(columns, g, out, y, to + band * out);
    }
  }

  private static void means(Columns columns, Grid g, int out, float[] y, int to) {
    for (int o = 0; o < out; o++) {
      int left = g.left(o);
      int right = g.right(o);
      double sum = 0;
      for (int w = left; w < right; w++) {
        sum += columns.sums[w];
      }
      y[to + o] = (float) (sum / ((double) g.rows() * (right - left)));
    }
  }

  static void max(
      float[] x,
      int xOffset,
      FeatureShape shape,
      Bins bins,
      float[] y,
      int yTo,
      int[] index,
      int indexTo) {
    int width = shape.w();
    Columns columns = Columns.ofThread(width);
    Grid g = Grid.of(Layout.NCHW, shape, bins);
    int out = bins.outWidth();
    for (int band = 0; band < shape.planes() * bins.outRows(); band++) {
      int plane = xOffset + band / bins.outRows() * shape.h() * width;
      g.window(band % bins.outRows(), 0);
      columns.beginMax(g.top(0) * width, width);
      for (int slice = 0; slice < g.depth(); slice++) {
        int first = g.top(slice) * width;
        columns.max(x, plane + first, width, g.height(), first, width, width);
      }
      for (int o = 0; o < out; o++) {
        int pixel = first(columns, g.left(o), g.right(o));
        y[yTo + band * out + o] = x[plane + pixel];
        if (index != null) {
          index[indexTo + band * out + o] = pixel;
        }
      }
    }
  }

  /**
   * The pixel of the largest, of equals the first, row by row; a column's pixel is its row's. In
   * one number, the key above and the pixel, in reverse, below: which is larger can't be predicted,
   * and a maximum needs no branch.
   */
  private static int first(Columns columns, int left, int right) {
    long best = Long.MIN_VALUE;
    for (int w = left; w < right; w++) {
      int pixel = columns.pixels[w] + w;
      best = Math.max(best, (long) columns.keys[w] << 32 | Integer.MAX_VALUE - pixel);
    }
    return Integer.MAX_VALUE - (int) best;
  }
}
