package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.internal.Grid;

/**
 * Adaptive pooling of maps that are not empty: sums and extrema of floats in loops of their own,
 * where they are or copied, the rest in {@link WindowChunks}.
 */
final class WindowPooling {
  private WindowPooling() {}

  /** Whether there are loops of the first kind for this reduction of these maps. */
  private static boolean hasLoops(Reduction r, FeatureMap x) {
    return (isSum(r) || r.indexed()) && (x.hasArray() || CopiedPlanes.serve(x));
  }

  private static boolean isSum(Reduction r) {
    return r == Reduction.MEAN || r == Reduction.SUM;
  }

  /**
   * Reduces all windows.
   *
   * @param index receives the pixels of extrema; or null
   */
  static void pool(
      Reduction r, FeatureMap x, Bins bins, float[] y, int yOffset, int[] index, int indexOffset) {
    Layout layout = x.layout();
    FeatureShape shape = x.shape();
    boolean loops = hasLoops(r, x);
    if (loops && x.hasArray()) {
      pool(r, x.array(), x.offset(), layout, shape, bins, y, yOffset, index, indexOffset);
      return;
    }
    Grid g = Grid.of(layout, shape, bins);
    if (!loops) {
      WindowChunks.pool(r, x, g, y, yOffset, index, indexOffset);
      return;
    }
    Stages s = Stages.ofThread();
    int group = CopiedPlanes.group(layout, g.values());
    for (int n = 0; n < shape.n(); n++) {
      for (int c = 0; c < shape.c(); c += group) {
        int planes = Math.min(group, shape.c() - c);
        g.plane(n, c);
        int to = g.outputPlace(0);
        float[] copy = CopiedPlanes.copy(x, n, c, planes, s);
        pool(r, copy, 0, layout, planes, g, y, yOffset + to, index, indexOffset + to, shape.c());
      }
    }
  }

  /** The same of maps in an array. */
  static void pool(
      Reduction r,
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      Bins bins,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    Grid g = Grid.of(layout, shape, bins);
    boolean rows = layout == Layout.NCHW;
    int planes = rows ? (int) shape.planes() : shape.c();
    for (int n = 0; n < (rows ? 1 : shape.n()); n++) {
      int from = xOffset + n * planes * g.values();
      int to = n * planes * g.cells();
      pool(r, x, from, layout, planes, g, y, yOffset + to, index, indexOffset + to, planes);
    }
  }

  /** Of so many planes, in NHWC adjacent channels whose outputs lie step apart. */
  private static void pool(
      Reduction r,
      float[] x,
      int start,
      Layout layout,
      int planes,
      Grid g,
      float[] y,
      int yTo,
      int[] index,
      int indexTo,
      int step) {
    boolean rows = layout == Layout.NCHW;
    boolean mean = r == Reduction.MEAN;
    boolean min = r == Reduction.MIN;
    if (isSum(r) && rows) {
      BandPooling.sum(mean, x, start, planes, g, y, yTo);
    } else if (isSum(r)) {
      PixelPooling.sum(mean, x, start, planes, g, y, yTo, step);
    } else if (rows) {
      BandPooling.extremum(min, x, start, planes, g, y, yTo, index, indexTo);
    } else {
      PixelPooling.extremum(min, x, start, planes, g, y, yTo, index, indexTo, step);
    }
  }
}
