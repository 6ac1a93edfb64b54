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

  /**
   * Bytes of the flattened head's parameters in float32.
   *
   * @return 4·{@link #flattenParameters}
   * @throws ArithmeticException if there are more than 2^63 - 1
   */
  public long flattenBytes() {
    return Math.multiplyExact(4L, flattenParameters());
  }

  /**
   * Bytes of the pooled head's parameters in float32.
   *
   * @return 4·{@link #pooledParameters}
   */
  public long pooledBytes() {
    return Math.multiplyExact(4L, pooledParameters());
  }

  /**
   * Multiplications, each with an addition, that the flattened head needs for a picture.
   *
   * @return C·H·W·classes
   */
  public long flattenMultiplyAdds() {
    return (long) channels * height * width * classes;
  }

  /**
   * Multiplications, each with an addition, that the pooled head needs for a picture.
   *
   * @return C·classes, and C·H·W for the additions of the pooling, each counted as one
   */
  public long pooledMultiplyAdds() {
    return (long) channels * classes + (long) channels * height * width;
  }

  /**
   * Runs both heads for a moment with the library's kernels.
   *
   * @return the times of one picture
   * @throws IllegalArgumentException if one class's flattened weights, or the maps, are more than
   *     64 MiB
   */
  public HeadTimes measure() {
    return HeadTimes.measure(this);
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
