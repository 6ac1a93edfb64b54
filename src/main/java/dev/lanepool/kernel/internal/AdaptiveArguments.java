package dev.lanepool.kernel.internal;

import static dev.lanepool.kernel.internal.Arguments.apart;
import static dev.lanepool.kernel.internal.Arguments.array;
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
      Bins bins,
      float[] y,
      int yOffset) {
    maps("x", x, xOffset, layout, shape);
    long outputs = outputs(shape, bins);
    array("y", y, yOffset, outputs);
    apart("y", y, yOffset, outputs, "x", x, xOffset, shape.elements());
  }

  /** Checks adaptive pooling of x into y and, unless it is null, index. */
  public static void indexedPooling(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      Bins bins,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    pooling(x, xOffset, layout, shape, bins, y, yOffset);
    if (index != null) {
      index(index, indexOffset, outputs(shape, bins));
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
    FeatureShape shape = x.shape();
    long outputs = outputs(shape, bins);
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
    return outputs;
  }

  /** Checks a gradient gx of adaptive pooling. */
  public static void gradient(
      float[] gy,
      int gyOffset,
      Layout layout,
      FeatureShape shape,
      Bins bins,
      float[] gx,
      int gxOffset) {
    maps("gx", gx, gxOffset, layout, shape);
    long outputs = outputs(shape, bins);
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
      Bins bins,
      float[] gx,
      int gxOffset) {
    gradient(gy, gyOffset, layout, shape, bins, gx, gxOffset);
    long outputs = outputs(shape, bins);
    index(index, indexOffset, outputs);
    if (outputs > 0) {
      int together = layout == Layout.NCHW ? 1 : shape.c();
      int samples = (int) shape.planes() / together;
      inWindows(index, indexOffset, Grid.of(layout, shape, bins), samples, together);
    }
  }

  private static void inWindows(int[] index, int indexOffset, Grid g, int samples, int together) {
    int i = indexOffset;
    for (int sample = 0; sample < samples; sample++) {
      for (int o = 0; o < g.cells(); o++) {
        g.window(o);
        for (int plane = 0; plane < together; plane++, i++) {
          if (!g.has(index[i])) {
            throw outside(index[i], i, g);
          }
        }
      }
    }
  }

  private static IllegalArgumentException outside(int pixel, int i, Grid g) {
    return new IllegalArgumentException(
        "index["
            + i
            + "] is "
            + pixel
            + "; a pixel of its window, "
            + g
            + " of planes "
            + g.width()
            + " wide, was needed");
  }

  private static void index(int[] index, int indexOffset, long outputs) {
    Objects.requireNonNull(index, "index is null; an int[] was needed");
    range("index", index.length, indexOffset, outputs);
  }

  /** How many outputs there are; more than an array can hold where they would pass 2^63. */
  private static long outputs(FeatureShape shape, Bins bins) {
    Objects.requireNonNull(bins, "bins is null; Bins were needed");
    bins.sliceHeight(shape); // an error where slices don't fit
    long cells = bins.outputs();
    long planes = shape.planes();
    return Math.multiplyHigh(planes, cells) == 0 && planes * cells >= 0
        ? planes * cells
        : Long.MAX_VALUE;
  }
}
