package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;

/** Working memory of the calling thread, so that layers allocate nothing once warm. */
final class LayerScratch {
  private static final ThreadLocal<float[]> FLOATS = ThreadLocal.withInitial(() -> new float[0]);
  private static final ThreadLocal<FeatureMap> MAP =
      ThreadLocal.withInitial(() -> FeatureMap.allocate(Layout.NCHW, new FeatureShape(0, 0, 0, 0)));

  private LayerScratch() {}

  /** So many floats at least, whatever they are; the next call gives the same ones. */
  static float[] floats(int size) {
    float[] floats = FLOATS.get();
    if (floats.length < size) {
      floats = new float[size];
      FLOATS.set(floats);
    }
    return floats;
  }

  /**
   * The map itself where it is a float array without gaps, else a copy that is one, until the next
   * call.
   */
  static FeatureMap onHeap(FeatureMap map) {
    if (map.hasArray()) {
      return map;
    }
    FeatureMap copy = MAP.get();
    if (copy.layout() != map.layout() || !copy.shape().equals(map.shape())) {
      copy = FeatureMap.allocate(map.layout(), map.shape());
      MAP.set(copy);
    }
    map.copyTo(copy);
    return copy;
  }
}
