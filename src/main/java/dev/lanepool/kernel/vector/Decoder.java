package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.widen;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.Strides;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads values of any type, storage and strides into a chunk of doubles. */
final class Decoder {
  private Decoder() {}

  /** Plane after plane, so many values of each from first on. */
  static void rows(FeatureMap x, int n, int c, int planes, long first, int count, Stages s) {
    Strides strides = x.strides();
    int width = x.shape().w();
    if (x.isDense()) {
      run(x, at(x, n, c) + first, 1, planes * count, 0, s);
      return;
    }
    int to = 0;
    for (int plane = 0; plane < planes; plane++) {
      for (int done = 0; done < count; ) {
        long row = (first + done) / width;
        int column = (int) ((first + done) % width);
        int length = Math.min(count - done, width - column);
        long from = at(x, n, c + plane) + row * strides.row() + column * strides.column();
        run(x, from, strides.column(), length, to, s);
        done += length;
        to += length;
      }
    }
  }

  /** Pixel after pixel, so many channels of each. */
  static void pixels(FeatureMap x, int n, int c, int planes, long first, int count, Stages s) {
    Strides strides = x.strides();
    int width = x.shape().w();
    if (x.isDense() && planes == x.shape().c()) {
      run(x, at(x, n, c) + first * planes, 1, planes * count, 0, s);
      return;
    }
    for (int i = 0; i < count; i++) {
      long row = (first + i) / width;
      long column = (first + i) % width;
      long from = at(x, n, c) + row * strides.row() + column * strides.column();
      run(x, from, strides.channel(), planes, i * planes, s);
    }
  }

  private static long at(FeatureMap x, int n, int c) {
    return x.position() + n * x.strides().batch() + c * x.strides().channel();
  }

  /** Values that lie stride apart from a place on, to s.values[to..]. */
  private static void run(FeatureMap x, long from, long stride, int count, int to, Stages s) {
    MemorySegment segment = x.segment();
    ElementType type = x.type();
    long at = from * type.bytes();
    if (stride != 1) {
      for (int i = 0; i < count; i++) {
        s.values[to + i] = type.read(segment, at + i * stride * type.bytes());
      }
      return;
    }
    switch (type) {
      case FLOAT32 -> {
        if (x.base() instanceof float[]) {
          widenAll(
              (float[]) x.base(),
              (int) ((segment.address() + at) / Float.BYTES),
              count,
              s.values,
              to);
        } else {
          MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT_UNALIGNED, at, s.floats, 0, count);
          widenAll(s.floats, 0, count, s.values, to);
        }
      }
      case FLOAT64 ->
          MemorySegment.copy(segment, ValueLayout.JAVA_DOUBLE_UNALIGNED, at, s.values, to, count);
      case FLOAT16 -> {
        shorts(segment, at, count, s);
        for (int i = 0; i < count; i++) {
          s.floats[i] = Float.float16ToFloat(s.shorts[i]);
        }
        widenAll(s.floats, 0, count, s.values, to);
      }
      case BFLOAT16 -> {
        shorts(segment, at, count, s);
        for (int i = 0; i < count; i++) {
          s.floats[i] = Float.intBitsToFloat(s.shorts[i] << 16);
        }
        widenAll(s.floats, 0, count, s.values, to);
      }
      case INT8 -> {
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, s.bytes, 0, count);
        for (int i = 0; i < count; i++) {
          s.values[to + i] = s.bytes[i];
        }
      }
      case UINT8 -> {
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, s.bytes, 0, count);
        for (int i = 0; i < count; i++) {
          s.values[to + i] = s.bytes[i] & 0xff;
        }
      }
    }
  }

  private static void shorts(MemorySegment segment, long at, int count, Stages s) {
    MemorySegment.copy(segment, ValueLayout.JAVA_SHORT_UNALIGNED, at, s.shorts, 0, count);
  }

  private static void widenAll(float[] from, int start, int count, double[] to, int at) {
    int i = 0;
    for (; i <= count - DOUBLE_LANES; i += DOUBLE_LANES) {
      widen(from, start + i).intoArray(to, at + i);
    }
    for (; i < count; i++) {
      to[at + i] = from[start + i];
    }
  }
}
