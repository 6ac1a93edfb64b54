package dev.lanepool.kernel.vector;

import dev.lanepool.kernel.internal.Grid;
import java.util.Arrays;

/** Adaptive pooling of adjacent channels, window by window; the lanes are channels. */
final class PixelPooling {
  /** Channels together: what is read of a pixel is a few whole lines. */
  private static final int TILE = 256;

  private PixelPooling() {}

  /**
   * The means of windows of one sample, or their sums.
   *
   * @param x the sample from start on, pixels of so many channels
   * @param y receives each window's results at to + o·step
   */
  static void sum(
      boolean mean, float[] x, int start, int channels, Grid g, float[] y, int to, int step) {
    Columns columns = Columns.ofThread(TILE);
    int next = g.width() * channels;
    for (int o = 0; o < g.cells(); o++) {
      g.window(o);
      double divisor = mean ? g.size() : 1;
      for (int c = 0; c < channels; c += TILE) {
        int width = Math.min(TILE, channels - c);
        Arrays.fill(columns.totals, 0, width, 0);
        for (int w = g.left(); w < g.right(); w++) {
          columns.beginSum(width);
          for (int slice = 0; slice < g.depth(); slice++) {
            int from = start + g.top(slice) * next + w * channels + c;
            columns.sum(x, from, next, g.height(), width);
          }
          columns.addToTotals(width);
        }
        for (int lane = 0; lane < width; lane++) {
          y[to + o * step + c + lane] = (float) (columns.totals[lane] / divisor);
        }
      }
    }
  }

  /** The maxima, or minima, in the same way, and their pixels if wanted. */
  static void extremum(
      boolean min,
      float[] x,
      int start,
      int channels,
      Grid g,
      float[] y,
      int yTo,
      int[] index,
      int indexTo,
      int step) {
    ColumnExtrema columns = ColumnExtrema.ofThread(TILE);
    for (int o = 0; o < g.cells(); o++) {
      g.window(o);
      for (int c = 0; c < channels; c += TILE) {
        int width = Math.min(TILE, channels - c);
        columns.ofWindow(min, x, start + c, channels, width, g);
        int at = o * step + c;
        for (int lane = 0; lane < width; lane++) {
          y[yTo + at + lane] = x[start + columns.pixels[lane] * channels + c + lane];
        }
        if (index != null) {
          System.arraycopy(columns.pixels, 0, index, indexTo + at, width);
        }
      }
    }
  }
}
