package dev.lanepool.kernel;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;
import static dev.lanepool.kernel.internal.SumOrder.LANES;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.internal.SumOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Which pixels of each sample a reduction takes, and how much each counts: masks of 0 and 1, maps
 * of unlike sizes in one batch, or weights such as those of attention. All are one thing, a weight
 * of 0 or more per pixel, [N, H, W], shared by the channels of a sample; a pixel of weight 0 is not
 * selected, and its values have no influence, NaN or not. Immutable; what it is made of is copied.
 *
 * <p>In a {@link Reduction}, n is Σw, the sum is that of w·term in double, and the maximum is that
 * of the selected values. Sums, Σw as well, are formed in the order of all sums, each pixel in its
 * own place, with +0 where it is not selected. So a selection of everything gives the bits of the
 * reduction without one, whatever is 0/1 has the exact count for n, and the mean is Σw·x / Σw,
 * rounded once.
 */
public final class Selection {
  private final int n;
  private final int h;
  private final int w;
  private final float[] weights;

  /** Whether every weight is 0 or 1. */
  private final boolean binary;

  /** Σw of each sample. */
  private final double[] totals;

  /** The result of a sample in which too little is selected; null where that is an error. */
  private final Double empty;

  private Selection(
      int n, int h, int w, float[] weights, boolean binary, double[] totals, Double empty) {
    this.n = n;
    this.h = h;
    this.w = w;
    this.weights = weights;
    this.binary = binary;
    this.totals = totals;
    this.empty = empty;
  }

  /**
   * The pixels that a mask marks.
   *
   * @param selected N·H·W values, row by row, sample by sample
   * @param n samples
   * @param h rows of a plane
   * @param w columns of a plane
   * @return the selection
   * @throws NullPointerException if selected is null
   * @throws IllegalArgumentException if an extent is negative, or selected has another length
   */
  public static Selection mask(boolean[] selected, int n, int h, int w) {
    Objects.requireNonNull(selected, "selected is null; a boolean[] was needed");
    requireLength("selected", selected.length, n, h, w);
    float[] weights = new float[selected.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = selected[i] ? 1 : 0;
    }
    return of(weights, n, h, w);
  }

  /**
   * The upper left part of every sample, each with a size of its own: maps of unlike sizes that
   * were padded to one.
   *
   * @param heights valid rows of each sample, 0 to h
   * @param widths valid columns of each sample, 0 to w
   * @param h rows of a plane
   * @param w columns of a plane
   * @return the selection, of as many samples as there are heights
   * @throws NullPointerException if an array is null
   * @throws IllegalArgumentException if the arrays differ in length, or a value is out of its range
   */
  public static Selection sizes(int[] heights, int[] widths, int h, int w) {
    Objects.requireNonNull(heights, "heights is null; an int[] was needed");
    Objects.requireNonNull(widths, "widths is null; an int[] was needed");
    if (heights.length != widths.length) {
      throw new IllegalArgumentException(
          "widths has "
              + widths.length
              + " elements; as many as heights, "
              + heights.length
              + ", were needed");
    }
    float[] weights = new float[Math.toIntExact(elements(heights.length, h, w))];
    for (int n = 0; n < heights.length; n++) {
      requireWithin("heights", n, heights[n], h);
      requireWithin("widths", n, widths[n], w);
      for (int row = 0; row < heights[n]; row++) {
        int from = (n * h + row) * w;
        Arrays.fill(weights, from, from + widths[n], 1);
      }
    }
    return of(weights, heights.length, h, w);
  }

