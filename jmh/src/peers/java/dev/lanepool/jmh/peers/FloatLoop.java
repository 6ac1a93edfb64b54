package dev.lanepool.jmh.peers;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.Arrays;
import java.util.Map;

/** Plain loops with float accumulators, as they stand in many a program. */
public final class FloatLoop extends LoopPeer {
  /** The loops of every operation with one number per plane. */
  public FloatLoop() {
    super(
        "loop-float",
        Map.of(
            Operation.MEAN, FloatLoop::meanRows,
            Operation.SUM, FloatLoop::sumRows,
            Operation.MAX, FloatLoop::maxRows,
            Operation.MIN, FloatLoop::minRows,
            Operation.ARG_MAX, FloatLoop::argMaxRows),
        Map.of(
            Operation.MEAN, FloatLoop::meanPixels,
            Operation.SUM, FloatLoop::sumPixels,
            Operation.MAX, FloatLoop::maxPixels,
            Operation.MIN, FloatLoop::minPixels,
            Operation.ARG_MAX, FloatLoop::argMaxPixels));
  }

  private static void meanRows(float[] x, FeatureShape shape, float[] y) {
    sumRows(x, shape, y);
    divide(y, shape.planeSize());
  }

  private static void sumRows(float[] x, FeatureShape shape, float[] y) {
    int size = (int) shape.planeSize();
    for (int plane = 0; plane < y.length; plane++) {
      float sum = 0;
      for (int i = plane * size; i < (plane + 1) * size; i++) {
        sum += x[i];
      }
      y[plane] = sum;
    }
  }

  static void maxRows(float[] x, FeatureShape shape, float[] y) {
    int size = (int) shape.planeSize();
    for (int plane = 0; plane < y.length; plane++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int i = plane * size; i < (plane + 1) * size; i++) {
        max = Math.max(max, x[i]);
      }
      y[plane] = max;
    }
  }

  private static void minRows(float[] x, FeatureShape shape, float[] y) {
    int size = (int) shape.planeSize();
    for (int plane = 0; plane < y.length; plane++) {
      float min = Float.POSITIVE_INFINITY;
      for (int i = plane * size; i < (plane + 1) * size; i++) {
        min = Math.min(min, x[i]);
      }
      y[plane] = min;
    }
  }

  private static void argMaxRows(float[] x, FeatureShape shape, float[] y) {
    int size = (int) shape.planeSize();
    for (int plane = 0; plane < y.length; plane++) {
      int start = plane * size;
      int best = start;
      for (int i = start + 1; i < start + size; i++) {
        if (x[i] > x[best]) {
          best = i;
        }
      }
      y[plane] = best - start;
    }
  }

  private static void meanPixels(float[] x, FeatureShape shape, float[] y) {
    sumPixels(x, shape, y);
    divide(y, shape.planeSize());
  }

  private static void sumPixels(float[] x, FeatureShape shape, float[] y) {
    Arrays.fill(y, 0);
    for (int pixel = 0; pixel < shape.n() * shape.planeSize(); pixel++) {
      int from = pixel * shape.c();
      int to = sample(pixel, shape) * shape.c();
      for (int c = 0; c < shape.c(); c++) {
        y[to + c] += x[from + c];
      }
    }
  }

  static void maxPixels(float[] x, FeatureShape shape, float[] y) {
    Arrays.fill(y, Float.NEGATIVE_INFINITY);
    for (int pixel = 0; pixel < shape.n() * shape.planeSize(); pixel++) {
      int from = pixel * shape.c();
      int to = sample(pixel, shape) * shape.c();
      for (int c = 0; c < shape.c(); c++) {
        y[to + c] = Math.max(y[to + c], x[from + c]);
      }
    }
  }

  private static void minPixels(float[] x, FeatureShape shape, float[] y) {
    Arrays.fill(y, Float.POSITIVE_INFINITY);
    for (int pixel = 0; pixel < shape.n() * shape.planeSize(); pixel++) {
      int from = pixel * shape.c();
      int to = sample(pixel, shape) * shape.c();
      for (int c = 0; c < shape.c(); c++) {
        y[to + c] = Math.min(y[to + c], x[from + c]);
      }
    }
  }

  private static void argMaxPixels(float[] x, FeatureShape shape, float[] y) {
    Arrays.fill(y, 0);
    int size = (int) shape.planeSize();
    for (int n = 0; n < shape.n(); n++) {
      int first = n * size;
      for (int pixel = first + 1; pixel < first + size; pixel++) {
        for (int c = 0; c < shape.c(); c++) {
          int best = first + (int) y[n * shape.c() + c];
          if (x[pixel * shape.c() + c] > x[best * shape.c() + c]) {
            y[n * shape.c() + c] = pixel - first;
          }
        }
      }
    }
  }

  private static int sample(int pixel, FeatureShape shape) {
    return pixel / (int) shape.planeSize();
  }
}
