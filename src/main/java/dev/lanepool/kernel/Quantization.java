package dev.lanepool.kernel;

import java.util.Objects;

/**
 * What the integers of a map stand for: (q - zeroPoint)·scale, by one scale for the whole map or
 * one for each channel. Immutable; what it is made of is copied.
 */
public final class Quantization {
  private final float[] scales;
  private final int[] zeroPoints;
  private final boolean perChannel;

  private Quantization(float[] scales, int[] zeroPoints, boolean perChannel) {
    for (int i = 0; i < scales.length; i++) {
      if (!(scales[i] > 0 && scales[i] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "scale " + i + " is " + scales[i] + "; more than 0, finite, was needed");
      }
    }
    this.scales = scales;
    this.zeroPoints = zeroPoints;
    this.perChannel = perChannel;
  }

  /**
   * One scale for all channels.
   *
   * @param scale of a step, more than 0, finite
   * @param zeroPoint the integer that stands for 0
   * @return the quantization
   * @throws IllegalArgumentException if the scale is out of its range
   */
  public static Quantization perTensor(float scale, int zeroPoint) {
    return new Quantization(new float[] {scale}, new int[] {zeroPoint}, false);
  }

  /**
   * A scale for each channel.
   *
   * @param scales of a step, each more than 0, finite
   * @param zeroPoints the integers that stand for 0
   * @return the quantization
   * @throws NullPointerException if an array is null
   * @throws IllegalArgumentException if the arrays differ in length or a scale is out of its range
   */
  public static Quantization perChannel(float[] scales, int[] zeroPoints) {
    Objects.requireNonNull(scales, "scales is null; a float[] was needed");
    Objects.requireNonNull(zeroPoints, "zeroPoints is null; an int[] was needed");
    if (scales.length != zeroPoints.length) {
      throw new IllegalArgumentException(
          "zeroPoints has "
              + zeroPoints.length
              + " elements; as many as scales, "
              + scales.length
              + ", were needed");
    }
    return new Quantization(scales.clone(), zeroPoints.clone(), true);
  }

  /**
   * The scale of a channel.
   *
   * @param channel 0 to C - 1
   * @return what a step stands for
   */
  public float scale(int channel) {
    return scales[perChannel ? channel : 0];
  }

  /**
   * The zero point of a channel.
   *
   * @param channel 0 to C - 1
   * @return the integer that stands for 0
   */
  public int zeroPoint(int channel) {
    return zeroPoints[perChannel ? channel : 0];
  }

  /** Whether it has values for so many channels. */
  boolean serves(int channels) {
    return !perChannel || scales.length == channels;
  }

  /** Such as {@code per tensor} or {@code per channel of 3}. */
  @Override
  public String toString() {
    return perChannel ? "per channel of " + scales.length : "per tensor";
  }
}
