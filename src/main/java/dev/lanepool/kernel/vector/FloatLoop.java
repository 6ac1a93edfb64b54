package dev.lanepool.kernel.vector;

/**
 * A loop over planes of floats behind a {@link Boundary}, such as one operation in one loop form:
 * {@link RowReduction}, {@link BlockReduction} or {@link PixelReduction}.
 */
@FunctionalInterface
interface FloatLoop {
  /**
   * Reduces up to {@link Scratch#PLANES} planes of n values to s.first, and to s.second or s.index
   * where the operation has such results.
   *
   * @param x the values
   * @param start where the first plane begins
   * @param stride how far apart the values of a plane lie
   * @param n values of a plane
   * @param planes how many
   * @param s partial results and results
   */
  void reduce(float[] x, int start, int stride, int n, int planes, Scratch s);
}