  private static void requireWithin(String name, int i, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          name + "[" + i + "] is " + value + "; 0 to " + most + " was needed");
    }
  }

  /**
   * All pixels, each with its weight. Weights need not add up to 1.
   *
   * @param weights N·H·W values, row by row, sample by sample, each 0 or more and finite
   * @param n samples
   * @param h rows of a plane
   * @param w columns of a plane
   * @return the selection
   * @throws NullPointerException if weights is null
   * @throws IllegalArgumentException if an extent is negative, if weights has another length, or if
   *     one of them is out of its range
   */
  public static Selection weights(float[] weights, int n, int h, int w) {
    Objects.requireNonNull(weights, "weights is null; a float[] was needed");
    requireLength("weights", weights.length, n, h, w);
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weights[" + i + "] is " + weights[i] + "; 0 or more, finite, was needed");
      }
    }
    return of(weights.clone(), n, h, w);
  }

  private static Selection of(float[] weights, int n, int h, int w) {
    double[] totals = new double[n];
    for (int sample = 0; sample < n; sample++) {
      totals[sample] = total(weights, sample * h * w, h * w);
    }
    return new Selection(n, h, w, weights, isBinary(weights), totals, null);
  }

  private static boolean isBinary(float[] weights) {
    for (float weight : weights) {
      if (weight != 0 && weight != 1) {
        return false;
      }
    }
    return true;
  }

  private static double total(float[] weights, int start, int n) {
    double total = 0;
    double[] lanes = new double[LANES];
    for (int done = 0; done < n; done += BLOCK) {
      Arrays.fill(lanes, 0);
      for (int i = done; i < Math.min(n, done + BLOCK); i++) {
        lanes[i % LANES] += weights[start + i];
      }
      total += SumOrder.fold(lanes);
    }
    return total;
  }

  private static void requireLength(String name, int length, int n, int h, int w) {
    long needed = elements(n, h, w);
    if (length != needed) {
      throw new IllegalArgumentException(
          name + " has " + length + " elements; N·H·W = " + needed + " were needed");
    }
  }

  private static long elements(int n, int h, int w) {
    return new FeatureShape(n, 1, h, w).elements();
  }

  /**
   * The same selection, with a result for samples in which nothing is selected, which are an error
   * otherwise. A {@link Reduction#variance} with a correction has it where Σw is not above that.
   *
   * @param value what such planes become, NaN perhaps; their index is -1, their gradient 0
   * @return the selection with that policy
   */
  public Selection orElse(double value) {
    return new Selection(n, h, w, weights, binary, totals, value);
  }

  /**
   * Whether these are the samples and planes of a map.
   *
   * @param shape the map's
   * @return true if N, H and W are the same
   */
  public boolean fits(FeatureShape shape) {
    return shape.n() == n && shape.h() == h && shape.w() == w;
  }

  /**
   * Whether enough of a sample is selected for a reduction to have a result of its own.
   *
   * @param r what to compute
   * @param sample 0 to N - 1
   * @return true if Σw is above the reduction's correction
   */
  public boolean suffices(Reduction r, int sample) {
    return totals[sample] > r.correction();
  }

  /**
   * The sum of the weights of a sample.
   *
   * @param sample 0 to N - 1
   * @return Σw
   */
  public double total(int sample) {
    return totals[sample];
  }

  /**
   * Whether every weight is 0 or 1, so that values need not be multiplied.
   *
   * @return true for masks and sizes
   */
  public boolean isBinary() {
    return binary;
  }

  /**
   * The weight of a pixel.
   *
   * @param sample 0 to N - 1
   * @param pixel h·W + w
   * @return 0 or more; 0 where it is not selected
   */
  public float weight(int sample, int pixel) {
    return weights[sample * h * w + pixel];
  }

  /**
   * Copies weights of adjacent pixels.
   *
   * @param sample 0 to N - 1
   * @param first the first pixel, h·W + w
   * @param count how many
   * @param to receives them, from its beginning
   */
  public void read(int sample, int first, int count, double[] to) {
    int from = sample * h * w + first;
    for (int i = 0; i < count; i++) {
      to[i] = weights[from + i];
    }
  }

  /**
   * The first pixel of a sample that is selected.
   *
   * @param sample 0 to N - 1
   * @return h·W + w; H·W if none is
   */
  public int first(int sample) {
    int pixel = 0;
    while (pixel < h * w && weight(sample, pixel) == 0) {
      pixel++;
    }
    return pixel;
  }

  /**
   * Whether {@link #orElse} has said what becomes of samples in which too little is selected.
   *
   * @return false where they are an error
   */
  public boolean hasElse() {
    return empty != null;
  }

  /**
   * What {@link #orElse} has said.
   *
   * @return the result of planes in which too little is selected
   */
  public double otherwise() {
    return empty;
  }

  /** The extents, such as {@code Selection [2, 7, 7]}. */
  @Override
  public String toString() {
    return "Selection [" + n + ", " + h + ", " + w + "]";
  }
}
