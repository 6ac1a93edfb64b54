package dev.lanepool.cam;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Kernels;
import java.awt.image.BufferedImage;
import java.util.List;
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

  /** A map over the array itself, which nobody may change from here on. */
  static Heatmap wrap(float[] values, int height, int width) {
    requireExtents("height", height, "width", width);
    return new Heatmap(values, height, width);
  }

  static void requireExtents(String h, int height, String w, int width) {
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
   * What speaks for the class alone: max(v, 0). A map of nothing but negative values becomes zeros.
   *
   * @return a new map
   */
  public Heatmap relu() {
    float[] positive = new float[values.length];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = Math.max(values[i], 0);
    }
    return new Heatmap(positive, height, width);
  }

  /**
   * The map stretched to 0..1: (v - min) / (max - min). A constant map becomes all zeros.
   *
   * @return a new map; of use where all values are finite: a NaN or −∞ makes every value NaN, and
   *     beside +∞, which becomes NaN, the others become 0
   */
  public Heatmap normalize() {
    float[] range = range();
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

  /** The lowest and the highest value. */
  float[] range() {
    KernelSet kernels = Kernels.best();
    float[] range = new float[2];
    kernels.min(values, 0, Layout.NCHW, plane(), range, 0);
    kernels.max(values, 0, Layout.NCHW, plane(), range, 1);
    return range;
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
    new Bilinear(height, width, toHeight, toWidth).resize(values, 0, result, 0);
    return new Heatmap(result, toHeight, toWidth);
  }

  /**
   * Several maps as one, such as those of several layers: each is brought to the same size, then
   * normalised, and their mean is taken.
   *
   * @param maps one or more, of any sizes
   * @param toHeight rows of the result, at least 1
   * @param toWidth columns of the result, at least 1
   * @return a new map of values from 0 to 1
   * @throws NullPointerException if maps or one of them is null
   * @throws IllegalArgumentException if there is no map, or if an extent is less than 1
   */
  public static Heatmap fuse(List<Heatmap> maps, int toHeight, int toWidth) {
    Objects.requireNonNull(maps, "maps is null; one map or more was needed");
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("maps is empty; one map or more was needed");
    }
    requireExtents("toHeight", toHeight, "toWidth", toWidth);
    double[] sum = new double[toHeight * toWidth];
    for (int m = 0; m < maps.size(); m++) {
      Heatmap map = Objects.requireNonNull(maps.get(m), "maps[" + m + "] is null");
      float[] normalized = map.upsample(toHeight, toWidth).normalize().values;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += normalized[i];
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] / maps.size());
    }
    return new Heatmap(mean, toHeight, toWidth);
  }

  /**
   * The map in the colours of jet over a picture; see {@link #overlay(BufferedImage, float,
   * ColorMap)}.
   *
   * @param picture a picture of the size of this map; not changed
   * @param alpha how much of the colour shows, 0 to 1
   * @return a new RGB picture
   * @throws NullPointerException if picture is null
   * @throws IllegalArgumentException if alpha is out of range, or if the sizes differ
   */
  public BufferedImage overlay(BufferedImage picture, float alpha) {
    return overlay(picture, alpha, ColorMap.JET);
  }

  /**
   * The map in colour over a picture: (1 - alpha)·picture + alpha·colour, with the colours of the
   * normalised values.
   *
   * @param picture a picture of the size of this map; not changed
   * @param alpha how much of the colour shows, 0 to 1
   * @param colors the colour of every value
   * @return a new RGB picture
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if alpha is out of range, or if the sizes differ
   */
  public BufferedImage overlay(BufferedImage picture, float alpha, ColorMap colors) {
    return Overlay.draw(this, picture, alpha, colors);
  }

  /**
   * The map in colour, one pixel per value, with the colours of the normalised values.
   *
   * @param colors the colour of every value
   * @return a new RGB picture
   * @throws NullPointerException if colors is null
   */
  public BufferedImage image(ColorMap colors) {
    return Overlay.draw(this, colors);
  }
}
