package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.internal.Windows;
import java.util.Arrays;

/** Adaptive pooling of NHWC maps, window by window; the lanes are channels. */
final class PixelPooling {
  /** Channels together: what is read of a pixel is a few whole lines. */
  private static final int TILE = 256;

  private PixelPooling() {}

  static void mean(
      float[] x, int xOffset, FeatureShape shape, int outHeight, int outWidth, float[] y, int to) {
    Columns columns = Columns.ofThread(TILE);
    int channels = shape.c();
    int next = shape.w() * channels;
    for (int cell = 0; cell < shape.n() * outHeight * outWidth; cell++) {
      int o = cell / outWidth;
      int top = Windows.start(o % outHeight, shape.h(), outHeight);
      int rows = Windows.end(o % outHeight, shape.h(), outHeight) - top;
      int left = Windows.start(cell % outWidth, shape.w(), outWidth);
      int right = Windows.end(cell % outWidth, shape.w(), outWidth);
      int start = xOffset + (o / outHeight * shape.h() + top) * next;
      double size = (double) rows * (right - left);
      for (int c = 0; c < channels; c += TILE) {
        int width = Math.min(TILE, channels - c);
        Arrays.fill(columns.totals, 0, width, 0);
        for (int w = left; w < right; w++) {
          columns.sum(x, start + w * channels + c, next, rows, width);
          columns.addToTotals(width);
        }
        for (int i = 0; i < width; i++) {
          y[to + cell * channels + c + i] = (float) (columns.totals[i] / size);
        }
      }
    }
  }

  static void max(
      float[] x,
      int xOffset,
      FeatureShape shape,
      int outHeight,
      int outWidth,
      float[] y,
      int yTo,
      int[] index,
      int indexTo) {
    Columns columns = Columns.ofThread(TILE);
    int channels = shape.c();
    for (int cell = 0; cell < shape.n() * outHeight * outWidth; cell++) {
      int o = cell / outWidth;
      int top = Windows.start(o % outHeight, shape.h(), outHeight);
      int bottom = Windows.end(o % outHeight, shape.h(), outHeight);
      int left = Windows.start(cell % outWidth, shape.w(), outWidth);
      int right = Windows.end(cell % outWidth, shape.w(), outWidth);
      int sample = xOffset + o / outHeight * shape.h() * shape.w() * channels;
      for (int c = 0; c < channels; c += TILE) {
        int width = Math.min(TILE, channels - c);
        columns.beginMax(top * shape.w() + left, width);
        for (int h = top; h < bottom; h++) {
          int pixel = h * shape.w() + left;
          int start = sample + pixel * channels + c;
          columns.max(x, start, channels, right - left, pixel, 1, width);
        }
        for (int i = 0; i < width; i++) {
          int pixel = columns.pixels[i];
          y[yTo + cell * channels + c + i] = x[sample + pixel * channels + c + i];
        }
        if (index != null) {
          System.arraycopy(columns.pixels, 0, index, indexTo + cell * channels + c, width);
        }
      }
    }
  }
}
