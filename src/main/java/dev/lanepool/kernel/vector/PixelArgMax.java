package dev.lanepool.kernel.vector;

import java.util.Arrays;

/**
 * First maxima or minima over strided pixels; the lanes are channels. The greatest rank of every
 * channel and the pixel that it was found at are kept in memory.
 */
final class PixelArgMax {
  private static final LoopBoundary MAX = ArgLoop.of(false, false);
  private static final LoopBoundary MIN = ArgLoop.of(true, false);

  private PixelArgMax() {}

  /** The first of n pixels that has the maximum, of adjacent channels, to s.index. */
  static void argMax(float[] x, int start, int stride, int n, int width, Scratch s) {
    find(MAX, x, start, stride, n, width, s);
  }

  /** As {@link #argMax}, of the minimum. */
  static void argMin(float[] x, int start, int stride, int n, int width, Scratch s) {
    find(MIN, x, start, stride, n, width, s);
  }

  /** By one of the loops of {@link ArgLoop}. */
  static void find(
      LoopBoundary loop, Object x, int start, int stride, int n, int width, Scratch s) {
    // Where no value is greater than the lowest of all, the first pixel has it.
    Arrays.fill(s.extrema, 0, width, Integer.MIN_VALUE);
    Arrays.fill(s.index, 0, width, 0);
    int inFours = n & -4;
    s.position = 0;
    loop.reduce(x, start, stride, inFours, width, s);
    for (int pixel = inFours; pixel < n; pixel++) {
      // The pixel four times: only the first can be greater. A loop of its own for this was boxed.
      s.position = pixel;
      loop.reduce(x, start + pixel * stride, 0, 4, width, s);
    }
  }
}
