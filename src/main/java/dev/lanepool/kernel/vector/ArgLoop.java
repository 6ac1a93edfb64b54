package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Compares pixels with the greatest rank of every channel so far, in s.extrema, and the pixel that
 * it was found at, in s.index, both from s.channel on; the lanes are channels. Four pixels at a
 * time, of which the first is s.position; they are added to s.check. One of {@link Copies}.
 */
final class ArgLoop implements Loop<Object> {
  private record Form(boolean minimum, boolean anyNaN, boolean segment) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /**
   * The loop that finds minima, which are the maxima with the other sign, or maxima; of numbers
   * only, or where there may be a NaN; in a segment, where places count from s.from on, or in an
   * array.
   */
  static LoopBoundary of(boolean minimum, boolean anyNaN, boolean segment) {
    return Copies.of(MethodHandles.lookup(), new Form(minimum, anyNaN, segment));
  }

  @Override
  public void reduce(Object x, int start, int stride, int n, int width, Scratch s) {
    for (int i = 0; i < n; i += 4) {
      compareFour(x, s.from, start + i * stride, stride, s.position + i, width, s);
    }
  }

  private static void compareFour(
      Object x, long from, int start, int stride, int pixel, int width, Scratch s) {
    int to = s.channel;
    FloatVector sum = FloatVector.fromArray(FLOATS, s.check, 0);
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector rank = at(s.extrema, to + c);
      IntVector first = at(s.index, to + c);
      for (int k = 0; k < 4; k++) {
        IntVector bits = bits(x, from, start + c + k * stride);
        sum = exact(sum).add(bits.reinterpretAsFloats());
        IntVector next = ranks(bits);
        VectorMask<Integer> greater = next.compare(GT, exact(rank));
        rank = exact(rank).blend(next, greater);
        first = exact(first).blend(pixel + k, greater);
      }
      exact(rank).intoArray(s.extrema, to + c);
      exact(first).intoArray(s.index, to + c);
    }
    exact(sum).intoArray(s.check, 0);
  }

  private static IntVector ranks(IntVector bits) {
    IntVector turned = FORM.minimum() ? bits.lanewise(XOR, Integer.MIN_VALUE) : bits;
    return FORM.anyNaN() ? Extrema.ranks(turned) : Extrema.keys(turned);
  }

  private static IntVector bits(Object x, long from, int i) {
    return Segments.bits(FORM.segment(), x, from, i);
  }
}
