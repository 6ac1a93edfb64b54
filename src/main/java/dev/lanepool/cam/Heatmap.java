package dev.lanepool.cam;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Kernels;
import java.awt.image.BufferedImage;
import java.util.Objects;

/** A map of H × W float32 values, row by row. Immutable. */
public final class Heatmap {
  private final float[] values;
  private final int height;
  private final int width;

  private Heatmap(float[] values, int height, int width) {
    this.values = values;
    this.height = height;
    this.width = width;
  }

  /**
   * A map of given values.
   *
   * @param values H·W values, row by row; copied
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @return the map
   * @throws NullPointerException if values is null
   * @throws IllegalArgumentException if an extent is less than 1, or if there are not H·W values
   */
  public static Heatmap of(float[] values, int height, int width) {
    Objects.requireNonNull(values, "values is null; height × width values were needed");
    requireExtents("height", height, "width", width);
    if (values.length != (long) height * width) {
      throw new IllegalArgumentException(
          "values has " + values.length + " values; " + height + " × " + width + " were needed");
    }
    return new Heatmap(values.clone(), height, width);
  }

  private static void requireExtents(String h, int height, String w, int width) {
    if (height < 1 || width < 1 || (long) height * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          h
              + " and "
              + w
              + " are "
              + height
              + " and "
              + width
              + "; at least 1 each, and at most 2^31 - 1 values, were needed");
    }
  }

  /**
   * Rows.
   *
   * @return H
   */
  public int height() {
    return height;
  }

  /**
   * Columns.
   *
   * @return W
   */
  public int width() {
    return width;
  }

  /**
   * One value.
   *
   * @param row 0 to H - 1
   * @param column 0 to W - 1
   * @return the value there
   * @throws IndexOutOfBoundsException if there is no such row or column
   */
  public float get(int row, int column) {
    return values[Objects.checkIndex(row, height) * width + Objects.checkIndex(column, width)];
  }

  /**
   * All values.
   *
   * @return a copy, row by row
   */
  public float[] values() {
    return values.clone();
  }

  /**
   * The mean, as {@link KernelSet#mean}.
   *
   * @return the mean of all values
   */
  public float mean() {
    float[] mean = new float[1];
    Kernels.best().mean(values, 0, Layout.NCHW, plane(), mean, 0);
    return mean[0];
  }

  private FeatureShape plane() {
    return new FeatureShape(1, 1, height, width);
  }

  /** Value by value, rounded to float. */
  Heatmap plus(Heatmap other) {
    float[] sum = new float[values.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = values[i] + other.values[i];
    }
    return new Heatmap(sum, height, width);
  }

  /**
   * The map stretched to 0..1: (v - min) / (max - min). A constant map becomes all zeros.
   *
   * @return a new map; of use where all values are finite: a NaN or −∞ makes every value NaN, and
   *     beside +∞, which becomes NaN, the others become 0
   */
  public Heatmap normalize() {
    KernelSet kernels = Kernels.best();
    float[] range = new float[2];
    kernels.min(values, 0, Layout.NCHW, plane(), range, 0);
    kernels.max(values, 0, Layout.NCHW, plane(), range, 1);
    double min = range[0];
    double extent = range[1] - min;
    float[] normalized = new float[values.length];
    if (extent != 0) {
      for (int i = 0; i < values.length; i++) {
        normalized[i] = (float) ((values[i] - min) / extent);
      }
    }
    return new Heatmap(normalized, height, width);
  }

  /**
   * The map at another size: bilinear with half-pixel centres (align_corners = false, no
   * antialiasing), beyond the outer centres the edge value.
   *
   * @param toHeight rows of the result, at least 1
   * @param toWidth columns of the result, at least 1
   * @return a new map
   * @throws IllegalArgumentException if an extent is less than 1
   */
  public Heatmap upsample(int toHeight, int toWidth) {
    requireExtents("toHeight", toHeight, "toWidth", toWidth);
    float[] result = new float[toHeight * toWidth];
    for (int row = 0; row < toHeight; row++) {
      double y = centre(row, height, toHeight);
      int above = (int) y;
      int below = Math.min(above + 1, height - 1);
      for (int column = 0; column < toWidth; column++) {
        double x = centre(column, width, toWidth);
        int left = (int) x;
        int right = Math.min(left + 1, width - 1);
        double top = mix(values[above * width + left], values[above * width + right], x - left);
        double bottom = mix(values[below * width + left], values[below * width + right], x - left);
        result[row * toWidth + column] = (float) mix(top, bottom, y - above);
      }
    }
    return new Heatmap(result, toHeight, toWidth);
  }

  /** Where a pixel's centre lies among the centres of the smaller map. */
  private static double centre(int index, int from, int to) {
    double position = (index + 0.5) * from / to - 0.5;
    return Math.min(Math.max(position, 0), from - 1);
  }

  /**
   * Equal values give that value, and t = 0 the first, to the bit; NaN and infinities stay apart.
   */
  private static double mix(double a, double b, double t) {
    return t == 0 || a == b ? a : (1 - t) * a + t * b;
  }

  /**
   * The map in colour over a picture: (1 - alpha)·picture + alpha·colour, with the normalised
   * values in the colours of jet, blue for the lowest and red for the highest.
   *
   * @param picture a picture of the size of this map; not changed
   * @param alpha how much of the colour shows, 0 to 1
   * @return a new RGB picture
   * @throws NullPointerException if picture is null
   * @throws IllegalArgumentException if alpha is out of range, or if the sizes differ
   */
  public BufferedImage overlay(BufferedImage picture, float alpha) {
    return Overlay.draw(this, picture, alpha);
  }
}
