package dev.lanepool.kernel;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.internal.Arguments;

/**
 * What adaptive pooling makes of every channel: how many outputs along each axis. A channel is a
 * plane, or a volume of {@code slices} slices as {@link FeatureShape#volume} lays them out, one
 * above the other; so are its outputs, outDepth·outHeight rows of outWidth values.
 *
 * @param slices slices of a channel that is pooled; 1 for planes
 * @param outDepth slices of its outputs; 1 for planes
 * @param outHeight rows of a slice of its outputs
 * @param outWidth their columns
 */
public record Bins(int slices, int outDepth, int outHeight, int outWidth) {
  /**
   * Checks the extents.
   *
   * @throws IllegalArgumentException if one is less than 1, or if outDepth·outHeight passes 2^31 -
   *     1
   */
  public Bins {
    Arguments.atLeast("slices", slices, 1);
    Arguments.atLeast("outDepth", outDepth, 1);
    Arguments.atLeast("outHeight", outHeight, 1);
    Arguments.atLeast("outWidth", outWidth, 1);
    if ((long) outDepth * outHeight > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "outDepth·outHeight is "
              + (long) outDepth * outHeight
              + "; at most "
              + Integer.MAX_VALUE
              + " was needed");
    }
  }

  /**
   * Those of planes, [N, C, H, W] to [N, C, outHeight, outWidth].
   *
   * @param outHeight rows of an output plane, at least 1
   * @param outWidth its columns, at least 1
   * @return the bins
   * @throws IllegalArgumentException if one is less than 1
   */
  public static Bins of(int outHeight, int outWidth) {
    return new Bins(1, 1, outHeight, outWidth);
  }

  /**
   * Those of volumes, [N, C, slices, H, W] to [N, C, outDepth, outHeight, outWidth].
   *
   * @param slices slices of the channels that are pooled, at least 1
   * @param outDepth slices of the outputs, at least 1
   * @param outHeight rows of a slice of the outputs, at least 1
   * @param outWidth their columns, at least 1
   * @return the bins
   * @throws IllegalArgumentException as the constructor
   */
  public static Bins ofVolume(int slices, int outDepth, int outHeight, int outWidth) {
    return new Bins(slices, outDepth, outHeight, outWidth);
  }

  /**
   * Rows of a channel's outputs, those of all slices.
   *
   * @return outDepth·outHeight
   */
  public int outRows() {
    return outDepth * outHeight;
  }

  /**
   * A channel's outputs.
   *
   * @return outDepth·outHeight·outWidth
   */
  public long outputs() {
    return (long) outRows() * outWidth;
  }

  /**
   * Rows of each slice of maps.
   *
   * @param shape the maps' extents
   * @return H / slices
   * @throws IllegalArgumentException if H is not a multiple of slices
   */
  public int sliceHeight(FeatureShape shape) {
    if (shape.h() % slices != 0) {
      throw new IllegalArgumentException(
          "shape is "
              + shape
              + ", with "
              + shape.h()
              + " rows; a multiple of slices = "
              + slices
              + " was needed");
    }
    return shape.h() / slices;
  }

  /**
   * Whether each channel becomes one value, which is the global kernel's.
   *
   * @return true if there is one output along every axis
   */
  public boolean areGlobal() {
    return outputs() == 1;
  }

  /** Such as {@code 7 × 7}, or {@code 1 × 7 × 7 of 8 slices}. */
  @Override
  public String toString() {
    String plane = outHeight + " × " + outWidth;
    boolean planes = slices == 1 && outDepth == 1;
    return planes ? plane : outDepth + " × " + plane + " of " + slices + " slices";
  }
}
