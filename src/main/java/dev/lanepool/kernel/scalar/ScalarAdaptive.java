package dev.lanepool.kernel.scalar;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.internal.Windows;

/** Adaptive pooling, window by window. */
final class ScalarAdaptive {
  /** How one window becomes one value, and perhaps an index; see {@link #mean} and {@link #max}. */
  interface Cell {
    /**
     * Reduces the window of rows top to bottom and columns left to right, exclusive, of the plane
     * with pixel (h, w) at x[start + (h·planeWidth + w)·stride], to y[yAt] and index[indexAt].
     */
    void reduce(
        float[] x,
        int start,
        int stride,
        int planeWidth,
        int top,
        int bottom,
        int left,
        int right,
        float[] y,
        int yAt,
        int[] index,
        int indexAt);
  }

  private ScalarAdaptive() {}

  static void pool(
      Cell cell,
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      int outHeight,
      int outWidth,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    int stride = ScalarKernels.stride(layout, shape);
    int cells = outHeight * outWidth;
    for (int plane = 0; plane < shape.planes(); plane++) {
      int start = xOffset + ScalarKernels.start(layout, shape.c(), (int) shape.planeSize(), plane);
      int to = ScalarKernels.start(layout, shape.c(), cells, plane);
      for (int o = 0; o < cells; o++) {
        int top = Windows.start(o / outWidth, shape.h(), outHeight);
        int bottom = Windows.end(o / outWidth, shape.h(), outHeight);
        int left = Windows.start(o % outWidth, shape.w(), outWidth);
        int right = Windows.end(o % outWidth, shape.w(), outWidth);
        int at = to + o * stride;
        cell.reduce(
            x,
            start,
            stride,
            shape.w(),
            top,
            bottom,
            left,
            right,
            y,
            yOffset + at,
            index,
            indexOffset + at);
      }
    }
  }

  /** Columns from top to bottom, then their sums from left to right. */
  static void mean(
      float[] x,
      int start,
      int stride,
      int planeWidth,
      int top,
      int bottom,
      int left,
      int right,
      float[] y,
      int yAt,
      int[] index,
      int indexAt) {
    double sum = 0;
    for (int w = left; w < right; w++) {
      double column = 0;
      for (int h = top; h < bottom; h++) {
        column += x[start + (h * planeWidth + w) * stride];
      }
      sum += column;
    }
    y[yAt] = (float) (sum / ((double) (bottom - top) * (right - left)));
  }

  /** The first of the largest, row by row. */
  static void max(
      float[] x,
      int start,
      int stride,
      int planeWidth,
      int top,
      int bottom,
      int left,
      int right,
      float[] y,
      int yAt,
      int[] index,
      int indexAt) {
    int first = top * planeWidth + left;
    for (int h = top; h < bottom; h++) {
      for (int w = left; w < right; w++) {
        int pixel = h * planeWidth + w;
        if (Float.compare(x[start + pixel * stride], x[start + first * stride]) > 0) {
          first = pixel;
        }
      }
    }
    y[yAt] = x[start + first * stride];
    if (index != null) {
      index[indexAt] = first;
    }
  }
}
