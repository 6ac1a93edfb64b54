package dev.lanepool.kernel.internal;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Objects;

/** The checks that every backend makes before it writes anything. They allocate only to throw. */
public final class Arguments {
  private Arguments() {}

  /** Checks a reduction of x into one value per plane in y. */
  public static void reduction(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    input(x, xOffset, layout, shape);
    output("y", y, yOffset, shape, x, xOffset);
  }

  /** Checks a reduction into a value and an index per plane. */
  public static void indexedReduction(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    reduction(x, xOffset, layout, shape, y, yOffset);
    Objects.requireNonNull(index, "index is null; an int[] was needed");
    range("index", index.length, indexOffset, shape.planes());
  }

  /** Checks a reduction into two values per plane. */
  public static void meanMax(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] mean,
      int meanOffset,
      float[] max,
      int maxOffset) {
    input(x, xOffset, layout, shape);
    output("mean", mean, meanOffset, shape, x, xOffset);
    output("max", max, maxOffset, shape, x, xOffset);
    long planes = shape.planes();
    apart("max", max, maxOffset, planes, "mean", mean, meanOffset, planes);
  }

  /** Checks a fully connected layer. */
  public static void dense(
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
    denseExtents(rows, inputs, outputs);
    long xSize = (long) rows * inputs;
    long weightsSize = (long) outputs * inputs;
    long ySize = (long) rows * outputs;
    array("x", x, xOffset, xSize);
    array("weights", weights, weightsOffset, weightsSize);
    array("bias", bias, biasOffset, outputs);
    array("y", y, yOffset, ySize);
    apart("y", y, yOffset, ySize, "x", x, xOffset, xSize);
    apart("y", y, yOffset, ySize, "weights", weights, weightsOffset, weightsSize);
    apart("y", y, yOffset, ySize, "bias", bias, biasOffset, outputs);
  }

  /** Checks a pointwise convolution. */
  public static void pointwise(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] weights,
      int weightsOffset,
      int outputs,
      float[] y,
      int yOffset) {
    input(x, xOffset, layout, shape);
    if (shape.c() == 0) {
      throw new IllegalArgumentException(
          "shape is " + shape + "; C of at least 1 was needed, a sum of no channels has no value");
    }
    atLeast("outputs", outputs, 0);
    long weightsSize = (long) outputs * shape.c();
    long ySize = shape.n() * shape.planeSize() * outputs;
    array("weights", weights, weightsOffset, weightsSize);
    array("y", y, yOffset, ySize);
    apart("y", y, yOffset, ySize, "x", x, xOffset, shape.elements());
    apart("y", y, yOffset, ySize, "weights", weights, weightsOffset, weightsSize);
  }

  static void denseExtents(int rows, int inputs, int outputs) {
    atLeast("rows", rows, 0);
    atLeast("inputs", inputs, 1);
    atLeast("outputs", outputs, 0);
  }

  private static void input(float[] x, int xOffset, Layout layout, FeatureShape shape) {
    maps("x", x, xOffset, layout, shape);
  }

  /** Checks maps that are not empty. */
  static void maps(String name, float[] x, int xOffset, Layout layout, FeatureShape shape) {
    Objects.requireNonNull(layout, "layout is null; NCHW or NHWC was needed");
    Objects.requireNonNull(shape, "shape is null; a FeatureShape was needed");
    if (shape.planeSize() == 0) {
      throw new IllegalArgumentException(
          "shape is " + shape + "; H and W of at least 1 were needed, an empty plane has no value");
    }
    array(name, x, xOffset, shape.elements());
  }

  private static void output(
      String name, float[] y, int yOffset, FeatureShape shape, float[] x, int xOffset) {
    array(name, y, yOffset, shape.planes());
    apart(name, y, yOffset, shape.planes(), "x", x, xOffset, shape.elements());
  }

  static void array(String name, float[] array, int offset, long needed) {
    if (array == null) {
      throw new NullPointerException(name + " is null; a float[] was needed");
    }
    range(name, array.length, offset, needed);
  }

  static void range(String name, int length, int offset, long needed) {
    if (offset < 0) {
      throw new IllegalArgumentException(
          name + "Offset is " + offset + "; an offset of 0 or more was needed");
    }
    if (needed > length - offset) {
      throw new IllegalArgumentException(
          name
              + " has "
              + length
              + " elements; from "
              + name
              + "Offset = "
              + offset
              + " on, "
              + needed
              + " were needed");
    }
  }

  static void apart(
      String name,
      float[] output,
      int offset,
      long size,
      String otherName,
      float[] other,
      int otherOffset,
      long otherSize) {
    if (output == other && offset < otherOffset + otherSize && otherOffset < offset + size) {
      throw new IllegalArgumentException(
          name
              + " overlaps "
              + otherName
              + ": in the same array, elements "
              + offset
              + " to "
              + (offset + size - 1)
              + " and "
              + otherOffset
              + " to "
              + (otherOffset + otherSize - 1)
              + "; separate ranges were needed");
    }
  }

  static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " is " + value + "; at least " + least + " was needed");
    }
  }
}
