package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.internal.Grid;
import dev.lanepool.kernel.internal.Results;

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

  /** Reduces all windows. */
  static void pool(Reduction r, FeatureMap x, Bins bins, Results results) {
    Layout layout = x.layout();
    FeatureShape shape = x.shape();
    boolean loops = hasLoops(r, x);
    if (loops && x.hasArray()) {
      pool(r, x.array(), x.offset(), layout, shape, bins, results);
      return;
    }
    Grid g = Grid.of(layout, shape, bins);
    if (loops) {
      copied(r, x, g, results);
    } else {
      WindowChunks.pool(r, x, g, results);
    }
    results.release();
  }

  private static void copied(Reduction r, FeatureMap x, Grid g, Results results) {
    Stages s = Stages.ofThread();
    int channels = x.shape().c();
    int group = CopiedPlanes.group(x.layout(), g.values());
    for (int n = 0; n < x.shape().n(); n++) {
      for (int c = 0; c < channels; c += group) {
        int planes = Math.min(group, channels - c);
        g.plane(n, c);
        pool(r, CopiedPlanes.copy(x, n, c, planes, s), 0, x.layout(), planes, g, results);
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
      Results results) {
    Grid g = Grid.of(layout, shape, bins);
    boolean rows = layout == Layout.NCHW;
    int planes = rows ? (int) shape.planes() : shape.c();
    for (int n = 0; n < (rows ? 1 : shape.n()); n++) {
      g.plane(n, 0);
      pool(r, x, xOffset + n * planes * g.values(), layout, planes, g, results);
    }
    results.release();
  }

  /** Of so many planes from that on which g is at, in NHWC adjacent channels. */
  private static void pool(
      Reduction r, float[] x, int start, Layout layout, int planes, Grid g, Results results) {
    boolean rows = layout == Layout.NCHW;
    boolean mean = r == Reduction.MEAN;
    boolean min = r == Reduction.MIN;
    if (isSum(r) && rows) {
      BandPooling.sum(mean, x, start, planes, g, results);
    } else if (isSum(r)) {
      PixelPooling.sum(mean, x, start, planes, g, results);
    } else if (rows) {
      BandPooling.extremum(min, x, start, planes, g, results);
    } else {
      PixelPooling.extremum(min, x, start, planes, g, results);
    }
  }
}
