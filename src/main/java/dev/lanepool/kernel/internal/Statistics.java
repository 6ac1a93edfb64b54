package dev.lanepool.kernel.internal;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.Reduction;
import java.util.List;

/** Several reductions of the same maps: all of them of a few channels, then of the next few. */
public final class Statistics {
  /** A reduction of a part of the maps. */
  public interface Part {
    /**
     * Reduces planes channels from c on of sample n.
     *
     * @param yOffset where the result of the first plane of all would go in y
     * @param index receives indices; or null
     * @param indexOffset where the index of the first plane of all would go
     */
    void reduce(
        Reduction r,
        FeatureMap x,
        int n,
        int c,
        int planes,
        float[] y,
        int yOffset,
        int[] index,
        int indexOffset);
  }

  private Statistics() {}

  /** Reduces x by each of them, group channels at a time; index may be null. */
  public static void reduce(
      Part part,
      int group,
      List<Reduction> statistics,
      FeatureMap x,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    FeatureShape shape = x.shape();
    int channels = shape.c();
    int kinds = indexed(statistics);
    for (int n = 0; n < shape.n(); n++) {
      int yTo = yOffset + n * (statistics.size() - 1) * channels;
      int indexTo = indexOffset + n * (kinds - 1) * channels;
      for (int c = 0; c < channels; c += group) {
        int planes = Math.min(group, channels - c);
        int kind = 0;
        for (int i = 0; i < statistics.size(); i++) {
          Reduction r = statistics.get(i);
          boolean indices = index != null && r.indexed();
          part.reduce(
              r,
              x,
              n,
              c,
              planes,
              y,
              yTo + i * channels,
              indices ? index : null,
              indexTo + kind * channels);
          kind += indices ? 1 : 0;
        }
      }
    }
  }

  /** How many of them have indices. */
  static int indexed(List<Reduction> statistics) {
    int count = 0;
    for (int i = 0; i < statistics.size(); i++) {
      count += statistics.get(i).indexed() ? 1 : 0;
    }
    return count;
  }
}
