package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanepool.kernel.Reduction;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** The steps of {@link StagedGradient}, as {@link Steps}; C2 makes vectors of the plain loops. */
final class Slopes {
  private Slopes() {}

  /**
   * Multiplies weights by the derivative of the base, which is -1, 0 or 1; and by 0 where a power
   * of the prepared value is 0.
   */
  static void ofBase(Reduction r, double[] x, double[] weights, int n) {
    boolean power = r.term() != Reduction.Term.VALUE;
    switch (r.base()) {
      case VALUE -> {}
      case MAGNITUDE -> signs(x, weights, n);
      case FLOORED -> exclude(x, r.floor() == 0 && power, r.floor(), weights, n);
      case NEGATIVE -> throw new AssertionError("a minimum has no sum");
    }
  }

  private static void signs(double[] x, double[] weights, int n) {
    if (!Lanes.COMPARED) {
      for (int i = 0; i < n; i++) {
        weights[i] = x[i] == 0 ? 0 : Math.copySign(weights[i], x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector value = DoubleVector.fromArray(DOUBLES, x, i);
      LongVector sign = value.reinterpretAsLongs().and(Long.MIN_VALUE);
      LongVector weight = DoubleVector.fromArray(DOUBLES, weights, i).reinterpretAsLongs();
      DoubleVector signed = weight.or(sign).reinterpretAsDoubles();
      signed.blend(0, value.compare(EQ, 0)).intoArray(weights, i);
    }
  }

  private static void exclude(double[] x, boolean floor, double border, double[] weights, int n) {
    if (!Lanes.COMPARED) {
      for (int i = 0; i < n; i++) {
        weights[i] = x[i] < border || floor && x[i] == border ? 0 : weights[i];
      }
      return;
    }
    VectorOperators.Comparison below = floor ? LE : LT;
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector value = DoubleVector.fromArray(DOUBLES, x, i);
      DoubleVector weight = DoubleVector.fromArray(DOUBLES, weights, i);
      weight.blend(0, value.compare(below, border)).intoArray(weights, i);
    }
  }

  /** v[i] = 2·v[i]. */
  static void twice(double[] v, int n) {
    for (int i = 0; i < n; i++) {
      v[i] *= 2;
    }
  }

  /** v[i] = v[i]². */
  static void square(double[] v, int n) {
    for (int i = 0; i < n; i++) {
      v[i] *= v[i];
    }
  }

  /** v[i] = v[i] / divisors[i]. */
  static void divide(double[] v, double[] divisors, int n) {
    for (int i = 0; i < n; i++) {
      v[i] /= divisors[i];
    }
  }
}
