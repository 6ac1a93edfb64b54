package dev.lanepool.jmh.peers;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;

/**
 * A feature map as a dense tensor of three axes, in the order of its layout, with H and W in one:
 * the same memory, and one axis to reduce.
 */
final class Axes {
  private Axes() {}

  /** N, C, H·W, or N, H·W, C. */
  static long[] extents(Layout layout, FeatureShape shape) {
    return layout == Layout.NCHW
        ? new long[] {shape.n(), shape.c(), shape.planeSize()}
        : new long[] {shape.n(), shape.planeSize(), shape.c()};
  }

  /** Which of them H·W is. */
  static int spatial(Layout layout) {
    return layout == Layout.NCHW ? 2 : 1;
  }
}
