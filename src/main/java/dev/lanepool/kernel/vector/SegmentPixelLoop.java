package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.RowSums.LANES;
import static dev.lanepool.kernel.vector.Segments.widen;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;

/** Adds pixels of floats in native memory to their partial sums. One of {@link Copies}. */
final class SegmentPixelLoop implements Loop<MemorySegment> {
  private record Form(int pixels, boolean begin) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /** The loop that adds so many pixels, up to four, to each partial sum, or begins it with them. */
  static LoopBoundary of(int pixels, boolean begin) {
    return Copies.of(MethodHandles.lookup(), new Form(pixels, begin));
  }

  /** Adds pixels that lie 16 apart to each of n partial sums; the first begins at start. */
  @Override
  public void reduce(MemorySegment x, int start, int stride, int n, int width, Scratch s) {
    for (int row = 0; row < n; row++) {
      long from = s.from + (start + row * stride) * (long) Float.BYTES;
      add(x, from, LANES * stride * Float.BYTES, width, s.sums, row * width);
    }
  }

  private static void add(MemorySegment x, long from, int step, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      long i = from + c * Float.BYTES;
      DoubleVector sum = widen(x, i);
      if (!FORM.begin()) {
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
}
