package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.INTS;
import static jdk.incubator.vector.VectorOperators.GT;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * First maxima over strided pixels; the lanes are channels. The greatest rank of every channel and
 * the pixel that it was found at are kept in memory, and four pixels at a time compared with them.
 */
final class PixelArgMax {
  /** The first pixel of the maximum of adjacent channels to s.index. */
  static final Boundary FIRST =
      new Boundary(
          (x, start, stride, n, width, s) ->
              argMax(x, start, stride, n, width, s.extrema, s.index));

  private PixelArgMax() {}

  private static void argMax(
      float[] x, int start, int stride, int n, int width, int[] best, int[] index) {
    begin(x, start, width, best);
    Arrays.fill(index, 0, width, 0);
    int pixel = 1;
    for (; pixel <= n - 4; pixel += 4) {
      compareFour(x, start + pixel * stride, stride, pixel, width, best, index);
    }
    for (; pixel < n; pixel++) {
      compareOne(x, start + pixel * stride, pixel, width, best, index);
    }
  }

  private static void begin(float[] x, int start, int width, int[] best) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      ranks(x, start + c).intoArray(best, c);
    }
  }

  private static void compareFour(
      float[] x, int start, int stride, int pixel, int width, int[] best, int[] index) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector rank = IntVector.fromArray(INTS, best, c);
      IntVector at = IntVector.fromArray(INTS, index, c);
      for (int k = 0; k < 4; k++) {
        IntVector next = ranks(x, start + c + k * stride);
        VectorMask<Integer> greater = next.compare(GT, Lanes.exact(rank));
        rank = Lanes.exact(rank).blend(next, greater);
        at = Lanes.exact(at).blend(pixel + k, greater);
      }
      Lanes.exact(rank).intoArray(best, c);
      Lanes.exact(at).intoArray(index, c);
    }
  }

  private static void compareOne(
      float[] x, int start, int pixel, int width, int[] best, int[] index) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector rank = IntVector.fromArray(INTS, best, c);
      IntVector next = ranks(x, start + c);
      VectorMask<Integer> greater = next.compare(GT, rank);
      rank.blend(next, greater).intoArray(best, c);
      IntVector.fromArray(INTS, index, c).blend(pixel, greater).intoArray(index, c);
    }
  }

  private static IntVector ranks(float[] x, int i) {
    return Extrema.ranks(FloatVector.fromArray(FLOATS, x, i).reinterpretAsInts());
  }
}
