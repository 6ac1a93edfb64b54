package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.widen;

import jdk.incubator.vector.DoubleVector;

/** Adds one to four pixels, channel by channel, to a row of partial sums. */
final class PixelRows {
  private static final Boundary[] FORMS = {
    new Boundary((x, start, step, to, width, s) -> add1(x, start, width, s.sums, to)),
    new Boundary((x, start, step, to, width, s) -> add2(x, start, step, width, s.sums, to)),
    new Boundary((x, start, step, to, width, s) -> add3(x, start, step, width, s.sums, to)),
    new Boundary((x, start, step, to, width, s) -> add4(x, start, step, width, s.sums, to))
  };

  private PixelRows() {}

  /**
   * Adds pixels that lie {@code step} apart, from start on, in order, to the partial sums
   * s.sums[to..]. The width is how many channels, a multiple of the double lanes.
   */
  static void add(int pixels, float[] x, int start, int step, int width, Scratch s, int to) {
    FORMS[pixels - 1].reduce(x, start, step, to, width, s);
  }

  private static void add1(float[] x, int start, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      at(s, to + c).add(widen(x, start + c)).intoArray(s, to + c);
    }
  }

  private static void add2(float[] x, int start, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      at(s, to + c).add(widen(x, i)).add(widen(x, i + step)).intoArray(s, to + c);
    }
  }

  private static void add3(float[] x, int start, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = at(s, to + c).add(widen(x, i)).add(widen(x, i + step));
      sum.add(widen(x, i + 2 * step)).intoArray(s, to + c);
    }
  }

  private static void add4(float[] x, int start, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = at(s, to + c).add(widen(x, i)).add(widen(x, i + step));
      sum = sum.add(widen(x, i + 2 * step)).add(widen(x, i + 3 * step));
      sum.intoArray(s, to + c);
    }
  }

  private static DoubleVector at(double[] s, int i) {
    return DoubleVector.fromArray(DOUBLES, s, i);
  }
}
