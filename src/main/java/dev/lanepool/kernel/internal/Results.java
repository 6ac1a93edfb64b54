package dev.lanepool.kernel.internal;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import java.lang.foreign.MemorySegment;

/**
 * Where a call's results go: a float array or a map of any type, and an array of indices where
 * there are such. One per thread, so that a call makes none.
 */
public final class Results {
  private static final ThreadLocal<Results> OF_THREAD = ThreadLocal.withInitial(Results::new);

  private float[] y;
  private FeatureMap map;
  private int yOffset;
  private int[] index;
  private int indexOffset;

  private Results() {}

  /** Results to y, and to index unless it is null. */
  public static Results to(float[] y, int yOffset, int[] index, int indexOffset) {
    Results results = OF_THREAD.get();
    results.set(y, null, yOffset, index, indexOffset);
    return results;
  }

  /** Results to the map [N, C, 1, 1], rounded once to its type. */
  public static Results to(FeatureMap map) {
    Results results = OF_THREAD.get();
    results.set(null, map, 0, null, 0);
    return results;
  }

  private void set(float[] y, FeatureMap map, int yOffset, int[] index, int indexOffset) {
    this.y = y;
    this.map = map;
    this.yOffset = yOffset;
    this.index = index;
    this.indexOffset = indexOffset;
  }

  /** Lets go of the caller's memory. */
  public void release() {
    set(null, null, 0, null, 0);
  }

  /** Whether indices are wanted. */
  public boolean indexed() {
    return index != null;
  }

  /** Writes the i-th result, rounded to float. */
  public void put(int i, double value) {
    y[yOffset + i] = (float) value;
  }

  /** Writes the i-th result and, where indices are wanted, its pixel. */
  public void put(int i, float value, int pixel) {
    y[yOffset + i] = value;
    if (index != null) {
      index[indexOffset + i] = pixel;
    }
  }

  /** Writes n results from the i-th on: quotients, rounded to float. */
  public void putQuotients(int i, double[] sums, double divisor, int n) {
    float[] to = y;
    int first = yOffset + i;
    for (int k = 0; k < n; k++) {
      to[first + k] = (float) (sums[k] / divisor);
    }
  }

  /** Writes n results from the i-th on. */
  public void put(int i, float[] values, int n) {
    System.arraycopy(values, 0, y, yOffset + i, n);
  }

  /** Writes n pixels from that of the i-th result on, where indices are wanted. */
  public void putPixels(int i, int[] pixels, int n) {
    if (index != null) {
      System.arraycopy(pixels, 0, index, indexOffset + i, n);
    }
  }

  /** Writes the results of adjacent channels; plane n·C + c is the first one's. */
  public void store(int n, int c, int channels, int count, double[] values, long[] pixels) {
    if (map != null) {
      store(n, c, count, values);
      return;
    }
    int plane = n * channels + c;
    for (int i = 0; i < count; i++) {
      y[yOffset + plane + i] = (float) values[i];
    }
    if (index != null) {
      for (int i = 0; i < count; i++) {
        index[indexOffset + plane + i] = (int) pixels[i];
      }
    }
  }

  private void store(int n, int c, int count, double[] values) {
    ElementType type = map.type();
    MemorySegment segment = map.segment();
    for (int i = 0; i < count; i++) {
      type.write(segment, map.position(n, c + i, 0, 0) * type.bytes(), values[i]);
    }
  }
}
