package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.lang.foreign.MemorySegment;

/**
 * Hands maps of floats in native memory, which are read where they are, to a reduction, a few
 * planes at a time: as {@link PlaneGroups} those in arrays.
 */
final class NativePlanes {
  /** Values of a sample, so that places in it, in bytes, are integers. */
  private static final int VALUES = Integer.MAX_VALUE / Float.BYTES;

  private NativePlanes() {}

  /** Whether these maps are such ones, and rows fill vectors. */
  static boolean serve(FeatureMap x) {
    FeatureShape shape = x.shape();
    return Segments.serve(x, ElementType.FLOAT32)
        && shape.elements() > 0
        && shape.elements() / shape.n() <= VALUES
        && (x.layout() == Layout.NHWC || shape.planeSize() >= FLOAT_LANES);
  }

  /** As {@link CopiedPlanes#reduce}: channels from first to last, exclusive, of sample n. */
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
    Scratch s = Scratch.ofThread();
    MemorySegment segment = x.segment();
    FeatureShape shape = x.shape();
    int channels = shape.c();
    int size = (int) shape.planeSize();
    for (int c = first; c < last; ) {
      int count;
      int at = c;
      if (x.layout() == Layout.NCHW) {
        count = Math.min(PlaneGroups.rows(size), last - c);
        s.from = from(x, n, (long) c * size);
        forms.segmentRows().reduce(segment, 0, size, size, count, s);
      } else if (FewChannels.serve(channels, size)) {
        count = channels;
        at = 0;
        s.from = from(x, n, 0);
        forms.few().reduce(segment, 0, channels, size, channels, s);
      } else {
        count = PlaneGroups.wholeVectors(last - c);
        // The last group of a sample reaches back, so that no lane is beyond its channels.
        at = Math.min(c, channels - count);
        s.from = from(x, n, at);
        forms.segmentPixels().reduce(segment, 0, channels, size, count, s);
      }
      int kept = Math.min(at + count, last) - c;
      int to = n * channels + c;
      System.arraycopy(s.first, c - at, y, yOffset + to, kept);
      if (index != null) {
        System.arraycopy(s.index, c - at, index, indexOffset + to, kept);
      }
      c += kept;
    }
  }

  private static long from(FeatureMap x, int n, long place) {
    return (x.position() + n * x.strides().batch() + place) * Float.BYTES;
  }
}
