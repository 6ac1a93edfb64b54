package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.bits;
import static dev.lanepool.kernel.vector.Lanes.max;
import static dev.lanepool.kernel.vector.Lanes.widen;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;

/**
 * Adds pixels to the row of sums that begins s.sums, and joins them to the signed maxima that begin
 * s.extrema. One of {@link Copies}.
 */
final class MeanMaxLoop implements Loop<float[]> {
  private static final Integer PIXELS = Copies.constant(MethodHandles.lookup(), Integer.class);

  /** The loop that takes so many pixels at a time, four or one. */
  static LoopBoundary of(int pixels) {
    return Copies.of(MethodHandles.lookup(), pixels);
  }

  /** Takes n pixels, which lie so far apart, of a multiple of the float lanes. */
  @Override
  public void reduce(float[] x, int start, int step, int n, int width, Scratch s) {
    for (int pixel = 0; pixel < n; pixel += PIXELS) {
      add(x, start + pixel * step, step, width, s.sums, s.extrema);
    }
  }

  private static void add(float[] x, int start, int step, int width, double[] s, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      join(x, start + c, step, e, c);
      add(x, start + c, step, s, c);
      add(x, start + c + DOUBLE_LANES, step, s, c + DOUBLE_LANES);
    }
  }

  private static void join(float[] x, int i, int step, int[] e, int to) {
    IntVector maxima = max(at(e, to), bits(x, i));
    if (PIXELS > 1) {
      IntVector others = max(bits(x, i + step), bits(x, i + 2 * step));
      maxima = max(max(maxima, others), bits(x, i + 3 * step));
    }
    maxima.intoArray(e, to);
  }

  private static void add(float[] x, int i, int step, double[] s, int to) {
    DoubleVector sum = at(s, to).add(widen(x, i));
    if (PIXELS > 1) {
      sum = sum.add(widen(x, i + step)).add(widen(x, i + 2 * step)).add(widen(x, i + 3 * step));
    }
    sum.intoArray(s, to);
  }
}
