package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.max;
import static dev.lanepool.kernel.vector.Lanes.min;
import static dev.lanepool.kernel.vector.Lanes.unsignedMax;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;

/** Joins pixels to the rows of extrema that {@link PixelExtrema} keeps. One of {@link Copies}. */
final class ExtremaLoop implements Loop<Object> {
  /** What becomes of the pixels. */
  enum Step {
    /** One begins the rows. */
    BEGIN,
    /** They are joined to the signed and the unsigned maxima. */
    JOIN_MAXIMA,
    /** They are joined to the signed minima. */
    JOIN_MINIMA
  }

  private record Form(Step step, boolean segment) {}

  private static final int TILE = Scratch.CHANNELS;

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /** The loop over pixels in a segment, where places count from s.from on, or in an array. */
  static LoopBoundary of(Step step, boolean segment) {
    return Copies.of(MethodHandles.lookup(), new Form(step, segment));
  }

  @Override
  public void reduce(Object x, int start, int stride, int n, int width, Scratch s) {
    if (FORM.step() == Step.BEGIN) {
      begin(x, s.from, start, width, s.extrema);
    } else if (FORM.step() == Step.JOIN_MAXIMA) {
      join(x, s.from, start, stride, n, width, s.extrema);
    } else {
      joinMinima(x, s.from, start, stride, n, width, s.extrema);
    }
  }

  private static void begin(Object x, long from, int start, int width, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector bits = bits(x, from, start + c);
      bits.intoArray(e, c);
      bits.intoArray(e, TILE + c);
      bits.intoArray(e, 2 * TILE + c);
    }
  }

  private static void join(Object x, long from, int start, int stride, int n, int width, int[] e) {
    int pixel = 0;
    for (; pixel <= n - 4; pixel += 4) {
      joinFour(x, from, start + pixel * stride, stride, width, e);
    }
    for (; pixel < n; pixel++) {
      joinFour(
          x, from, start + pixel * stride, 0, width, e); // a loop of its own for this was boxed
    }
  }

  private static void joinFour(Object x, long from, int start, int stride, int width, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      int i = start + c;
      IntVector p = bits(x, from, i);
      IntVector q = bits(x, from, i + stride);
      IntVector r = bits(x, from, i + 2 * stride);
      IntVector t = bits(x, from, i + 3 * stride);
      max(at(e, c), max(max(p, q), max(r, t))).intoArray(e, c);
      unsignedMax(at(e, TILE + c), unsignedMax(unsignedMax(p, q), unsignedMax(r, t)))
          .intoArray(e, TILE + c);
    }
  }

  private static void joinMinima(
      Object x, long from, int start, int stride, int n, int width, int[] e) {
    int pixel = 0;
    for (; pixel <= n - 4; pixel += 4) {
      joinFourMinima(x, from, start + pixel * stride, stride, width, e);
    }
    for (; pixel < n; pixel++) {
      joinFourMinima(x, from, start + pixel * stride, 0, width, e);
    }
  }

  private static void joinFourMinima(
      Object x, long from, int start, int stride, int width, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      int i = start + c;
      IntVector least = min(bits(x, from, i), bits(x, from, i + stride));
      least = min(least, min(bits(x, from, i + 2 * stride), bits(x, from, i + 3 * stride)));
      min(at(e, 2 * TILE + c), least).intoArray(e, 2 * TILE + c);
    }
  }

  private static IntVector bits(Object x, long from, int i) {
    return FORM.segment()
        ? Segments.bits((MemorySegment) x, from + (long) i * Float.BYTES)
        : Lanes.bits((float[]) x, i);
  }
}
