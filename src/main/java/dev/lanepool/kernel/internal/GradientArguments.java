package dev.lanepool.kernel.internal;

import static dev.lanepool.kernel.internal.Arguments.apart;
import static dev.lanepool.kernel.internal.Arguments.array;
import static dev.lanepool.kernel.internal.Arguments.denseExtents;

import dev.lanepool.FeatureMap;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Ties;
import java.util.Objects;

/** As {@link Arguments}, for gradients. */
public final class GradientArguments {
  private GradientArguments() {}

  /** Checks the gradient of a fully connected layer's input. */
  public static void denseInputGradient(
      float[] gy,
      int gyOffset,
      int rows,
      int outputs,
      float[] weights,
      int weightsOffset,
      int inputs,
      float[] gx,
      int gxOffset) {
    denseExtents(rows, inputs, outputs);
    long gySize = (long) rows * outputs;
    long weightsSize = (long) outputs * inputs;
    long gxSize = (long) rows * inputs;
    array("gy", gy, gyOffset, gySize);
    array("weights", weights, weightsOffset, weightsSize);
    array("gx", gx, gxOffset, gxSize);
    apart("gx", gx, gxOffset, gxSize, "gy", gy, gyOffset, gySize);
    apart("gx", gx, gxOffset, gxSize, "weights", weights, weightsOffset, weightsSize);
  }

  /** Checks the gradients of a fully connected layer's weights and bias. */
  public static void denseWeightGradient(
      float[] gy,
      int gyOffset,
      int rows,
      int outputs,
      float[] x,
      int xOffset,
      int inputs,
      float[] gw,
      int gwOffset,
      float[] gb,
      int gbOffset) {
    denseExtents(rows, inputs, outputs);
    long gySize = (long) rows * outputs;
    long xSize = (long) rows * inputs;
    long gwSize = (long) outputs * inputs;
    array("gy", gy, gyOffset, gySize);
    array("x", x, xOffset, xSize);
    array("gw", gw, gwOffset, gwSize);
    array("gb", gb, gbOffset, outputs);
    apart("gw", gw, gwOffset, gwSize, "gy", gy, gyOffset, gySize);
    apart("gw", gw, gwOffset, gwSize, "x", x, xOffset, xSize);
    apart("gb", gb, gbOffset, outputs, "gy", gy, gyOffset, gySize);
    apart("gb", gb, gbOffset, outputs, "x", x, xOffset, xSize);
    apart("gb", gb, gbOffset, outputs, "gw", gw, gwOffset, gwSize);
  }

  /** Checks the gradient of a reduction. */
  public static void reduction(
      Reduction r, Ties ties, FeatureMap x, float[] gy, int gyOffset, float[] gx, int gxOffset) {
    Arguments.map(r, x);
    Objects.requireNonNull(ties, "ties is null; FIRST or SHARED was needed");
    long planes = x.shape().planes();
    long elements = x.shape().elements();
    array("gy", gy, gyOffset, planes);
    array("gx", gx, gxOffset, elements);
    apart("gx", gx, gxOffset, elements, "gy", gy, gyOffset, planes);
    apart("gx", gx, gxOffset, elements, x);
  }
}
