package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.Maths.TO_INTEGER;
import static dev.lanepool.kernel.internal.Maths.TO_INTEGER_BITS;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanepool.kernel.internal.CubeRoot;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/** Roots of the first of s.values, in place: the arithmetic of {@link CubeRoot}, lane by lane. */
final class Roots {
  private static final Boundary SQUARE =
      new Boundary((x, start, stride, n, planes, s) -> square(s.values, n));
  private static final Boundary ESTIMATE =
      new Boundary((x, start, stride, n, planes, s) -> estimate(s.values, s.others, n));
  private static final Boundary IMPROVE =
      new Boundary((x, start, stride, n, planes, s) -> improve(s.values, s.others, n));
  private static final Boundary FINISH =
      new Boundary((x, start, stride, n, planes, s) -> finish(s.values, s.others, n));

  private Roots() {}

  /** Roots of degree 1, 2 or 3 of n values; s.others is spent. */
  static void of(int degree, int n, Scratch s) {
    if (degree == 2) {
      SQUARE.reduce(null, 0, 0, n, 0, s);
    } else if (degree == 3) {
      cube(n, s);
    }
  }

  private static void cube(int n, Scratch s) {
    if (!Lanes.COMPARED) {
      for (int i = 0; i < n; i++) {
        s.values[i] = CubeRoot.of(s.values[i]);
      }
      return;
    }
    ESTIMATE.reduce(null, 0, 0, n, 0, s);
    for (int i = 0; i < CubeRoot.ITERATIONS; i++) {
      IMPROVE.reduce(null, 0, 0, n, 0, s);
    }
    FINISH.reduce(null, 0, 0, n, 0, s);
  }

  private static void square(double[] v, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      at(v, i).sqrt().intoArray(v, i);
    }
  }

  private static void estimate(double[] v, double[] roots, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector x = scaled(at(v, i));
      LongVector high = x.reinterpretAsLongs().lanewise(LSHR, 32).or(TO_INTEGER_BITS);
      DoubleVector exponent = high.reinterpretAsDoubles().sub(TO_INTEGER);
      DoubleVector d = exponent.mul(CubeRoot.SLOPE).add(CubeRoot.BIAS).add(TO_INTEGER);
      d.reinterpretAsLongs().lanewise(LSHL, 32).reinterpretAsDoubles().intoArray(roots, i);
    }
  }

  /** Small values are scaled, the others as they are. */
  private static DoubleVector scaled(DoubleVector x) {
    return x.blend(x.mul(CubeRoot.SCALE), x.compare(LT, CubeRoot.SMALL));
  }

  private static void improve(double[] v, double[] roots, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector r = at(roots, i);
      DoubleVector h = scaled(at(v, i)).mul(r).mul(r.mul(r)).neg().add(1);
      DoubleVector p = h.mul(CubeRoot.H3).add(CubeRoot.H2).mul(h).add(CubeRoot.H1).mul(h);
      r.mul(p).add(r).intoArray(roots, i);
    }
  }

  private static void finish(double[] v, double[] roots, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector x = at(v, i);
      DoubleVector scaled = scaled(x);
      DoubleVector r = at(roots, i);
      DoubleVector y = scaled.mul(r).mul(r);
      DoubleVector half = y.mul(0.5);
      DoubleVector error = half.mul(half).mul(half).sub(scaled.mul(0.125));
      y = y.sub(error.mul(r.mul(r).mul(CubeRoot.EIGHT_THIRDS)));
      y = y.blend(y.mul(CubeRoot.UNSCALE), x.compare(LT, CubeRoot.SMALL));
      x.blend(y, x.compare(LT, Double.POSITIVE_INFINITY)).intoArray(v, i);
    }
  }
}
