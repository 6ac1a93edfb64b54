package dev.lanepool.layer;

/** Working memory of the calling thread, so that layers allocate nothing once warm. */
final class LayerScratch {
  private static final ThreadLocal<float[]> FLOATS = ThreadLocal.withInitial(() -> new float[0]);

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
}
