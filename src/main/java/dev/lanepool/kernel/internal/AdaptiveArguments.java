package dev.lanepool.kernel.internal;

import static dev.lanepool.kernel.internal.Arguments.apart;
import static dev.lanepool.kernel.internal.Arguments.array;
import static dev.lanepool.kernel.internal.Arguments.atLeast;
import static dev.lanepool.kernel.internal.Arguments.map;
import static dev.lanepool.kernel.internal.Arguments.maps;
import static dev.lanepool.kernel.internal.Arguments.range;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Ties;
import java.util.Objects;

/** As {@link Arguments}, for adaptive pooling. */
public final class AdaptiveArguments {
  private AdaptiveArguments() {}

  /** Checks adaptive pooling of x into y. */
  public static void pooling(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      int outHeight,
      int outWidth,
      float[] y,
      int yOffset) {
    maps("x", x, xOffset, layout, shape);
    long outputs = outputs(shape, outHeight, outWidth);
    array("y", y, yOffset, outputs);
    apart("y", y, yOffset, outputs, "x", x, xOffset, shape.elements());
  }

  /** Checks adaptive pooling of x into y and, unless it is null, index. */
  public static void indexedPooling(
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
    pooling(x, xOffset, layout, shape, outHeight, outWidth, y, yOffset);
    if (index != null) {
      index(index, indexOffset, outputs(shape, outHeight, outWidth));
    }
  }

  /** Checks adaptive pooling of a map into y. */
  public static void pooling(Reduction r, FeatureMap x, Bins bins, float[] y, int yOffset) {
    long outputs = windows(r, x, bins);
    array("y", y, yOffset, outputs);
    apart("y", y, yOffset, outputs, x);
  }

  /** As {@link #pooling}, and an index for each result. */
  public static void indexedPooling(
      Reduction r, FeatureMap x, Bins bins, float[] y, int yOffset, int[] index, int indexOffset) {
    Arguments.indexed(r, x, index);
    pooling(r, x, bins, y, yOffset);
    index(index, indexOffset, outputs(x.shape(), bins));
  }

  /** Checks a gradient gx of adaptive pooling of a map. */
  public static void gradient(
      Reduction r,
      Ties ties,
      FeatureMap x,
      Bins bins,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    Objects.requireNonNull(ties, "ties is null; FIRST or SHARED was needed");
    long outputs = windows(r, x, bins);
    long elements = x.shape().elements();
    array("gy", gy, gyOffset, outputs);
    array("gx", gx, gxOffset, elements);
    apart("gx", gx, gxOffset, elements, "gy", gy, gyOffset, outputs);
    apart("gx", gx, gxOffset, elements, x);
  }

  /** Checks that every window has as many values as the reduction needs; gives their number. */
  private static long windows(Reduction r, FeatureMap x, Bins bins) {
    map(r, x);
    Objects.requireNonNull(bins, "bins is null; Bins were needed");
    FeatureShape shape = x.shape();
    long smallest =
        (long) Windows.end(0, bins.slices(), bins.outDepth())
            * Windows.end(0, bins.sliceHeight(shape), bins.outHeight())
            * Windows.end(0, shape.w(), bins.outWidth());
    if (smallest <= r.correction()) {
      throw new IllegalArgumentException(
          "bins are "
              + bins
              + ", for "
              + shape
              + " windows of "
              + smallest
              + " values; "
              + r
              + " needs more than "
              + r.correction());
    }
    return outputs(shape, bins);
  }

  /** Checks a gradient gx of adaptive pooling. */
  public static void gradient(
      float[] gy,
      int gyOffset,
      Layout layout,
      FeatureShape shape,
      int outHeight,
      int outWidth,
      float[] gx,
      int gxOffset) {
    maps("gx", gx, gxOffset, layout, shape);
    long outputs = outputs(shape, outHeight, outWidth);
    array("gy", gy, gyOffset, outputs);
    apart("gx", gx, gxOffset, shape.elements(), "gy", gy, gyOffset, outputs);
  }

  /** Checks a gradient gx of adaptive pooling that goes where the indices say. */
  public static void indexedGradient(
      float[] gy,
      int gyOffset,
      int[] index,
      int indexOffset,
      Layout layout,
      FeatureShape shape,
      int outHeight,
      int outWidth,
      float[] gx,
      int gxOffset) {
    gradient(gy, gyOffset, layout, shape, outHeight, outWidth, gx, gxOffset);
    long outputs = outputs(shape, outHeight, outWidth);
    index(index, indexOffset, outputs);
    int cells = outHeight * outWidth;
    int interleaved = layout == Layout.NCHW ? 1 : shape.c();
    for (int i = 0; i < outputs; i++) {
      int o = i / interleaved % cells;
      inWindow(index, indexOffset + i, o / outWidth, o % outWidth, shape, outHeight, outWidth);
    }
  }

  private static void inWindow(
      int[] index, int i, int oh, int ow, FeatureShape shape, int outHeight, int outWidth) {
    int pixel = index[i];
    int h = Math.floorDiv(pixel, shape.w());
    int w = Math.floorMod(pixel, shape.w());
    int top = Windows.start(oh, shape.h(), outHeight);
    int bottom = Windows.end(oh, shape.h(), outHeight);
    int left = Windows.start(ow, shape.w(), outWidth);
    int right = Windows.end(ow, shape.w(), outWidth);
    if (h < top || h >= bottom || w < left || w >= right) {
      throw new IllegalArgumentException(
          "index["
              + i
              + "] is "
              + pixel
              + "; a pixel of its window, rows "
              + top
              + " to "
              + (bottom - 1)
              + " and columns "
              + left
              + " to "
              + (right - 1)
              + " of planes "
              + shape.w()
              + " wide, was needed");
    }
  }

  private static void index(int[] index, int indexOffset, long outputs) {
    Objects.requireNonNull(index, "index is null; an int[] was needed");
    range("index", index.length, indexOffset, outputs);
  }

  private static long outputs(FeatureShape shape, Bins bins) {
    return outputs(shape, bins.outRows(), bins.outWidth());
  }

  /** How many outputs there are; more than an array can hold where they would pass 2^63. */
  private static long outputs(FeatureShape shape, int outHeight, int outWidth) {
    atLeast("outHeight", outHeight, 1);
    atLeast("outWidth", outWidth, 1);
    long cells = (long) outHeight * outWidth;
    long planes = shape.planes();
    return Math.multiplyHigh(planes, cells) == 0 && planes * cells >= 0
        ? planes * cells
        : Long.MAX_VALUE;
  }
}
