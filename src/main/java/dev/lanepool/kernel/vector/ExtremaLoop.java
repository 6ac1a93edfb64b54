package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.max;
import static dev.lanepool.kernel.vector.Lanes.min;
import static dev.lanepool.kernel.vector.Lanes.unsignedMax;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Joins pixels to the rows of extrema that {@link PixelExtrema} keeps, from s.channel on, and adds
 * them to s.check. One of {@link Copies}.
 */
final class ExtremaLoop implements Loop<Object> {
  /** What becomes of the pixels. */
  enum Step {
    /** One begins the rows. */
    BEGIN,
    /** They are joined to the signed maxima. */
    JOIN_MAXIMA,
    /** They are joined to the unsigned maxima and the signed minima. */
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
      begin(x, s.from, start, width, s.extrema, s.channel, s.check);
      return;
    }
    for (int pixel = 0; pixel < n; ) {
      // One pixel four times at the end: what stood there in code of its own was boxed.
      int pixels = n - pixel >= 4 ? 4 : 1;
      joinFour(x, start + pixel * stride, pixels == 4 ? stride : 0, width, s);
      pixel += pixels;
    }
  }

  private static void begin(
      Object x, long from, int start, int width, int[] e, int to, float[] check) {
    FloatVector sum = FloatVector.fromArray(FLOATS, check, 0);
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector bits = bits(x, from, start, c);
      sum = exact(sum).add(bits.reinterpretAsFloats());
      bits.intoArray(e, to + c);
      bits.intoArray(e, TILE + to + c);
      bits.intoArray(e, 2 * TILE + to + c);
    }
    exact(sum).intoArray(check, 0);
  }

  private static void joinFour(Object x, int start, int stride, int width, Scratch s) {
    if (FORM.step() == Step.JOIN_MAXIMA) {
      joinMaxima(x, s.from, start, stride, width, s.extrema, s.channel, s.check);
    } else {
      joinMinima(x, s.from, start, stride, width, s.extrema, s.channel, s.check);
    }
  }

  private static void joinMaxima(
      Object x, long from, int start, int stride, int width, int[] e, int to, float[] check) {
    FloatVector sum = FloatVector.fromArray(FLOATS, check, 0);
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector p = bits(x, from, start, c);
      IntVector q = bits(x, from, start + stride, c);
      IntVector r = bits(x, from, start + 2 * stride, c);
      IntVector t = bits(x, from, start + 3 * stride, c);
      sum = exact(sum).add(add(add(p, q), add(r, t)));
      max(at(e, to + c), max(max(p, q), max(r, t))).intoArray(e, to + c);
    }
    exact(sum).intoArray(check, 0);
  }

  private static void joinMinima(
      Object x, long from, int start, int stride, int width, int[] e, int to, float[] check) {
    FloatVector sum = FloatVector.fromArray(FLOATS, check, 0);
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector p = bits(x, from, start, c);
      IntVector q = bits(x, from, start + stride, c);
      IntVector r = bits(x, from, start + 2 * stride, c);
      IntVector t = bits(x, from, start + 3 * stride, c);
      sum = exact(sum).add(add(add(p, q), add(r, t)));
      unsignedMax(at(e, TILE + to + c), unsignedMax(unsignedMax(p, q), unsignedMax(r, t)))
          .intoArray(e, TILE + to + c);
      min(at(e, 2 * TILE + to + c), min(min(p, q), min(r, t))).intoArray(e, 2 * TILE + to + c);
    }
    exact(sum).intoArray(check, 0);
  }

  private static FloatVector add(IntVector a, IntVector b) {
    return a.reinterpretAsFloats().add(b.reinterpretAsFloats());
  }

  private static FloatVector add(FloatVector a, FloatVector b) {
    return a.add(b);
  }

  private static IntVector bits(Object x, long from, int start, int c) {
    long place = Segments.place(FORM.segment(), from, start);
    return Segments.bits(FORM.segment(), x, place, Segments.index(FORM.segment(), start) + c);
  }
}
