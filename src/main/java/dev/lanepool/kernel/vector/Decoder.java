package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.widen;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.Strides;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads values of any type, storage and strides: into an array of floats, which hold all but
 * float64 exactly, or, where that is null, into the chunk of doubles.
 */
final class Decoder {
  private Decoder() {}

  /** Plane after plane, so many values of each from first on. */
  static void rows(
      FeatureMap x, int n, int c, int planes, long first, int count, float[] floats, Stages s) {
    Strides strides = x.strides();
    int width = x.shape().w();
    if (x.isDense()) {
      run(x, at(x, n, c) + first, 1, planes * count, floats, 0, s);
      return;
    }
    int to = 0;
    for (int plane = 0; plane < planes; plane++) {
      for (int done = 0; done < count; ) {
        long row = (first + done) / width;
        int column = (int) ((first + done) % width);
        int length = Math.min(count - done, width - column);
        long from = at(x, n, c + plane) + row * strides.row() + column * strides.column();
        run(x, from, strides.column(), length, floats, to, s);
        done += length;
        to += length;
      }
    }
  }

  /** Pixel after pixel, so many channels of each. */
  static void pixels(
      FeatureMap x, int n, int c, int planes, long first, int count, float[] floats, Stages s) {
    Strides strides = x.strides();
    int width = x.shape().w();
    if (x.isDense() && planes == x.shape().c()) {
      run(x, at(x, n, c) + first * planes, 1, planes * count, floats, 0, s);
      return;
    }
    for (int i = 0; i < count; i++) {
      long row = (first + i) / width;
      long column = (first + i) % width;
      long from = at(x, n, c) + row * strides.row() + column * strides.column();
      run(x, from, strides.channel(), planes, floats, i * planes, s);
    }
  }

  /** The channels of s of adjacent pixels of a row, to s.values[to..]. */
  static void piece(int h, int w, int count, int to, Stages s) {
    FeatureMap x = s.x;
    Strides strides = x.strides();
    int planes = s.planes;
    long from = at(x, s.n, s.c) + h * strides.row() + w * strides.column();
    if (planes == 1) {
      run(x, from, strides.column(), count, null, to, s);
    } else if (strides.column() == planes * strides.channel()) {
      run(x, from, strides.channel(), planes * count, null, to, s);
    } else {
      for (int i = 0; i < count; i++) {
        run(x, from + i * strides.column(), strides.channel(), planes, null, to + i * planes, s);
      }
    }
  }

  private static long at(FeatureMap x, int n, int c) {
    return x.position() + n * x.strides().batch() + c * x.strides().channel();
  }

  /** Values that lie stride apart from a place on, to floats[to..] or s.values[to..]. */
  private static void run(
      FeatureMap x, long from, long stride, int count, float[] floats, int to, Stages s) {
    if (floats != null) {
      FloatReader.read(x, from, stride, count, floats, to, s);
    } else if (x.type() == ElementType.FLOAT64) {
      doubles(x, from, stride, count, to, s);
    } else if (x.type() == ElementType.FLOAT32 && x.base() instanceof float[]) {
      int at = (int) (x.segment().address() / Float.BYTES + from);
      widenAll((float[]) x.base(), at, (int) stride, count, s.values, to);
    } else {
      FloatReader.read(x, from, stride, count, s.floats, 0, s);
      widenAll(s.floats, 0, 1, count, s.values, to);
    }
  }

  private static void doubles(FeatureMap x, long from, long stride, int count, int to, Stages s) {
    MemorySegment segment = x.segment();
    long at = from * Double.BYTES;
    if (stride == 1) {
      MemorySegment.copy(segment, ValueLayout.JAVA_DOUBLE_UNALIGNED, at, s.values, to, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      s.values[to + i] = x.type().read(segment, at + i * stride * Double.BYTES);
    }
  }

  private static void widenAll(
      float[] from, int start, int stride, int count, double[] to, int at) {
    int i = 0;
    if (stride == 1) {
      for (; i <= count - DOUBLE_LANES; i += DOUBLE_LANES) {
        widen(from, start + i).intoArray(to, at + i);
      }
    }
    for (; i < count; i++) {
      to[at + i] = from[start + i * stride];
    }
  }
}
