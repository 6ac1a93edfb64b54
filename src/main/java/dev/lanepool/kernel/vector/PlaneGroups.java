package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.internal.SumOrder;

/**
 * Hands the planes of a batch to a reduction, a few at a time, and its results on to the caller's
 * arrays. A plane is numbered n·C + c in either layout.
 */
final class PlaneGroups {
  /** Values that the L2 cache holds. */
  private static final int CACHED = 64 * 1024;

  /** Values of rows that the L1 cache holds; with fewer, the loops would begin more often. */
  private static final int ROWS = 2 * SumOrder.BLOCK;

  /** Adjacent channels that are worth a pass over the pixels. */
  private static final int MIN_ADJACENT = 64;

  private PlaneGroups() {}

  /**
   * Reduces all planes.
   *
   * @param forms the operation
   * @param y receives s.first
   * @param z receives s.second; or null
   * @param index receives s.index; or null
   */
  static void reduce(
      Forms forms,
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] y,
      int yOffset,
      float[] z,
      int zOffset,
      int[] index,
      int indexOffset) {
    int planes = (int) shape.planes();
    if (planes > 0) { // the extents of empty maps need not fit the arithmetic
      int channels = shape.c();
      int n = (int) shape.planeSize();
      reduce(
          forms,
          x,
          xOffset,
          layout,
          channels,
          n,
          0,
          planes,
          y,
          yOffset,
          z,
          zOffset,
          index,
          indexOffset);
    }
  }

  /**
   * Reduces planes of n values from first to last, exclusive: of any samples, or channels of one.
   */
  static void reduce(
      Forms forms,
      float[] x,
      int xOffset,
      Layout layout,
      int channels,
      int n,
      int first,
      int last,
      float[] y,
      int yOffset,
      float[] z,
      int zOffset,
      int[] index,
      int indexOffset) {
    Scratch s = Scratch.ofThread();
    boolean rows = layout == Layout.NCHW || channels == 1;
    for (int plane = first; plane < last; ) {
      int channel = plane % channels;
      int count = 1;
      if (rows && n <= SumOrder.BLOCK) {
        count = Math.min(Math.max(2, rows(n)), last - plane); // two are summed together
        forms.rows().reduce(x, xOffset + plane * n, 1, n, count, s);
      } else if (rows) {
        forms.blocks().reduce(x, xOffset + plane * n, 1, n, 1, s);
      } else if (FewChannels.serve(channels, n)) {
        plane -= channel;
        count = channels;
        forms.few().reduce(x, xOffset + plane * n, channels, n, channels, s);
      } else {
        count = wholeVectors(Math.min(channels - channel, last - plane));
        // The last group of a sample reaches back, so that no lane is beyond its channels.
        int back = Math.max(0, channel + count - channels);
        int start = xOffset + (plane - channel) * n + channel - back;
        forms.pixels().reduce(x, start, channels, n, count, s);
        plane -= back;
      }
      int from = Math.max(first, plane); // what a group has of others is not kept
      int kept = Math.min(last, plane + count) - from;
      copy(s, from - plane, kept, y, yOffset + from, z, zOffset + from, index, indexOffset + from);
      plane += count;
    }
  }

  /** How many channels fit the L2 cache, so that it has them for one operation after another. */
  static int cached(Layout layout, FeatureShape shape) {
    long n = shape.planeSize();
    int planes = Math.clamp(CACHED / n, 1, Scratch.CHANNELS);
    if (layout == Layout.NCHW) {
      return planes;
    }
    if (FewChannels.serve(shape.c(), n)) {
      return shape.c(); // they are reduced together in any case
    }
    // Adjacent channels share lines of memory.
    return Math.max(MIN_ADJACENT, planes & -FLOAT_LANES);
  }

  /**
   * How many planes fit the L1 cache, where some operations read them twice; of many, as many as
   * are folded together.
   */
  static int rows(int n) {
    return rows(ROWS, n);
  }

  /** The same of planes that are copied into a block of scratch. */
  static int copiedRows(int n) {
    return rows(SumOrder.BLOCK, n);
  }

  private static int rows(int values, int n) {
    int count = Math.clamp(values / n, 1, Scratch.PLANES);
    return count < FLOAT_LANES ? count : count & -FLOAT_LANES;
  }

  /**
   * As many whole vectors of channels as are left, a group at the most; or one that reaches back.
   */
  static int wholeVectors(int channels) {
    int count = Math.min(Scratch.CHANNELS, channels);
    return Math.max(FLOAT_LANES, count - count % FLOAT_LANES);
  }

  private static void copy(
      Scratch s,
      int from,
      int count,
      float[] y,
      int yTo,
      float[] z,
      int zTo,
      int[] index,
      int indexTo) {
    System.arraycopy(s.first, from, y, yTo, count);
    if (z != null) {
      System.arraycopy(s.second, from, z, zTo, count);
    }
    if (index != null) {
      System.arraycopy(s.index, from, index, indexTo, count);
    }
  }
}
