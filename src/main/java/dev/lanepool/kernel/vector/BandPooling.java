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
    int columnsOfPlane = g.outRows() * ColumnExtrema.stride(g.width());
    ColumnExtrema columns = ColumnExtrema.ofThread(columnsOfPlane);
    int group = columns.room() / columnsOfPlane;
    for (int plane = 0; plane < planes; plane += group) {
      int count = Math.min(group, planes - plane);
      int from = start + plane * g.values();
      int o = plane * g.cells();
      columns.ofBands(min, x, from, count, g);
      results(columns, x, from, count, g, y, yTo + o, index, indexTo + o);
    }
  }

  private static void results(
      ColumnExtrema columns,
      float[] x,
      int start,
      int planes,
      Grid g,
      float[] y,
      int yTo,
      int[] index,
      int indexTo) {
    int stride = ColumnExtrema.stride(g.width());
    int o = 0;
    for (int band = 0; band < planes * g.outRows(); band++) {
      int from = start + o / g.cells() * g.values();
      for (int column = 0; column < g.outWidth(); column++) {
        int pixel = columns.first(band * stride + g.left(column), band * stride + g.right(column));
        y[yTo + o] = x[from + pixel];
        if (index != null) {
          index[indexTo + o] = pixel;
        }
        o++;
      }
    }
  }
}
