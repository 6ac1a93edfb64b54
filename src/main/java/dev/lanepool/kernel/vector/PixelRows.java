package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.widen;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Adds pixels, channel by channel, to rows of partial sums: up to seven to a row at a time, which
 * spares reading and writing the row once per pixel. Partial sums have a row for each of their
 * channels or, of adjacent partial sums, one behind the other.
 */
final class PixelRows {
  private static final int LANES = RowSums.LANES;

  /** The most pixels of {@link #folded}: with eight for a row, C2 would box. */
  static final int FOLDED_PIXELS = 7 * 8;

  private static final Boundary BEGIN_FOUR = new Boundary(PixelRows::beginFour);
  private static final Boundary ADD_ONE = new Boundary(PixelRows::addOnes);
  private static final Boundary ADD_TWO = new Boundary(PixelRows::addTwos);
  private static final Boundary ADD_FOUR = new Boundary(PixelRows::addFours);

  private static final Boundary[] FOLDED = {
    new Boundary(PixelRows::folded1),
    new Boundary(PixelRows::folded2),
    new Boundary(PixelRows::folded3),
    new Boundary(PixelRows::folded4),
    new Boundary(PixelRows::folded5),
    new Boundary(PixelRows::folded6),
    new Boundary(PixelRows::folded7)
  };

  private PixelRows() {}

  /**
   * The sums of pixels, as {@link #add}, to one row.
   *
   * @param to where the row goes in s.sums
   */
  static void sum(float[] x, int start, int step, int n, int width, Scratch s, int to) {
    if (n < 4) {
      Arrays.fill(s.sums, to, to + width, 0);
      add(x, start, step, n, width, s, to);
      return;
    }
    s.position = to;
    BEGIN_FOUR.reduce(x, start, step, 4, width, s);
    add(x, start + 4 * step, step, n - 4, width, s, to);
  }

  /**
   * Adds pixels to one row.
   *
   * @param start the first pixel
   * @param step how far apart the pixels lie
   * @param n how many
   * @param width how many values of each, a multiple of the double lanes
   * @param to where the row is in s.sums
   */
  static void add(float[] x, int start, int step, int n, int width, Scratch s, int to) {
    s.position = to;
    int inFours = n & -4;
    if (inFours > 0) {
      ADD_FOUR.reduce(x, start, step, inFours, width, s);
    }
    if ((n & 2) != 0) {
      ADD_TWO.reduce(x, start + inFours * step, step, 2, width, s);
    }
    if ((n & 1) != 0) {
      ADD_ONE.reduce(x, start + (n - 1) * step, step, 1, width, s);
    }
  }

  /**
   * The eight rows of partial sums of a few pixels that are left after the first fold.
   *
   * @param to where the first row is in s.sums
   */
  static void folded(float[] x, int start, int stride, int n, int width, Scratch s, int to) {
    int rows = LANES / 2;
    int each = n / rows;
    int more = n % rows; // so many rows have a pixel more than the others
    if (more > 0) {
      folded(FOLDED[each], x, start, stride, more, width, s, to);
    }
    if (each > 0) {
      int first = start + more * stride;
      folded(FOLDED[each - 1], x, first, stride, rows - more, width, s, to + more * width);
    }
  }

  private static void folded(
      Boundary form, float[] x, int start, int stride, int rows, int width, Scratch s, int to) {
    s.position = to;
    if (width == stride) { // the channels of adjacent pixels lie side by side: one long row
      form.reduce(x, start, stride, 1, rows * width, s);
    } else {
      form.reduce(x, start, stride, rows, width, s);
    }
  }

  // n pixels a step apart.

