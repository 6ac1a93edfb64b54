package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.NEG;

import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.internal.Maths;
import jdk.incubator.vector.DoubleVector;

/**
 * The steps of a {@link Reduction}, each a loop over a chunk in place. The last vector may work on
 * what is behind the values, where there is room and nothing that counts.
 */
final class Steps {
  private Steps() {}

  /** Prepares n values. */
  static void base(Reduction r, double[] v, int n) {
    switch (r.base()) {
      case VALUE -> {}
      case MAGNITUDE -> magnitude(v, n);
      case NEGATIVE -> negative(v, n);
      case FLOORED -> floored(v, n, r.floor());
    }
    if (r.logarithm()) {
      log(v, n);
    }
  }

  /** Makes terms of n prepared values, which are relative to the center where there is one. */
  static void term(Reduction.Term term, double rate, double[] v, int n) {
    switch (term) {
      case NONE, VALUE -> {}
      case SQUARE, DEVIATION -> square(v, n);
      case CUBE -> cube(v, n);
      case EXPONENTIAL -> exp(v, n, rate);
    }
  }

  /** y[i] = x[i] / divisor. */
  static void divide(double[] x, double[] y, int n, double divisor) {
    for (int i = 0; i < n; i++) {
      y[i] = x[i] / divisor;
    }
  }

  /** Gives each term its weight; under the weight 0 it is +0, whatever it was. */
  static void weigh(double[] weights, double[] v, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = weights[i] == 0 ? 0 : weights[i] * v[i];
    }
  }

  /** Where the weight is 0, the value becomes the lowest of all. */
  static void exclude(double[] weights, double[] v, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = weights[i] == 0 ? Double.NEGATIVE_INFINITY : v[i];
    }
  }

  private static void magnitude(double[] v, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector.fromArray(DOUBLES, v, i).lanewise(ABS).intoArray(v, i);
    }
  }

  private static void negative(double[] v, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector.fromArray(DOUBLES, v, i).lanewise(NEG).intoArray(v, i);
    }
  }

  private static void floored(double[] v, int n, double floor) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector.fromArray(DOUBLES, v, i).lanewise(MAX, floor).intoArray(v, i);
    }
  }

  private static void square(double[] v, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector value = DoubleVector.fromArray(DOUBLES, v, i);
      value.mul(value).intoArray(v, i);
    }
  }

  private static void cube(double[] v, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector value = DoubleVector.fromArray(DOUBLES, v, i);
      value.mul(value).mul(value).intoArray(v, i);
    }
  }

  // One value at a time: in lanes, C2 boxed the vectors of so long a computation.
  private static void log(double[] v, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = Maths.log(v[i]);
    }
  }

  private static void exp(double[] v, int n, double rate) {
    for (int i = 0; i < n; i++) {
      v[i] = Maths.exp(rate * v[i]);
    }
  }
}
