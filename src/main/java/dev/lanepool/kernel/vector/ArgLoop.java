package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.bits;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Compares pixels with the greatest rank of every channel so far, in s.extrema, and the pixel that
 * it was found at, in s.index; the lanes are channels. Four pixels at a time, of which the first is
 * s.position. One of {@link Copies}.
 */
final class ArgLoop implements Loop<float[]> {
  private static final boolean MINIMUM = minimum();

  /** The loop that finds minima, which are the maxima with the other sign, or maxima. */
  static LoopBoundary of(boolean minimum) {
    return Copies.of(MethodHandles.lookup(), minimum);
  }

  private static boolean minimum() {
    return Boolean.TRUE.equals(Copies.constant(MethodHandles.lookup(), Boolean.class));
  }

  @Override
  public void reduce(float[] x, int start, int stride, int n, int width, Scratch s) {
    for (int i = 0; i < n; i += 4) {
      compareFour(x, start + i * stride, stride, s.position + i, width, s.extrema, s.index);
    }
  }

  private static void compareFour(
      float[] x, int start, int stride, int pixel, int width, int[] best, int[] index) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector rank = at(best, c);
      IntVector first = at(index, c);
      for (int k = 0; k < 4; k++) {
        IntVector next = ranks(x, start + c + k * stride);
        VectorMask<Integer> greater = next.compare(GT, exact(rank));
        rank = exact(rank).blend(next, greater);
        first = exact(first).blend(pixel + k, greater);
      }
      exact(rank).intoArray(best, c);
      exact(first).intoArray(index, c);
    }
  }

  private static IntVector ranks(float[] x, int i) {
    return Extrema.ranks(MINIMUM ? bits(x, i).lanewise(XOR, Integer.MIN_VALUE) : bits(x, i));
  }
}
