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
