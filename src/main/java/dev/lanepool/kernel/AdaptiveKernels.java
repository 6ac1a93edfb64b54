package dev.lanepool.kernel;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.internal.AdaptiveArguments;
import dev.lanepool.kernel.internal.AdaptiveGradients;
import dev.lanepool.kernel.internal.PlaneGradients;

/**
 * Adaptive pooling: every plane or volume is cut into windows, as many along each axis as {@link
 * Bins} says, and each becomes one value (PyTorch {@code adaptive_avg_pool2d}, {@code
 * adaptive_max_pool2d}, and {@code 3d}). Output o of an axis with {@code in} values and {@code out}
 * outputs has the window from floor(o·in / out) to ceil((o + 1)·in / out), in whole numbers;
 * windows may overlap, and there may be more outputs than values.
 *
 * <p>Maps of float32 are read from {@code x} in either layout, volumes as {@link
 * FeatureShape#volume} lays them out, and maps [N, C, outDepth·outHeight, outWidth] are written to
 * {@code y} in the same. Time is proportional to the windows' values: N·C·H·W, and less than four
 * times as much where windows overlap. The promises of {@link KernelSet} hold, and its exceptions.
 */
public interface AdaptiveKernels {
  /**
   * The mean of every window. The values of a column of the window are added slice by slice, in
   * each from top to bottom, then the columns' sums from left to right, each beginning with +0, in
   * double; one division by the window's size, one rounding. With one output per channel it is
   * {@link KernelSet#mean}, bit for bit.
   *
   * @param x the maps
   * @param xOffset where they begin in x
   * @param layout the order of x and of y
   * @param shape the extents of x
   * @param bins how many outputs there are along each axis; H is a multiple of their slices
   * @param y receives N·C·outDepth·outHeight·outWidth means
   * @param yOffset where they go in y
   */
  void adaptiveMean(
      float[] x, int xOffset, Layout layout, FeatureShape shape, Bins bins, float[] y, int yOffset);

  /**
   * The maximum of every window and where it first stands, slice by slice, row by row, in the order
   * of {@link KernelSet#argMax}.
   *
   * @param x the maps
   * @param xOffset where they begin in x
   * @param layout the order of x, of y and of index
   * @param shape the extents of x
   * @param bins how many outputs there are along each axis; H is a multiple of their slices
   * @param y receives N·C·outDepth·outHeight·outWidth maxima
   * @param yOffset where they go in y
   * @param index receives as many indices h·W + w within the plane of x, whatever the layout; in a
   *     volume h counts the rows of all slices; or null where they are not wanted
   * @param indexOffset where they go in index
   */
  void adaptiveMax(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      Bins bins,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset);

  /**
   * The gradient of {@link #adaptiveMean} with respect to x. Each value is the sum of gy / size
   * over the windows that cover it, slice by slice, row by row, in double, rounded once.
   *
   * @param gy the gradient of y, [N, C, outDepth·outHeight, outWidth]
   * @param gyOffset where it begins in gy
   * @param layout the order of gy and of gx
   * @param shape the extents of x
   * @param bins how many outputs there are along each axis; H is a multiple of their slices
   * @param gx receives N·C·H·W values
   * @param gxOffset where they go in gx
   */
  default void adaptiveMeanGradient(
      float[] gy,
      int gyOffset,
      Layout layout,
      FeatureShape shape,
      Bins bins,
      float[] gx,
      int gxOffset) {
    AdaptiveArguments.gradient(gy, gyOffset, layout, shape, bins, gx, gxOffset);
    if (shape.planes() == 0) {
      return; // the extents of empty maps need not fit the arithmetic below
    }
    if (bins.areGlobal()) {
      PlaneGradients.spread(gy, gyOffset, layout, shape, 1, shape.planeSize(), gx, gxOffset);
    } else {
      AdaptiveGradients.mean(gy, gyOffset, layout, shape, bins, gx, gxOffset);
    }
  }

  /**
   * The gradient of {@link #adaptiveMax} with respect to x: where a maximum stands, the sum of gy
   * over the windows whose maximum it is, slice by slice, row by row, in double, rounded once; +0
   * elsewhere. With one output per channel it is the gradient of {@link KernelSet#argMax}.
   *
   * @param gy the gradient of y, [N, C, outDepth·outHeight, outWidth]
   * @param gyOffset where it begins in gy
   * @param index the indices that adaptiveMax gave, each a pixel of its window
   * @param indexOffset where they begin in index
   * @param layout the order of gy, of index and of gx
   * @param shape the extents of x
   * @param bins how many outputs there are along each axis; H is a multiple of their slices
   * @param gx receives N·C·H·W values
   * @param gxOffset where they go in gx
   */
  default void adaptiveMaxGradient(
      float[] gy,
      int gyOffset,
      int[] index,
      int indexOffset,
      Layout layout,
      FeatureShape shape,
      Bins bins,
      float[] gx,
      int gxOffset) {
    AdaptiveArguments.indexedGradient(
        gy, gyOffset, index, indexOffset, layout, shape, bins, gx, gxOffset);
    if (shape.planes() > 0) {
      AdaptiveGradients.max(gy, gyOffset, index, indexOffset, layout, shape, bins, gx, gxOffset);
    }
  }
}
