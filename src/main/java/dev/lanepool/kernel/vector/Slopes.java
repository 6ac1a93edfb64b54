package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

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

  /** Writes which values are the maximum, all NaNs alike, and returns how many. */
  static int findPeaks(double[] v, double[] maxima, int n, int[] to) {
    int found = 0;
    if (!Lanes.COMPARED) {
      for (int i = 0; i < n; i++) {
        to[found] = i;
        found += Double.compare(v[i], maxima[i]) == 0 ? 1 : 0;
      }
      return found;
    }
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      long equal = bits(at(v, i)).compare(EQ, bits(at(maxima, i))).toLong();
      for (; equal != 0; equal &= equal - 1) {
        to[found++] = i + Long.numberOfTrailingZeros(equal);
      }
    }
    return beforeEnd(to, found, n);
  }

  /** What is found in the last vector may lie behind the values. */
  private static int beforeEnd(int[] places, int found, int n) {
    int kept = found;
    while (kept > 0 && places[kept - 1] >= n) {
      kept--;
    }
    return kept;
  }

  /** Of so many places keeps those with a weight, and returns how many. */
  static int keepWeighed(double[] weights, int[] places, int n) {
    int kept = 0;
    for (int i = 0; i < n; i++) {
      places[kept] = places[i];
      kept += weights[places[i]] != 0 ? 1 : 0;
    }
    return kept;
  }

  /** As {@link Double#doubleToLongBits}. */
  private static LongVector bits(DoubleVector v) {
    return v.blend(Double.NaN, v.compare(NE, v)).reinterpretAsLongs();
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

  /** v[i] = v[i] - numbers[i]. */
  static void subtract(double[] v, double[] numbers, int n) {
    for (int i = 0; i < n; i++) {
      v[i] -= numbers[i];
    }
  }

  /** v[i] = v[i]·factors[i]. */
  static void multiply(double[] v, double[] factors, int n) {
    for (int i = 0; i < n; i++) {
      v[i] *= factors[i];
    }
  }

  /** v[i] = v[i] / divisors[i]. */
  static void divide(double[] v, double[] divisors, int n) {
    for (int i = 0; i < n; i++) {
      v[i] /= divisors[i];
    }
  }
}
