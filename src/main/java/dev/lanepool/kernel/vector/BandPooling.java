package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;

import dev.lanepool.kernel.internal.Grid;
import dev.lanepool.kernel.internal.Results;

/**
 * Adaptive pooling of contiguous planes. The windows of one row of outputs have the same rows: a
 * band of each of their slices, whose columns are reduced in lanes, and then window by window.
 */
final class BandPooling {
  private BandPooling() {}

  /**
   * Whether planes have so few columns that a loop along a row would be over before it is fast: it
   * goes from plane to plane instead.
   */
  static boolean areNarrow(Grid g) {
    return g.width() <= 2 * FLOAT_LANES;
  }

  /** The means of windows of planes from start on, or their sums; g is at the first plane. */
  static void sum(boolean mean, float[] x, int start, int planes, Grid g, Results results) {
    int width = g.width();
    int to = g.outputPlace(0);
    if (g.isIdentity()) {
      for (int i = 0; i < planes * g.values(); i++) {
        results.put(to + i, x[start + i] + 0.0); // a sum of -0 is +0
      }
      return;
    }
    if (areNarrow(g)) {
      BandSums.of(mean, g).pool(x, start, planes, results, to);
      return;
    }
    Columns columns = Columns.ofThread(width);
    for (int plane = 0; plane < planes; plane++) {
      int from = start + plane * g.values();
      for (int row = 0; row < g.outRows(); row++, to += g.outWidth()) {
        g.window(row, 0);
        columns.beginSum(width);
        for (int slice = 0; slice < g.depth(); slice++) {
          columns.sum(x, from + g.top(slice) * width, width, g.height(), width);
        }
        sums(mean, columns, g, results, to);
      }
    }
  }

  private static void sums(boolean mean, Columns columns, Grid g, Results results, int to) {
    for (int o = 0; o < g.outWidth(); o++) {
      int left = g.left(o);
      int right = g.right(o);
      double sum = 0;
      for (int w = left; w < right; w++) {
        sum += columns.sums[w];
      }
      results.put(to + o, mean ? sum / ((double) g.rows() * (right - left)) : sum);
    }
  }

  /** The maxima, or minima, in the same way, and their pixels if wanted. */
  static void extremum(boolean min, float[] x, int start, int planes, Grid g, Results results) {
    int to = g.outputPlace(0);
    if (g.isIdentity()) {
      copy(x, start, planes, g.values(), results, to);
      return;
    }
    int columnsOfPlane = g.outRows() * ColumnExtrema.stride(g.width());
    ColumnExtrema columns = ColumnExtrema.ofThread(columnsOfPlane);
    int group = columns.room() / columnsOfPlane;
    for (int plane = 0; plane < planes; plane += group) {
      int count = Math.min(group, planes - plane);
      int from = start + plane * g.values();
      columns.ofBands(min, x, from, count, g);
      store(columns, x, from, count, g, results, to + plane * g.cells());
    }
  }

  private static void copy(float[] x, int start, int planes, int values, Results results, int to) {
    for (int plane = 0; plane < planes; plane++) {
      for (int i = 0; i < values; i++) {
        results.put(to + plane * values + i, x[start + plane * values + i], i);
      }
    }
  }

  private static void store(
      ColumnExtrema columns, float[] x, int start, int planes, Grid g, Results results, int to) {
    int stride = ColumnExtrema.stride(g.width());
    int o = 0;
    for (int band = 0; band < planes * g.outRows(); band++) {
      int from = start + o / g.cells() * g.values();
      for (int column = 0; column < g.outWidth(); column++, o++) {
        int pixel = columns.first(band * stride + g.left(column), band * stride + g.right(column));
        results.put(to + o, x[from + pixel], pixel);
      }
    }
  }
}
