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
  private static final Boundary BEGIN =
      new Boundary((x, start, stride, n, width, s) -> begin(x, start, width, s.extrema));

  private static final Boundary COMPARE = new Boundary(PixelArgMax::compare);

  private PixelArgMax() {}

  /** The first of n pixels that has the maximum, of adjacent channels, to s.index. */
  static void argMax(float[] x, int start, int stride, int n, int width, Scratch s) {
    BEGIN.reduce(x, start, stride, 1, width, s);
    Arrays.fill(s.index, 0, width, 0);
    int inFours = (n - 1) & -4;
    s.position = 1;
    COMPARE.reduce(x, start + stride, stride, inFours, width, s);
    for (int pixel = 1 + inFours; pixel < n; pixel++) {
      // The pixel four times: only the first can be greater. A loop of its own for this was boxed.
      s.position = pixel;
      COMPARE.reduce(x, start + pixel * stride, 0, 4, width, s);
    }
  }

  private static void compare(float[] x, int start, int stride, int n, int width, Scratch s) {
    for (int i = 0; i < n; i += 4) {
      compareFour(x, start + i * stride, stride, s.position + i, width, s.extrema, s.index);
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

  private static IntVector ranks(float[] x, int i) {
    return Extrema.ranks(FloatVector.fromArray(FLOATS, x, i).reinterpretAsInts());
  }
}
