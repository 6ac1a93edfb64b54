package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.widen;

import jdk.incubator.vector.DoubleVector;

/**
 * Adds one to four pixels, channel by channel, to a row of partial sums. An interface, so that C2
 * compiles each form for itself; see {@link RowPartials}.
 */
interface PixelRows {
  /** The forms for one, two, three and four pixels. */
  PixelRows[] FORMS = {PixelRows::add1, PixelRows::add2, PixelRows::add3, PixelRows::add4};

  /**
   * Adds pixels that lie {@code step} apart, from start on, in order, to the partial sums
   * from[at..]; the result goes to s[to..]. The width is how many channels, a multiple of the
   * double lanes.
   */
  void add(float[] x, int start, int step, int width, double[] from, int at, double[] s, int to);

  /** The form for so many pixels. */
  static PixelRows of(int pixels) {
    return FORMS[pixels - 1];
  }

  private static void add1(
      float[] x, int start, int step, int width, double[] from, int at, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      DoubleVector.fromArray(DOUBLES, from, at + c).add(widen(x, start + c)).intoArray(s, to + c);
    }
  }

  private static void add2(
      float[] x, int start, int step, int width, double[] from, int at, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, from, at + c).add(widen(x, i));
      sum.add(widen(x, i + step)).intoArray(s, to + c);
    }
  }

  private static void add3(
      float[] x, int start, int step, int width, double[] from, int at, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, from, at + c).add(widen(x, i));
      sum = sum.add(widen(x, i + step));
      sum.add(widen(x, i + 2 * step)).intoArray(s, to + c);
    }
  }

  private static void add4(
      float[] x, int start, int step, int width, double[] from, int at, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, from, at + c).add(widen(x, i));
      sum = sum.add(widen(x, i + step));
      sum = sum.add(widen(x, i + 2 * step));
      sum.add(widen(x, i + 3 * step)).intoArray(s, to + c);
    }
  }
}
