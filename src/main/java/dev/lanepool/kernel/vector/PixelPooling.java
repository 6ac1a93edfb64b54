package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.internal.Grid;
import java.util.Arrays;

/** Adaptive pooling of NHWC maps, window by window; the lanes are channels. */
final class PixelPooling {
  /** Channels together: what is read of a pixel is a few whole lines. */
  private static final int TILE = 256;

  private PixelPooling() {}

  static void mean(float[] x, int xOffset, FeatureShape shape, Bins bins, float[] y, int to) {
    Columns columns = Columns.ofThread(TILE);
    int channels = shape.c();
    int next = shape.w() * channels;
    int cells = bins.outRows() * bins.outWidth();
    Grid g = Grid.of(Layout.NHWC, shape, bins);
    for (int cell = 0; cell < shape.n() * cells; cell++) {
      g.plane(cell / cells, 0);
      g.window(cell % cells);
      int sample = xOffset + g.place(0, 0);
      double size = g.size();
      for (int c = 0; c < channels; c += TILE) {
        int width = Math.min(TILE, channels - c);
        Arrays.fill(columns.totals, 0, width, 0);
        for (int w = g.left(); w < g.right(); w++) {
          columns.beginSum(width);
          for (int slice = 0; slice < g.depth(); slice++) {
            int start = sample + g.top(slice) * next + w * channels + c;
            columns.sum(x, start, next, g.height(), width);
          }
          columns.addToTotals(width);
        }
        for (int lane = 0; lane < width; lane++) {
          y[to + cell * channels + c + lane] = (float) (columns.totals[lane] / size);
        }
      }
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
    Columns columns = Columns.ofThread(TILE);
    int channels = shape.c();
    int cells = bins.outRows() * bins.outWidth();
    Grid g = Grid.of(Layout.NHWC, shape, bins);
    for (int cell = 0; cell < shape.n() * cells; cell++) {
      g.plane(cell / cells, 0);
      g.window(cell % cells);
      int sample = xOffset + g.place(0, 0);
      for (int c = 0; c < channels; c += TILE) {
        int width = Math.min(TILE, channels - c);
        columns.beginMax(g.top(0) * shape.w() + g.left(), width);
        for (int row = 0; row < g.rows(); row++) {
          int pixel = g.row(row) * shape.w() + g.left();
          int start = sample + pixel * channels + c;
          columns.max(x, start, channels, g.right() - g.left(), pixel, 1, width);
        }
        for (int lane = 0; lane < width; lane++) {
          int pixel = columns.pixels[lane];
          y[yTo + cell * channels + c + lane] = x[sample + pixel * channels + c + lane];
        }
        if (index != null) {
          System.arraycopy(columns.pixels, 0, index, indexTo + cell * channels + c, width);
        }
      }
    }
  }
}
