package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.RowSums.LANES;
import static dev.lanepool.kernel.vector.Segments.widen;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;

/**
 * Adds pixels of floats in native memory to rows of partial sums, which begin at s.position in
 * s.sums: as {@link PixelRows}. One of {@link Copies}.
 */
final class SegmentPixelLoop implements Loop<MemorySegment> {
  /** What becomes of the pixels of a row. */
  enum Step {
    /** Up to four begin a partial sum. */
    BEGIN,
    /** Up to four are added to one. */
    ADD,
    /** Up to seven are all of the two partial sums that the first fold adds. */
    FOLD
  }

  private record Form(Step step, int pixels) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /** The loop that takes so many pixels for each row. */
  static LoopBoundary of(Step step, int pixels) {
    return Copies.of(MethodHandles.lookup(), new Form(step, pixels));
  }

  /** So many rows, of which the first takes the pixel at start. */
  @Override
  public void reduce(MemorySegment x, int start, int stride, int rows, int width, Scratch s) {
    boolean fold = FORM.step() == Step.FOLD;
    int step = (fold ? LANES / 2 : LANES) * stride * Float.BYTES;
    for (int row = 0; row < rows; row++) {
      long from = s.from + (start + row * stride) * (long) Float.BYTES;
      int to = s.position + row * width;
      if (fold) {
        fold(x, from, step, width, s.sums, to);
      } else {
        add(x, from, step, width, s.sums, to);
      }
    }
  }

  private static void add(MemorySegment x, long from, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      long i = from + c * Float.BYTES;
      DoubleVector sum = widen(x, i);
      if (FORM.step() == Step.ADD) {
        sum = at(s, to + c).add(exact(sum));
      }
      if (FORM.pixels() > 1) {
        sum = exact(sum).add(widen(x, i + step));
      }
      if (FORM.pixels() > 2) {
        sum = exact(sum).add(widen(x, i + 2 * step));
      }
      if (FORM.pixels() > 3) {
        sum = exact(sum).add(widen(x, i + 3 * step));
      }
      exact(sum).intoArray(s, to + c);
    }
  }

  /** Every other pixel belongs to the same partial sum. */
  private static void fold(MemorySegment x, long from, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      long i = from + c * Float.BYTES;
      DoubleVector sum = widen(x, i);
      if (FORM.pixels() > 2) {
        sum = exact(sum).add(widen(x, i + 2 * step));
      }
      if (FORM.pixels() > 4) {
        sum = exact(sum).add(widen(x, i + 4 * step));
      }
      if (FORM.pixels() > 6) {
        sum = exact(sum).add(widen(x, i + 6 * step));
      }
      if (FORM.pixels() > 1) {
        sum = exact(sum).add(odd(x, i + step, 2 * step));
      }
      exact(sum).intoArray(s, to + c);
    }
  }

  private static DoubleVector odd(MemorySegment x, long i, int step) {
    DoubleVector sum = widen(x, i);
    if (FORM.pixels() > 3) {
      sum = exact(sum).add(widen(x, i + step));
    }
    if (FORM.pixels() > 5) {
      sum = exact(sum).add(widen(x, i + 2 * step));
    }
    return sum;
  }
}
