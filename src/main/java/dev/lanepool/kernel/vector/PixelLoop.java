package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;

/**
 * Adds pixels to the rows of partial sums that {@link PixelRows} keeps, from s.position on. One of
 * {@link Copies}.
 */
final class PixelLoop implements Loop<Object> {
  /** What becomes of the pixels. */
  enum Step {
    /** They begin a row. */
    BEGIN,
    /** They are added to a row. */
    ADD,
    /** They are all of the two partial sums that the first fold adds, of each of n rows. */
    FOLD
  }

  private record Form(Step step, int pixels, boolean segment) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /**
   * The loop that takes so many pixels at a time, in a segment, where places count from s.from on,
   * or in an array.
   */
  static LoopBoundary of(Step step, int pixels, boolean segment) {
    return Copies.of(MethodHandles.lookup(), new Form(step, pixels, segment));
  }

  /** Takes n pixels, which lie so far apart, or the pixels of n rows, whose first ones do. */
  @Override
  public void reduce(Object x, int start, int step, int n, int width, Scratch s) {
    if (FORM.step() == Step.FOLD) {
      for (int row = 0; row < n; row++) {
        int to = s.position + row * width;
        fold(x, s.from, start + row * step, LANES / 2 * step, width, s.sums, to);
      }
    } else {
      for (int pixel = 0; pixel < n; pixel += FORM.pixels()) {
        add(x, s.from, start + pixel * step, step, width, s.sums, s.position);
      }
    }
  }

  private static void add(Object x, long from, int start, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      DoubleVector sum = widen(x, from, start, c);
      if (FORM.step() == Step.ADD) {
        sum = at(s, to + c).add(exact(sum));
      }
      if (FORM.pixels() > 1) {
        sum = exact(sum).add(widen(x, from, start + step, c));
      }
      if (FORM.pixels() > 2) {
        sum = exact(sum).add(widen(x, from, start + 2 * step, c));
        sum = exact(sum).add(widen(x, from, start + 3 * step, c));
      }
      if (FORM.pixels() > 4) {
        sum = exact(sum).add(widen(x, from, start + 4 * step, c));
      }
      if (FORM.pixels() > 5) {
        sum = exact(sum).add(widen(x, from, start + 5 * step, c));
      }
      if (FORM.pixels() > 6) {
        sum = exact(sum).add(widen(x, from, start + 6 * step, c));
      }
      exact(sum).intoArray(s, to + c);
    }
  }

  /**
   * Every other pixel belongs to the same partial sum. Each of the two begins at +0; it is enough
   * to begin at it once, at the end: what differs is -0, and only where all pixels are.
   */
  private static void fold(
      Object x, long from, int start, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      DoubleVector sum = widen(x, from, start, c);
      if (FORM.pixels() > 2) {
        sum = exact(sum).add(widen(x, from, start + 2 * step, c));
      }
      if (FORM.pixels() > 4) {
        sum = exact(sum).add(widen(x, from, start + 4 * step, c));
      }
      if (FORM.pixels() > 6) {
        sum = exact(sum).add(widen(x, from, start + 6 * step, c));
      }
      if (FORM.pixels() > 1) {
        sum = exact(sum).add(odd(x, from, start, step, c));
      }
      exact(sum).intoArray(s, to + c);
    }
  }

  private static DoubleVector odd(Object x, long from, int start, int step, int c) {
    DoubleVector sum = widen(x, from, start + step, c);
    if (FORM.pixels() > 3) {
      sum = exact(sum).add(widen(x, from, start + 3 * step, c));
    }
    if (FORM.pixels() > 5) {
      sum = exact(sum).add(widen(x, from, start + 5 * step, c));
    }
    return sum;
  }

  private static DoubleVector widen(Object x, long from, int start, int c) {
    return FORM.segment()
        ? Segments.widen(
            (MemorySegment) x, Segments.place(true, from, start) + (long) c * Float.BYTES)
        : Lanes.widen((float[]) x, start + c);
  }
}
