package dev.lanepool.kernel.scalar;

import dev.lanepool.kernel.internal.Grid;

/** Adaptive pooling, window by window. */
final class ScalarAdaptive {
  private ScalarAdaptive() {}

  /** Columns slice by slice, from top to bottom, then their sums from left to right. */
  static void mean(float[] x, int xOffset, Grid g, float[] y, int yOffset) {
    for (int i = 0; i < g.outputs(); i++) {
      g.output(i);
      double sum = 0;
      for (int w = g.left(); w < g.right(); w++) {
        double column = 0;
        for (int row = 0; row < g.rows(); row++) {
          column += x[xOffset + g.place(g.row(row), w)];
        }
        sum += column;
      }
      y[yOffset + i] = (float) (sum / g.size());
    }
  }

  /** The first of the largest, slice by slice, row by row. */
  static void max(
      float[] x, int xOffset, Grid g, int width, float[] y, int yOffset, int[] index, int to) {
    for (int i = 0; i < g.outputs(); i++) {
      g.output(i);
      int first = xOffset + g.place(g.row(0), g.left());
      int pixel = g.row(0) * width + g.left();
      for (int row = 0; row < g.rows(); row++) {
        int h = g.row(row);
        for (int w = g.left(); w < g.right(); w++) {
          int at = xOffset + g.place(h, w);
          if (Float.compare(x[at], x[first]) > 0) {
            first = at;
            pixel = h * width + w;
          }
        }
      }
      y[yOffset + i] = x[first];
      if (index != null) {
        index[to + i] = pixel;
      }
    }
  }
}
