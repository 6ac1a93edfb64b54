package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;

import java.util.Arrays;

/**
 * Adds pixels, channel by channel, to rows of partial sums: up to seven to a row at a time, which
 * spares reading and writing the row once per pixel. Partial sums have a row for each of their
 * channels or, of adjacent partial sums, one behind the other.
 */
final class PixelRows {
  static final PixelRows OF_ARRAYS = new PixelRows(false);

  /** With eight pixels for a row, C2 would box. */
  private static final int MOST_FOLDED = 7;

  /** The most pixels of {@link #folded}. */
  static final int FOLDED_PIXELS = MOST_FOLDED * LANES / 2;

  /** Of four pixels and more, so that fours are left. */
  private final LoopBoundary[] begin = new LoopBoundary[4];

  private final LoopBoundary addOne;
  private final LoopBoundary addTwo;
  private final LoopBoundary addFour;
  private final LoopBoundary[] folded = new LoopBoundary[MOST_FOLDED];

  /** Of pixels in a segment, where places count from s.from on, or in an array. */
  PixelRows(boolean segment) {
    Arrays.setAll(begin, i -> PixelLoop.of(PixelLoop.Step.BEGIN, 4 + i, segment));
    addOne = PixelLoop.of(PixelLoop.Step.ADD, 1, segment);
    addTwo = PixelLoop.of(PixelLoop.Step.ADD, 2, segment);
    addFour = PixelLoop.of(PixelLoop.Step.ADD, 4, segment);
    Arrays.setAll(folded, i -> PixelLoop.of(PixelLoop.Step.FOLD, i + 1, segment));
  }

  /**
   * The sums of pixels, as {@link #add}, to one row.
   *
   * @param to where the row goes in s.sums
   */
  void sum(Object x, int start, int step, int n, int width, Scratch s, int to) {
    if (n < 4) {
      Arrays.fill(s.sums, to, to + width, 0);
      add(x, start, step, n, width, s, to);
      return;
    }
    s.position = to;
    int first = 4 + n % 4;
    begin[first - 4].reduce(x, start, step, first, width, s);
    add(x, start + first * step, step, n - first, width, s, to);
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
  void add(Object x, int start, int step, int n, int width, Scratch s, int to) {
    s.position = to;
    int inFours = n & -4;
    if (inFours > 0) {
      addFour.reduce(x, start, step, inFours, width, s);
    }
    if ((n & 2) != 0) {
      addTwo.reduce(x, start + inFours * step, step, 2, width, s);
    }
    if ((n & 1) != 0) {
      addOne.reduce(x, start + (n - 1) * step, step, 1, width, s);
    }
  }

  /**
   * The eight rows of partial sums of a few pixels that are left after the first fold.
   *
   * @param to where the first row is in s.sums
   */
  void folded(Object x, int start, int stride, int n, int width, Scratch s, int to) {
    int rows = LANES / 2;
    int each = n / rows;
    int more = n % rows; // so many rows have a pixel more than the others
    if (more > 0) {
      folded(folded[each], x, start, stride, more, width, s, to);
    }
    if (each > 0) {
      int first = start + more * stride;
      folded(folded[each - 1], x, first, stride, rows - more, width, s, to + more * width);
    }
  }

  private static void folded(
      LoopBoundary form, Object x, int start, int stride, int rows, int width, Scratch s, int to) {
    s.position = to;
    if (width == stride) { // the channels of adjacent pixels lie side by side: one long row
      form.reduce(x, start, stride, 1, rows * width, s);
    } else {
      form.reduce(x, start, stride, rows, width, s);
    }
  }
}
