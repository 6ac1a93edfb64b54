package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.internal.Windows;

/**
 * Adaptive pooling of NCHW maps. The windows of one output row have the same rows: a band of the
 * plane, whose columns are reduced in lanes, and then window by window.
 */
final class BandPooling {
  private BandPooling() {}

  static void mean(
      float[] x, int xOffset, FeatureShape shape, int outHeight, int outWidth, float[] y, int to) {
    Columns columns = Columns.ofThread(Math.max(shape.w(), outWidth));
    columns.findWindows(shape.w(), outWidth);
    for (int band = 0; band < shape.planes() * outHeight; band++) {
      int top = Windows.start(band % outHeight, shape.h(), outHeight);
      int rows = Windows.end(band % outHeight, shape.h(), outHeight) - top;
      int start = xOffset + (band / outHeight * shape.h() + top) * shape.w();
      columns.sum(x, start, shape.w(), rows, shape.w());
      means(columns, rows, outWidth, y, to + band * outWidth);
    }
  }

  private static void means(Columns columns, int rows, int out, float[] y, int to) {
    for (int o = 0; o < out; o++) {
      int left = columns.lefts[o];
      int right = columns.rights[o];
      double sum = 0;
      for (int w = left; w < right; w++) {
        sum += columns.sums[w];
      }
      y[to + o] = (float) (sum / ((double) rows * (right - left)));
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
    int width = shape.w();
    Columns columns = Columns.ofThread(Math.max(width, outWidth));
    columns.findWindows(width, outWidth);
    for (int band = 0; band < shape.planes() * outHeight; band++) {
      int plane = xOffset + band / outHeight * shape.h() * width;
      int bottom = Windows.end(band % outHeight, shape.h(), outHeight);
      int top = Windows.start(band % outHeight, shape.h(), outHeight);
      columns.beginMax(top * width, width);
      int first = top * width;
      columns.max(x, plane + first, width, bottom - top, first, width, width);
      for (int o = 0; o < outWidth; o++) {
        int pixel = first(columns, columns.lefts[o], columns.rights[o]);
        y[yTo + band * outWidth + o] = x[plane + pixel];
        if (index != null) {
          index[indexTo + band * outWidth + o] = pixel;
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
