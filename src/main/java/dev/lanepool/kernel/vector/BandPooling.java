package dev.lanepool.kernel.vector;

import dev.lanepool.kernel.internal.Grid;

/**
 * Adaptive pooling of contiguous planes. The windows of one row of outputs have the same rows: a
 * band of each of their slices, whose columns are reduced in lanes, and then window by window.
 */
final class BandPooling {
  private BandPooling() {}

  /** The means of windows of planes from start on, or their sums. */
  static void sum(boolean mean, float[] x, int start, int planes, Grid g, float[] y, int to) {
    int width = g.width();
    Columns columns = Columns.ofThread(width);
    for (int plane = 0; plane < planes; plane++) {
      int from = start + plane * g.values();
      for (int row = 0; row < g.outRows(); row++) {
        g.window(row, 0);
        columns.beginSum(width);
        for (int slice = 0; slice < g.depth(); slice++) {
          columns.sum(x, from + g.top(slice) * width, width, g.height(), width);
        }
        sums(mean, columns, g, y, to + plane * g.cells() + row * g.outWidth());
      }
    }
  }

  private static void sums(boolean mean, Columns columns, Grid g, float[] y, int to) {
    for (int o = 0; o < g.outWidth(); o++) {
      int left = g.left(o);
      int right = g.right(o);
      double sum = 0;
      for (int w = left; w < right; w++) {
        sum += columns.sums[w];
      }
      y[to + o] = (float) (mean ? sum / ((double) g.rows() * (right - left)) : sum);
    }
  }

  /** The maxima, or minima, of windows of planes from start on, and their pixels if wanted. */
  static void extremum(
      boolean min,
      float[] x,
      int start,
      int planes,
      Grid g,
      float[] y,
      int yTo,
      int[] index,
      int indexTo) {
    int width = g.width();
    Columns columns = Columns.ofThread(width);
    for (int plane = 0; plane < planes; plane++) {
      int from = start + plane * g.values();
      for (int row = 0; row < g.outRows(); row++) {
        g.window(row, 0);
        columns.beginExtremum(min, g.top(0) * width, width);
        for (int slice = 0; slice < g.depth(); slice++) {
          int first = g.top(slice) * width;
          columns.extremum(x, from + first, width, g.height(), first, width, width);
        }
        int o = plane * g.cells() + row * g.outWidth();
        for (int column = 0; column < g.outWidth(); column++) {
          int pixel = first(columns, g.left(column), g.right(column));
          y[yTo + o + column] = x[from + pixel];
          if (index != null) {
            index[indexTo + o + column] = pixel;
          }
        }
      }
    }
  }

  /**
   * The pixel of the extremum, of equals the first, row by row; a column's pixel is its row's. In
   * one number, the rank above and the pixel, in reverse, below: which is larger can't be
   * predicted, and a maximum needs no branch.
   */
  private static int first(Columns columns, int left, int right) {
    long best = Long.MIN_VALUE;
    for (int w = left; w < right; w++) {
      int pixel = columns.pixels[w] + w;
      best = Math.max(best, (long) columns.ranks[w] << 32 | Integer.MAX_VALUE - pixel);
    }
    return Integer.MAX_VALUE - (int) best;
  }
}
