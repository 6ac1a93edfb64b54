package dev.lanepool.kernel.vector;

import dev.lanepool.kernel.internal.Grid;
import dev.lanepool.kernel.internal.Results;
import java.util.Arrays;

/** Adaptive pooling of adjacent channels, window by window; the lanes are channels. */
final class PixelPooling {
  /** Channels together: what is read of a pixel is a few whole lines. */
  private static final int TILE = 256;

  private PixelPooling() {}

  /**
   * The means of windows of one sample, or their sums; g is at the first channel.
   *
   * @param x the sample from start on, pixels of so many channels
   */
  static void sum(boolean mean, float[] x, int start, int channels, Grid g, Results results) {
    Columns columns = Columns.ofThread(TILE);
    int next = g.width() * channels;
    for (int o = 0; o < g.cells(); o++) {
      g.window(o);
      double divisor = mean ? g.size() : 1;
      int to = g.outputPlace(o);
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
        results.putQuotients(to + c, columns.totals, divisor, width);
      }
    }
  }

  /** The maxima, or minima, in the same way, and their pixels if wanted. */
  static void extremum(boolean min, float[] x, int start, int channels, Grid g, Results results) {
    ColumnExtrema columns = ColumnExtrema.ofThread(TILE);
    for (int o = 0; o < g.cells(); o++) {
      g.window(o);
      for (int c = 0; c < channels; c += TILE) {
        int width = Math.min(TILE, channels - c);
        columns.ofWindow(min, x, start + c, channels, width, g);
        int to = g.outputPlace(o) + c;
        for (int lane = 0; lane < width; lane++) {
          results.put(to + lane, x[start + columns.pixels[lane] * channels + c + lane]);
        }
        results.putPixels(to, columns.pixels, width);
      }
    }
  }
}
