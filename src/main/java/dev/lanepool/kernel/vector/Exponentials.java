package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.Maths.TO_INTEGER;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanepool.kernel.internal.Maths;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/**
 * Powers of e and logarithms of the first of s.values, in place, in the steps of {@link Maths}: of
 * those that only calculate, C2 makes vectors by itself.
 */
final class Exponentials {
  private static final Boundary SCALE =
      new Boundary((x, start, stride, n, planes, s) -> scale(s.values, s.others, n));

  private static final Boundary SPLIT =
      new Boundary((x, start, stride, n, planes, s) -> split(s.values, s.others, n));

  private static final DoubleVector BIAS = DoubleVector.broadcast(DOUBLES, Maths.BIAS);

  private Exponentials() {}

  /** values[i] = e^(rate·values[i]); spends s.others. */
  static void exp(double rate, int n, Scratch s) {
    reduce(rate, s.values, s.others, n);
    expOfRests(s.values, n);
    SCALE.reduce(null, 0, 0, n, 0, s);
  }

  /** values[i] = ln(values[i]); spends s.others. */
  static void log(int n, Scratch s) {
    if (Lanes.COMPARED) {
      SPLIT.reduce(null, 0, 0, n, 0, s);
      logOfParts(s.values, s.others, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      s.values[i] = Maths.log(s.values[i]);
    }
  }

  private static void logOfParts(double[] v, double[] exponents, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = Maths.logOfParts(v[i], exponents[i]);
    }
  }

  /** Mantissas in place, and their exponents. */
  private static void split(double[] v, double[] exponents, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector x = DoubleVector.fromArray(DOUBLES, v, i);
      VectorMask<Double> small = x.compare(LT, Double.MIN_NORMAL);
      LongVector bits = x.blend(x.mul(Maths.SCALE), small).reinterpretAsLongs();
      bits = bits.add(Maths.ABOVE_SQRT_HALF);
      LongVector high = bits.lanewise(LSHR, Maths.FRACTION).add(Maths.TO_INTEGER_BITS);
      DoubleVector biased = high.reinterpretAsDoubles().sub(TO_INTEGER);
      DoubleVector exponent = biased.sub(BIAS.blend(Maths.SCALED_BIAS, small));
      exponent = x.blend(exponent, x.compare(LT, Double.POSITIVE_INFINITY));
      exponent.blend(Double.NEGATIVE_INFINITY, x.compare(EQ, 0)).intoArray(exponents, i);
      LongVector mantissa = bits.and(Maths.FRACTION_MASK).add(Maths.SQRT_HALF_BITS);
      mantissa.reinterpretAsDoubles().intoArray(v, i);
    }
  }

  private static void reduce(double rate, double[] v, double[] powers, int n) {
    for (int i = 0; i < n; i++) {
      double x = Maths.clamp(rate * v[i]);
      double k = Maths.powers(x);
      powers[i] = k;
      v[i] = Maths.rest(x, k);
    }
  }

  private static void expOfRests(double[] v, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = Maths.expOfRest(v[i]);
    }
  }

  private static void scale(double[] v, double[] powers, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector k = DoubleVector.fromArray(DOUBLES, powers, i);
      DoubleVector half = k.mul(0.5).add(TO_INTEGER).sub(TO_INTEGER);
      DoubleVector result = DoubleVector.fromArray(DOUBLES, v, i).mul(powerOfTwo(half));
      result.mul(powerOfTwo(k.sub(half))).intoArray(v, i);
    }
  }

  private static DoubleVector powerOfTwo(DoubleVector k) {
    return k.add(TO_INTEGER)
        .reinterpretAsLongs()
        .lanewise(LSHL, Maths.FRACTION)
        .add(Maths.ONE_BITS)
        .reinterpretAsDoubles();
  }
}
