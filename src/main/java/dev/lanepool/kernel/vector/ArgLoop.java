package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Compares pixels with the greatest rank of every channel so far, in s.extrema, and the pixel that
 * it was found at, in s.index; the lanes are channels. Four pixels at a time, of which the first is
 * s.position. One of {@link Copies}.
 */
final class ArgLoop implements Loop<Object> {
  private record Form(boolean minimum, boolean segment) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /**
   * The loop that finds minima, which are the maxima with the other sign, or maxima; in a segment,
   * where places count from s.from on, or in an array.
   */
  static LoopBoundary of(boolean minimum, boolean segment) {
    return Copies.of(MethodHandles.lookup(), new Form(minimum, segment));
  }

  @Override
  public void reduce(Object x, int start, int stride, int n, int width, Scratch s) {
    for (int i = 0; i < n; i += 4) {
      compareFour(x, s.from, start + i * stride, stride, s.position + i, width, s.extrema, s.index);
    }
  }

  private static void compareFour(
      Object x, long from, int start, int stride, int pixel, int width, int[] best, int[] index) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector rank = at(best, c);
      IntVector first = at(index, c);
      for (int k = 0; k < 4; k++) {
        IntVector next = ranks(x, from, start + c + k * stride);
        VectorMask<Integer> greater = next.compare(GT, exact(rank));
        rank = exact(rank).blend(next, greater);
        first = exact(first).blend(pixel + k, greater);
      }
      exact(rank).intoArray(best, c);
      exact(first).intoArray(index, c);
    }
  }

  private static IntVector ranks(Object x, long from, int i) {
    IntVector bits = bits(x, from, i);
    return Extrema.ranks(FORM.minimum() ? bits.lanewise(XOR, Integer.MIN_VALUE) : bits);
  }

  private static IntVector bits(Object x, long from, int i) {
    return FORM.segment()
        ? Segments.bits((MemorySegment) x, from + (long) i * Float.BYTES)
        : Lanes.bits((float[]) x, i);
  }
}
