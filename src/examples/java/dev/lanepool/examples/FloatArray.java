package dev.lanepool.examples;

import java.util.Arrays;

/**
 * An array from a file.
 *
 * @param name what messages call it
 * @param shape its extents, the slowest first
 * @param values its values in C order
 */
record FloatArray(String name, int[] shape, float[] values) {
  /**
   * How many values a shape has.
   *
   * @return more than 2^31 if they are too many for an array
   */
  static long count(int... shape) {
    long count = 1;
    for (int extent : shape) {
      // Below 2^31 times 2^31: it can't overflow, and too much stays too much.
      count = Math.min(count, 1L << 31) * extent;
    }
    return count;
  }

  /**
   * This array, if all of its values are finite: a single NaN would turn every score and the whole
   * picture into nothing.
   *
   * @throws InputException if one isn't
   */
  FloatArray finite() {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InputException(name + " holds " + value + "; finite values were needed");
      }
    }
    return this;
  }

  /** An exception for a shape that doesn't fit; {@code need} says which one would. */
  InputException wrongShape(String need) {
    return new InputException(
        name + " has the shape " + Arrays.toString(shape) + "; " + need + " was needed");
  }

  /** Rows and columns exchanged; of two extents only. */
  FloatArray transpose() {
    if (shape.length != 2) {
      throw wrongShape("two extents");
    }
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i % shape[1] * shape[0] + i / shape[1]] = values[i];
    }
    return new FloatArray(name, new int[] {shape[1], shape[0]}, turned);
  }
}
