package dev.lanepool.kernel.vector;

/**
 * A loop over some planes behind a {@link LoopBoundary}.
 *
 * @param <T> what holds the values: an array
 */
@FunctionalInterface
interface Loop<T> {
  /**
   * Reduces planes of n values, which begin at start; the other numbers and s are the loop's
   * matter.
   */
  void reduce(T x, int start, int stride, int n, int planes, Scratch s);
}
