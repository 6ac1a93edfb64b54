package dev.lanepool.cam;

import java.util.Objects;

/**
 * Bilinear resizing of planes from one size to another, with half-pixel centres (align_corners =
 * false, no antialiasing); beyond the outer centres the edge value. First along the rows, then
 * across them, both in double; each value is rounded once. Immutable and thread-safe. Time is
 * proportional to the number of values written.
 */
public final class Bilinear {
  private final int height;
  private final int width;
  private final int toHeight;
  private final int toWidth;

  /** For every column of the result: the column of the plane at its left, and how far past it. */
  private final int[] left;

  private final double[] past;
  private final ThreadLocal<double[]> rows;

  /**
   * A resizing.
   *
   * @param height rows of the planes to resize, at least 1
   * @param width their columns, at least 1
   * @param toHeight rows of the results, at least 1
   * @param toWidth their columns, at least 1
   * @throws IllegalArgumentException if an extent is less than 1, or if a plane would have more
   *     than 2^31 - 1 values
   */
  public Bilinear(int height, int width, int toHeight, int toWidth) {
    Heatmap.requireExtents("height", height, "width", width);
    Heatmap.requireExtents("toHeight", toHeight, "toWidth", toWidth);
    this.height = height;
    this.width = width;
    this.toHeight = toHeight;
    this.toWidth = toWidth;
    this.left = new int[toWidth];
    this.past = new double[toWidth];
    for (int column = 0; column < toWidth; column++) {
      double x = centre(column, width, toWidth);
      left[column] = (int) x;
      past[column] = x - left[column];
    }
    this.rows = ThreadLocal.withInitial(() -> new double[Math.multiplyExact(2, toWidth)]);
  }

  /** Where a pixel's centre lies among the centres of the plane. */
  private static double centre(int index, int from, int to) {
    double position = (index + 0.5) * from / to - 0.5;
    return Math.min(Math.max(position, 0), from - 1);
  }

  /**
   * Resizes a plane into an array. Allocates nothing once warm.
   *
   * @param x the plane, row by row
   * @param xOffset where it begins in x
   * @param y receives the result, row by row; another array than x
   * @param yOffset where it goes in y
   * @throws NullPointerException if an array is null
   * @throws IllegalArgumentException if the arrays are the same
   * @throws IndexOutOfBoundsException if an array has not enough values from its offset on
   */
  public void resize(float[] x, int xOffset, float[] y, int yOffset) {
    Objects.requireNonNull(x, "x is null; a float[] was needed");
    Objects.requireNonNull(y, "y is null; a float[] was needed");
    if (x == y) {
      throw new IllegalArgumentException("y is the array x; another one was needed");
    }
    Objects.checkFromIndexSize(xOffset, height * width, x.length);
    Objects.checkFromIndexSize(yOffset, toHeight * toWidth, y.length);
    double[] stretched = rows.get();
    int ready = -1;
    for (int row = 0; row < toHeight; row++) {
      double at = centre(row, height, toHeight);
      int above = (int) at;
      double t = at - above;
      // Row r of the plane, stretched, lies in half r mod 2: the next one takes the last but one's.
      int last = t == 0 ? above : above + 1;
      for (int r = Math.max(above, ready + 1); r <= last; r++) {
        stretch(x, xOffset + r * width, stretched, r % 2 * toWidth);
      }
      ready = Math.max(ready, last);
      mix(stretched, above % 2 * toWidth, last % 2 * toWidth, t, y, yOffset + row * toWidth);
    }
  }

  private void stretch(float[] x, int start, double[] to, int at) {
    for (int column = 0; column < toWidth; column++) {
      double t = past[column];
      double a = x[start + left[column]];
      // NaN and infinities stay apart, and at the right edge there is no other.
      to[at + column] = t == 0 ? a : (1 - t) * a + t * x[start + left[column] + 1];
    }
  }

  private void mix(double[] rows, int above, int below, double t, float[] y, int to) {
    if (t == 0) {
      for (int column = 0; column < toWidth; column++) {
        y[to + column] = (float) rows[above + column];
      }
      return;
    }
    double s = 1 - t;
    for (int column = 0; column < toWidth; column++) {
      y[to + column] = (float) (s * rows[above + column] + t * rows[below + column]);
    }
  }
}
