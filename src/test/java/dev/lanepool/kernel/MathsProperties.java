package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.internal.CubeRoot;
import dev.lanepool.kernel.internal.Maths;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Roots, powers of e and logarithms of all sizes of doubles. */
class MathsProperties {
  @Property(tries = 50)
  void cubeRootsAreOffByLessThanOneUnitInTheLastPlace(@ForAll long seed) {
    for (double x : magnitudes(new Random(seed), 200)) {
      double root = CubeRoot.of(x);
      BigDecimal r = new BigDecimal(root);
      BigDecimal exact = new BigDecimal(x);
      BigDecimal error = r.pow(3).subtract(exact).abs();
      BigDecimal slope = r.pow(2).multiply(BigDecimal.valueOf(3));
      double units = error.divide(slope, MathContext.DECIMAL64).doubleValue() / Math.ulp(root);
      assertTrue(units < 1, () -> "the cube root of " + x + " is off by " + units + " units");
    }
  }

  /** StrictMath is off by one unit at the most. */
  @Property(tries = 50)
  void powersOfEAndLogarithmsAreOffByAFewUnits(@ForAll long seed) {
    Random random = new Random(seed);
    for (double x : magnitudes(random, 200)) {
      assertNear(StrictMath.log(x), Maths.log(x), "the logarithm of " + x);
      double y = 1500 * random.nextDouble() - 750;
      assertNear(StrictMath.exp(y), Maths.exp(y), "e to the " + y);
    }
  }

  private static void assertNear(double expected, double actual, String what) {
    assertEquals(expected, actual, 4 * Math.ulp(expected), what);
  }

  /** Of planes of one value. */
  @Property(tries = 50)
  void lanesTakeTheSameSteps(@ForAll long seed) {
    double[] x = magnitudes(new Random(seed), 100);
    assertSameSteps(x);
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.cbrt(x[i]); // so that its cube may be of any size
    }
    assertSameSteps(x);
  }

  private static void assertSameSteps(double[] x) {
    for (Reduction r : List.of(Reduction.lpNorm(3), Reduction.lpNorm(1.5), Reduction.L2)) {
      assertArrayEquals(results(r, Kernels.scalar(), x), results(r, Kernels.best(), x));
    }
  }

  @Example
  void borders() {
    assertEquals(0.0, CubeRoot.of(0));
    assertEquals(3, CubeRoot.of(27));
    assertEquals(Double.POSITIVE_INFINITY, CubeRoot.of(Double.POSITIVE_INFINITY));
    assertEquals(Double.NaN, CubeRoot.of(Double.NaN));
    assertEquals(Math.cbrt(Double.MAX_VALUE), CubeRoot.of(Double.MAX_VALUE), 0x1p290);
    double[] x = {0, Double.MIN_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN};
    assertSameSteps(x);
  }

  private static double[] results(Reduction r, KernelSet kernels, double[] x) {
    FeatureShape shape = new FeatureShape(1, x.length, 1, 1);
    double[] y = new double[x.length];
    kernels.reduce(r, map(x, shape), map(y, shape));
    return y;
  }

  private static FeatureMap map(double[] values, FeatureShape shape) {
    return FeatureMap.of(MemorySegment.ofArray(values), ElementType.FLOAT64, Layout.NCHW, shape);
  }

  /** Every exponent alike, subnormals too. */
  private static double[] magnitudes(Random random, int count) {
    double[] x = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = Double.longBitsToDouble((long) (random.nextDouble() * 0x7ff0000000000000L));
      x[i] = i % 10 == 0 ? (1 + random.nextInt(1000)) * Double.MIN_VALUE : x[i];
    }
    return x;
  }
}
