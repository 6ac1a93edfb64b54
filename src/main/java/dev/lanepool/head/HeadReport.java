package dev.lanepool.head;

import java.util.Locale;

/**
 * What global average pooling saves at the end of a network: the parameters of flatten → dense
 * against those of pool → dense, weights and biases.
 *
 * @param channels channels of the last feature maps
 * @param height rows of a channel
 * @param width columns of a channel
 * @param classes outputs of the dense layer
 */
public record HeadReport(int channels, int height, int width, int classes) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is less than 1, or if the flattened head has more than
   *     2^63 - 1 parameters
   */
  public HeadReport {
    requirePositive("channels", channels);
    requirePositive("height", height);
    requirePositive("width", width);
    requirePositive("classes", classes);
    try {
      Math.multiplyExact(
          Math.addExact(Math.multiplyExact((long) channels * height, (long) width), 1L),
          (long) classes);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "channels, height, width and classes are "
              + channels
              + ", "
              + height
              + ", "
              + width
              + " and "
              + classes
              + "; a flattened head of less than 2^63 parameters was needed",
          e);
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; at least 1 was needed");
    }
  }

  /**
   * Parameters of flatten → dense.
   *
   * @return C·H·W·classes + classes
   */
  public long flattenParameters() {
    return ((long) channels * height * width + 1) * classes;
  }

  /**
   * Parameters of pool → dense; the pooling has none.
   *
   * @return C·classes + classes
   */
  public long pooledParameters() {
    return ((long) channels + 1) * classes;
  }

  /**
   * How many times more the flattened head has.
   *
   * @return flattenParameters / pooledParameters
   */
  public double ratio() {
    return (double) flattenParameters() / pooledParameters();
  }

  /** A small table for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "head of [%d, %d, %d] → %d classes%n"
            + "  flatten → dense  %,15d parameters%n"
            + "  pool → dense     %,15d parameters, %.2f times fewer",
        channels,
        height,
        width,
        classes,
        flattenParameters(),
        pooledParameters(),
        ratio());
  }
}