  private static void beginFour(float[] x, int start, int step, int n, int width, Scratch s) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = widen(x, i).add(widen(x, i + step));
      sum.add(widen(x, i + 2 * step)).add(widen(x, i + 3 * step)).intoArray(s.sums, s.position + c);
    }
  }

  private static void addOnes(float[] x, int start, int step, int n, int width, Scratch s) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int to = s.position + c;
      at(s.sums, to).add(widen(x, start + c)).intoArray(s.sums, to);
    }
  }

  private static void addTwos(float[] x, int start, int step, int n, int width, Scratch s) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int to = s.position + c;
      int i = start + c;
      at(s.sums, to).add(widen(x, i)).add(widen(x, i + step)).intoArray(s.sums, to);
    }
  }

  private static void addFours(float[] x, int start, int step, int n, int width, Scratch s) {
    for (int pixel = 0; pixel < n; pixel += 4) {
      addFour(x, start + pixel * step, step, width, s.sums, s.position);
    }
  }

  private static void addFour(float[] x, int start, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = at(s, to + c).add(widen(x, i)).add(widen(x, i + step));
      sum = sum.add(widen(x, i + 2 * step)).add(widen(x, i + 3 * step));
      sum.intoArray(s, to + c);
    }
  }

  // Every form makes so many rows, from s.position on. A folded row has the pixels of two partial
  // sums, of which each begins at +0. It is enough to
  // begin at it once, at the end: what differs is -0, and only where all pixels are.

  private static void folded1(float[] x, int start, int stride, int rows, int width, Scratch s) {
    for (int row = 0; row < rows; row++) {
      folded1(x, start + row * stride, width, s.sums, s.position + row * width);
    }
  }

  private static void folded1(float[] x, int start, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      widen(x, start + c).intoArray(s, to + c);
    }
  }

  private static void folded2(float[] x, int start, int stride, int rows, int width, Scratch s) {
    for (int row = 0; row < rows; row++) {
      folded2(x, start + row * stride, 8 * stride, width, s.sums, s.position + row * width);
    }
  }

  private static void folded2(float[] x, int start, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      widen(x, i).add(widen(x, i + step)).intoArray(s, to + c);
    }
  }

  private static void folded3(float[] x, int start, int stride, int rows, int width, Scratch s) {
    for (int row = 0; row < rows; row++) {
      folded3(x, start + row * stride, 8 * stride, width, s.sums, s.position + row * width);
    }
  }

  private static void folded3(float[] x, int start, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = widen(x, i).add(widen(x, i + 2 * step));
      sum.add(widen(x, i + step)).intoArray(s, to + c);
    }
  }

  private static void folded4(float[] x, int start, int stride, int rows, int width, Scratch s) {
    for (int row = 0; row < rows; row++) {
      folded4(x, start + row * stride, 8 * stride, width, s.sums, s.position + row * width);
    }
  }

  private static void folded4(float[] x, int start, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = widen(x, i).add(widen(x, i + 2 * step));
      sum.add(widen(x, i + step).add(widen(x, i + 3 * step))).intoArray(s, to + c);
    }
  }

  private static void folded5(float[] x, int start, int stride, int rows, int width, Scratch s) {
    for (int row = 0; row < rows; row++) {
      folded5(x, start + row * stride, 8 * stride, width, s.sums, s.position + row * width);
    }
  }

  private static void folded5(float[] x, int start, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = widen(x, i).add(widen(x, i + 2 * step)).add(widen(x, i + 4 * step));
      sum.add(widen(x, i + step).add(widen(x, i + 3 * step))).intoArray(s, to + c);
    }
  }

  private static void folded6(float[] x, int start, int stride, int rows, int width, Scratch s) {
    for (int row = 0; row < rows; row++) {
      folded6(x, start + row * stride, 8 * stride, width, s.sums, s.position + row * width);
    }
  }

  private static void folded6(float[] x, int start, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = widen(x, i).add(widen(x, i + 2 * step)).add(widen(x, i + 4 * step));
      DoubleVector odd = widen(x, i + step).add(widen(x, i + 3 * step)).add(widen(x, i + 5 * step));
      sum.add(odd).intoArray(s, to + c);
    }
  }

  private static void folded7(float[] x, int start, int stride, int rows, int width, Scratch s) {
    for (int row = 0; row < rows; row++) {
      folded7(x, start + row * stride, 8 * stride, width, s.sums, s.position + row * width);
    }
  }

  private static void folded7(float[] x, int start, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = widen(x, i).add(widen(x, i + 2 * step)).add(widen(x, i + 4 * step));
      DoubleVector odd = widen(x, i + step).add(widen(x, i + 3 * step)).add(widen(x, i + 5 * step));
      sum.add(widen(x, i + 6 * step)).add(odd).intoArray(s, to + c);
    }
  }
}
