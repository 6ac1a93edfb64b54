package dev.lanepool.kernel.vector;

import java.util.Arrays;

/**
 * First maxima or minima over strided pixels; the lanes are channels. The greatest rank of every
 * channel and the pixel that it was found at are kept in memory.
 */
final class PixelArgMax {
  private final LoopBoundary numbers;
  private final LoopBoundary all;

  /**
   * Of minima, which are the maxima with the other sign, or maxima; over segments, where places
   * count from s.from on, or over arrays.
   */
  PixelArgMax(boolean minimum, boolean segments) {
    numbers = ArgLoop.of(minimum, false, segments);
    all = ArgLoop.of(minimum, true, segments);
  }

  /** The first of n pixels that has the extremum, of adjacent channels, to s.index. */
  void find(Object x, int start, int stride, int n, int width, Scratch s) {
    Arrays.fill(s.check, 0);
    find(numbers, x, start, stride, n, width, s);
    if (s.mayHaveNaN()) {
      find(all, x, start, stride, n, width, s);
    }
  }

  private static void find(
      LoopBoundary loop, Object x, int start, int stride, int n, int width, Scratch s) {
    // Where no value is greater than the lowest of all, the first pixel has it.
    Arrays.fill(s.extrema, 0, width, Integer.MIN_VALUE);
    Arrays.fill(s.index, 0, width, 0);
    int inFours = n & -4;
    s.position = 0;
    Lines.reduce(loop, x, start, stride, inFours, width, s);
    for (int pixel = inFours; pixel < n; pixel++) {
      // The pixel four times: only the first can be greater. A loop of its own for this was boxed.
      s.position = pixel;
      loop.reduce(x, start + pixel * stride, 0, 4, width, s);
    }
  }
}
