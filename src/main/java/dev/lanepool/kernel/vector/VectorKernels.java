package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.internal.Arguments;
import jdk.incubator.vector.VectorShape;

/** The kernels in SIMD lanes: checks the arguments, then chooses the loop form. */
public final class VectorKernels implements KernelSet {
  /**
   * The width of the widest vectors that the JVM offers; below 128 these kernels can't be used.
   *
   * @return bits of a vector
   */
  public static int preferredBits() {
    return VectorShape.preferredShape().vectorBitSize();
  }

  /**
   * The width in use.
   *
   * @return bits of a vector: 128, 256 or 512
   */
  public static int bits() {
    return Lanes.SHAPE.vectorBitSize();
  }

  @Override
  public void mean(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    Arguments.reduction(x, xOffset, layout, shape, y, yOffset);
    PlaneGroups.reduce(Forms.MEAN, x, xOffset, layout, shape, y, yOffset, null, 0, null, 0);
  }

  @Override
  public void sum(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    Arguments.reduction(x, xOffset, layout, shape, y, yOffset);
    PlaneGroups.reduce(Forms.SUM, x, xOffset, layout, shape, y, yOffset, null, 0, null, 0);
  }

  @Override
  public void max(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    Arguments.reduction(x, xOffset, layout, shape, y, yOffset);
    PlaneGroups.reduce(Forms.MAX, x, xOffset, layout, shape, y, yOffset, null, 0, null, 0);
  }

  @Override
  public void min(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    Arguments.reduction(x, xOffset, layout, shape, y, yOffset);
    PlaneGroups.reduce(Forms.MIN, x, xOffset, layout, shape, y, yOffset, null, 0, null, 0);
  }

  @Override
  public void argMax(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    Arguments.indexedReduction(x, xOffset, layout, shape, y, yOffset, index, indexOffset);
    PlaneGroups.reduce(
        Forms.ARG_MAX, x, xOffset, layout, shape, y, yOffset, null, 0, index, indexOffset);
  }

  @Override
  public void meanMax(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] mean,
      int meanOffset,
      float[] max,
      int maxOffset) {
    Arguments.meanMax(x, xOffset, layout, shape, mean, meanOffset, max, maxOffset);
    PlaneGroups.reduce(
        Forms.MEAN_MAX, x, xOffset, layout, shape, mean, meanOffset, max, maxOffset, null, 0);
  }

  @Override
  public void dense(
      float[] x,
      int xOffset,
      int rows,
      int inputs,
      float[] weights,
      int weightsOffset,
      float[] bias,
      int biasOffset,
      int outputs,
      float[] y,
      int yOffset) {
    Arguments.dense(
        x, xOffset, rows, inputs, weights, weightsOffset, bias, biasOffset, outputs, y, yOffset);
    Scratch s = Scratch.ofThread();
    // A few rows of weights at a time, which stay in the cache for all input vectors.
    int batch = Math.max(1, Math.min(Scratch.PLANES, 4 * RowSums.BLOCK / inputs));
    for (int output = 0; output < outputs; output += batch) {
      int count = Math.min(batch, outputs - output);
      int weightsStart = weightsOffset + output * inputs;
      for (int row = 0; row < rows; row++) {
        RowDots.dots(x, xOffset + row * inputs, weights, weightsStart, count, inputs, s);
        int to = yOffset + row * outputs + output;
        for (int i = 0; i < count; i++) {
          y[to + i] = (float) (s.sums[i] + bias[biasOffset + output + i]);
        }
      }
    }
  }
}
