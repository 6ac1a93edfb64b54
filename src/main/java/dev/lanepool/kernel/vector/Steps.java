package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.NEG;

import dev.lanepool.kernel.Reduction;
import jdk.incubator.vector.DoubleVector;

/**
 * The steps of a {@link Reduction}, each a loop over a chunk in place. The last vector may work on
 * what is behind the values, where there is room and nothing that counts.
 */
final class Steps {
  private Steps() {}

  /** Prepares n values, and takes their logarithm where the reduction has one. */
  static void base(Reduction r, int n, Scratch s) {
    prepare(r, n, s);
    if (r.logarithm()) {
      Exponentials.log(n, s);
    }
  }

  /** Prepares n values. */
  static void prepare(Reduction r, int n, Scratch s) {
    double[] v = s.values;
    switch (r.base()) {
      case VALUE -> {}
      case MAGNITUDE -> magnitude(v, n);
      case NEGATIVE -> negative(v, n);
      case FLOORED -> floored(v, n, r.floor());
    }
  }

  /** Makes terms of n prepared values, which are relative to the center where there is one. */
  static void term(Reduction.Term term, double rate, int n, Scratch s) {
    double[] v = s.values;
    switch (term) {
      case NONE, VALUE -> {}
      case SQUARE, DEVIATION -> square(v, n);
      case CUBE -> cube(v, n);
      case EXPONENTIAL -> Exponentials.exp(rate, n, s);
    }
  }

  /** y[i] = x[i] / divisor. */
  static void divide(double[] x, double[] y, int n, double divisor) {
    for (int i = 0; i < n; i++) {
      y[i] = x[i] / divisor;
    }
  }

  /** The center, and v[i] / rate where that is finite. */
  static void addCenters(double rate, double[] v, double[] centers, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = Double.isFinite(centers[i]) ? centers[i] + v[i] / rate : centers[i];
    }
  }

  /** Gives each term its weight; under the weight 0 it is +0, whatever it was. */
  static void weigh(double[] weights, double[] v, int n) {
    if (Lanes.COMPARED) {
      for (int i = 0; i < n; i += DOUBLE_LANES) {
        DoubleVector weight = DoubleVector.fromArray(DOUBLES, weights, i);
        DoubleVector product = weight.mul(DoubleVector.fromArray(DOUBLES, v, i));
        product.blend(0, weight.compare(EQ, 0)).intoArray(v, i);
      }
      return;
    }
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

  /** to[at + i] = v[start + i], rounded. */
  static void round(double[] v, int start, float[] to, int at, int n) {
    for (int i = 0; i < n; i++) {
      to[at + i] = (float) v[start + i];
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
}
