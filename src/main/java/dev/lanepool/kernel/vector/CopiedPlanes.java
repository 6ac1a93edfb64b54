package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;

/**
 * Maps of other types than float32, other storages than arrays, and with gaps: a few planes at a
 * time are copied to an array of floats, which hold their values exactly, and reduced there.
 */
final class CopiedPlanes {
  /** Floats of the copy, which stays in the L2 cache. */
  private static final int VALUES = 1 << 15;

  private static final ThreadLocal<float[]> COPY =
      ThreadLocal.withInitial(() -> new float[VALUES + Stages.SLACK]);

  private CopiedPlanes() {}

  /** Whether floats hold the values, and the copy a vector's planes of them. */
  static boolean serve(FeatureMap x) {
    FeatureShape shape = x.shape();
    int planes = x.layout() == Layout.NCHW ? 1 : Math.min(FLOAT_LANES, shape.c());
    return x.type() != ElementType.FLOAT64
        && shape.elements() > 0
        && shape.planeSize() <= VALUES / planes;
  }

  /**
   * Reduces channels from first to last, exclusive, of sample n; as {@link PlaneGroups#reduce}.
   *
   * @param index receives indices; or null
   */
  static void reduce(
      Forms forms,
      FeatureMap x,
      int n,
      int first,
      int last,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    Layout layout = x.layout();
    Stages s = Stages.ofThread();
    int size = (int) x.shape().planeSize();
    int group = group(layout, size);
    for (int c = first; c < last; c += group) {
      int planes = Math.min(group, last - c);
      int plane = n * x.shape().c() + c;
      PlaneGroups.reduce(
          forms,
          copy(x, n, c, planes, s),
          0,
          layout,
          planes,
          size,
          0,
          planes,
          y,
          yOffset + plane,
          null,
          0,
          index,
          indexOffset + plane);
    }
  }

  /** The values of channels c.. of sample n, until the thread's next copy. */
  static float[] copy(FeatureMap x, int n, int c, int planes, Stages s) {
    float[] copy = COPY.get();
    int size = (int) x.shape().planeSize();
    if (x.layout() == Layout.NCHW) {
      Decoder.rows(x, n, c, planes, 0, size, copy, s);
    } else {
      Decoder.pixels(x, n, c, planes, 0, size, copy, s);
    }
    return copy;
  }

  /** How many planes at once: of contiguous ones no more than the L1 cache holds, as it can. */
  static int group(Layout layout, int size) {
    if (layout == Layout.NCHW) {
      return PlaneGroups.copiedRows(size);
    }
    int planes = VALUES / size;
    return planes < FLOAT_LANES ? planes : planes & -FLOAT_LANES;
  }
}
