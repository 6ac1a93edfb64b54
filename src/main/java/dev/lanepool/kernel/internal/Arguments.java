package dev.lanepool.kernel.internal;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Reduction;
import java.util.List;
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

  /** Checks a reduction of a map into one value per plane in y, and an index unless it is null. */
  public static void reduction(
      Reduction r, FeatureMap x, float[] y, int yOffset, int[] index, int indexOffset) {
    map(r, x);
    long planes = x.shape().planes();
    array("y", y, yOffset, planes);
    apart("y", y, yOffset, planes, x);
    if (index != null) {
      range("index", index.length, indexOffset, planes);
    }
  }

  /** Checks a reduction of adjacent channels of a sample; index may be null. */
  public static void channels(
      Reduction r,
      FeatureMap x,
      int n,
      int c,
      int channels,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    if (index != null) {
      indexed(r, x, index);
    }
    reduction(r, x, y, yOffset, index, indexOffset);
    FeatureShape shape = x.shape();
    if (n < 0 || n >= shape.n()) {
      throw new IllegalArgumentException(
          "n is " + n + "; a sample of the shape " + shape + " was needed");
    }
    if (c < 0 || channels < 0 || channels > shape.c() - c) {
      throw new IllegalArgumentException(
          "c is "
              + c
              + " and channels is "
              + channels
              + "; a range of the channels of the shape "
              + shape
              + " was needed");
    }
  }

  /** Checks several reductions of a map into y, and into index unless it is null. */
  public static void statistics(
      List<Reduction> statistics,
      FeatureMap x,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    Objects.requireNonNull(statistics, "statistics is null; a List of Reductions was needed");
    if (statistics.isEmpty()) {
      throw new IllegalArgumentException("statistics is empty; a Reduction was needed");
    }
    for (int i = 0; i < statistics.size(); i++) {
      map(statistics.get(i), x);
      if (index != null && statistics.get(i).indexed()) {
        indexed(statistics.get(i), x, index);
      }
    }
    long results = statistics.size() * x.shape().planes();
    array("y", y, yOffset, results);
    apart("y", y, yOffset, results, x);
    if (index != null) {
      range(
          "index", index.length, indexOffset, Statistics.indexed(statistics) * x.shape().planes());
    }
  }

  /** Checks that the reduction has indices, and that they fit an int. */
  public static void indexed(Reduction r, FeatureMap x, int[] index) {
    Objects.requireNonNull(r, "r is null; a Reduction was needed");
    Objects.requireNonNull(x, "x is null; a FeatureMap was needed");
    Objects.requireNonNull(index, "index is null; an int[] was needed");
    if (!r.indexed()) {
      throw new IllegalArgumentException(
          "r is " + r + "; MAX or MIN was needed, other results are no value of the plane");
    }
    if (x.shape().planeSize() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shape is " + x.shape() + "; planes of 2147483647 values at most were needed");
    }
  }

  /** Checks a reduction of a map into another. */
  public static void reduction(Reduction r, FeatureMap x, FeatureMap y) {
    map(r, x);
    Objects.requireNonNull(y, "y is null; a FeatureMap was needed");
    y.checkAccess();
    FeatureShape shape = y.shape();
    if (shape.n() != x.shape().n() || shape.c() != x.shape().c() || shape.planeSize() != 1) {
      FeatureShape needed = new FeatureShape(x.shape().n(), x.shape().c(), 1, 1);
      throw new IllegalArgumentException(
          "y has the shape " + shape + "; " + needed + " was needed");
    }
    if (y.segment().isReadOnly()) {
      throw new IllegalArgumentException("y is read-only; a map that can be written was needed");
    }
    if (y.overlaps(x)) {
      throw new IllegalArgumentException("y overlaps x; separate ranges were needed");
    }
  }

  /** Checks that an array of results is no part of a map. */
  static void apart(String name, float[] y, int yOffset, long size, FeatureMap x) {
    if (x.hasArray()) {
      apart(name, y, yOffset, size, "x", x.array(), x.offset(), x.shape().elements());
    } else if (x.base() == y && y.length > 0) {
      throw new IllegalArgumentException(name + " is the array of x; separate ones were needed");
    }
  }

  static void map(Reduction r, FeatureMap x) {
    Objects.requireNonNull(r, "r is null; a Reduction was needed");
    Objects.requireNonNull(x, "x is null; a FeatureMap was needed");
    x.checkAccess();
    plane(x.shape());
    if (x.shape().planeSize() <= r.correction()) {
      throw new IllegalArgumentException(
          "shape is "
              + x.shape()
              + "; "
              + r
              + " needs planes of more than "
              + r.correction()
              + " values");
    }
    if (x.shape().planes() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shape is " + x.shape() + "; 2147483647 planes at most were needed");
    }
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
    plane(shape);
    array(name, x, xOffset, shape.elements());
  }

  private static void plane(FeatureShape shape) {
    if (shape.planeSize() == 0) {
      throw new IllegalArgumentException(
          "shape is " + shape + "; H and W of at least 1 were needed, an empty plane has no value");
    }
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

  /** Checks an extent. */
  public static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " is " + value + "; at least " + least + " was needed");
    }
  }
}
