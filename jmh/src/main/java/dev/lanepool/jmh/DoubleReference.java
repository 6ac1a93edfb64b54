package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSpec;

/** What a kernel on floats must give, in double, and how near a peer must come to it. */
final class DoubleReference {
  /**
   * The relative error that float accumulation may have, far beyond what it has here: a wrong
   * operation is off by more.
   */
  private static final double TOLERANCE = 1e-4;

  private DoubleReference() {}

  /**
   * Compares a peer's result with the reduction of x.
   *
   * @throws UserException where it is another
   */
  static void check(String peer, KernelSpec spec, FeatureShape shape, float[] x, float[] y) {
    if (y.length != shape.planes()) {
      throw new UserException(
          peer + " gave " + y.length + " results; " + shape.planes() + " were needed");
    }
    for (int plane = 0; plane < y.length; plane++) {
      double needed = reduce(spec, shape, x, plane);
      // not "> tolerance": NaN must fail
      if (!(Math.abs(given(spec, shape, x, y[plane], plane) - needed)
          <= tolerance(spec, shape, x, plane))) {
        throw new UserException(
            String.format(
                "%s gave %s for plane %d of %s; %s was needed",
                peer, y[plane], plane, shape, needed));
      }
    }
  }

  /** The same for a fully connected layer. */
  static void check(String peer, Peer.Dense dense, float[] y) {
    if (y.length != dense.rows() * dense.outputs()) {
      throw new UserException(
          String.format(
              "%s gave %d results; %d were needed",
              peer, y.length, dense.rows() * dense.outputs()));
    }
    for (int i = 0; i < y.length; i++) {
      int x = i / dense.outputs() * dense.inputs();
      int w = i % dense.outputs() * dense.inputs();
      double needed = dense.bias()[i % dense.outputs()];
      double magnitude = Math.abs(needed);
      for (int k = 0; k < dense.inputs(); k++) {
        double product = (double) dense.x()[x + k] * dense.weights()[w + k];
        needed += product;
        magnitude += Math.abs(product);
      }
      // not "> tolerance": NaN must fail
      if (!(Math.abs(y[i] - needed) <= TOLERANCE * magnitude)) {
        throw new UserException(
            String.format("%s gave %s as result %d; %s was needed", peer, y[i], i, needed));
      }
    }
  }

  /** What a result stands for; of equal maxima, a peer may choose which index it gives. */
  private static double given(
      KernelSpec spec, FeatureShape shape, float[] x, float result, int plane) {
    if (spec.operation() != KernelSpec.Operation.ARG_MAX) {
      return result;
    }
    return result >= 0 && result < shape.planeSize()
        ? value(spec.layout(), shape, x, plane, (int) result)
        : Double.NaN;
  }

  private static double reduce(KernelSpec spec, FeatureShape shape, float[] x, int plane) {
    int size = (int) shape.planeSize();
    double sum = 0;
    int max = 0;
    int min = 0;
    for (int i = 0; i < size; i++) {
      float value = value(spec.layout(), shape, x, plane, i);
      sum += value;
      max = value > value(spec.layout(), shape, x, plane, max) ? i : max;
      min = value < value(spec.layout(), shape, x, plane, min) ? i : min;
    }
    return switch (spec.operation()) {
      case MEAN -> sum / size;
      case SUM -> sum;
      case MAX, ARG_MAX -> value(spec.layout(), shape, x, plane, max);
      case MIN -> value(spec.layout(), shape, x, plane, min);
      default ->
          throw new IllegalArgumentException(
              "operation is " + spec.operation() + "; one with one number per plane was needed");
    };
  }

  /** Sums may be off by a part of what was added up; the others are one of the inputs. */
  private static double tolerance(KernelSpec spec, FeatureShape shape, float[] x, int plane) {
    double magnitude = 0;
    for (int i = 0; i < shape.planeSize(); i++) {
      magnitude += Math.abs(value(spec.layout(), shape, x, plane, i));
    }
    return switch (spec.operation()) {
      case MEAN -> TOLERANCE * magnitude / shape.planeSize();
      case SUM -> TOLERANCE * magnitude;
      default -> 0;
    };
  }

  private static float value(Layout layout, FeatureShape shape, float[] x, int plane, int i) {
    int size = (int) shape.planeSize();
    int sample = plane / shape.c();
    int channel = plane % shape.c();
    return layout == Layout.NCHW
        ? x[plane * size + i]
        : x[(sample * size + i) * shape.c() + channel];
  }
}
