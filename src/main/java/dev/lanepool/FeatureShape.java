package dev.lanepool;

/**
 * The extents of a batch of feature maps. Any extent may be 0 (a batch may be empty); that a
 * reduction needs at least one pixel is checked where one is asked for.
 *
 * @param n samples in the batch
 * @param c channels of a sample
 * @param h rows of a channel's plane
 * @param w columns of a channel's plane
 */
public record FeatureShape(int n, int c, int h, int w) {
  /**
   * Checks the extents.
   *
   * @throws IllegalArgumentException if an extent is negative, or if N·C·H·W passes 2^63 - 1
   */
  public FeatureShape {
    requireExtent("n", n);
    requireExtent("c", c);
    requireExtent("h", h);
    requireExtent("w", w);
    long samples = (long) n * c;
    long pixels = (long) h * w;
    if (Math.multiplyHigh(samples, pixels) != 0 || samples * pixels < 0) {
      throw new IllegalArgumentException(
          "shape " + text(n, c, h, w) + " has more than 2^63 - 1 values");
    }
  }

  /**
   * Maps with one spatial axis, [N, C, L] or, in {@link Layout#NHWC}, [N, L, C]: planes of one row.
   *
   * @param n samples in the batch
   * @param c channels of a sample
   * @param length values of a channel
   * @return [n, c, 1, length]
   * @throws IllegalArgumentException if an extent is negative
   */
  public static FeatureShape line(int n, int c, int length) {
    return new FeatureShape(n, c, 1, length);
  }

  /**
   * Maps with three spatial axes, [N, C, D, H, W] or, in {@link Layout#NHWC}, [N, D, H, W, C]:
   * planes whose rows are those of all slices, one slice after the other. For global reductions
   * that is the same; adaptive pooling is told the slices by {@code Bins.ofVolume}. An index is
   * (d·H + h)·W + w.
   *
   * @param n samples in the batch
   * @param c channels of a sample
   * @param depth slices of a channel
   * @param h rows of a slice
   * @param w columns of a slice
   * @return [n, c, depth·h, w]
   * @throws IllegalArgumentException if an extent is negative, or if depth·h passes 2^31 - 1
   */
  public static FeatureShape volume(int n, int c, int depth, int h, int w) {
    requireExtent("depth", depth);
    requireExtent("h", h);
    if ((long) depth * h > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "depth·h is " + (long) depth * h + "; at most " + Integer.MAX_VALUE + " was needed");
    }
    return new FeatureShape(n, c, depth * h, w);
  }

  /**
   * Tokens [N, T, C], such as a transformer's: with {@link Layout#NHWC}, maps of T pixels. {@link
   * FeatureMap#patches} gives those of a picture's patches.
   *
   * @param n samples in the batch
   * @param t tokens of a sample
   * @param c values of a token
   * @return [n, c, 1, t]
   * @throws IllegalArgumentException if an extent is negative
   */
  public static FeatureShape tokens(int n, int t, int c) {
    return line(n, c, t);
  }

  private static void requireExtent(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is " + value + "; an extent must be 0 or more");
    }
  }

  /**
   * Planes of the batch.
   *
   * @return N·C
   */
  public long planes() {
    return (long) n * c;
  }

  /**
   * Values of a plane, which is the number of pixels of a sample.
   *
   * @return H·W
   */
  public long planeSize() {
    return (long) h * w;
  }

  /**
   * Values of the batch.
   *
   * @return N·C·H·W
   */
  public long elements() {
    return planes() * planeSize();
  }

  /** Writes the extents as {@code [n, c, h, w]}. */
  @Override
  public String toString() {
    return text(n, c, h, w);
  }

  private static String text(int n, int c, int h, int w) {
    return "[" + n + ", " + c + ", " + h + ", " + w + "]";
  }
}
