package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ReductionGradientTest {
  private static final float NAN = Float.NaN;

  private static float[] gradient(Reduction r, Ties ties, float gy, float... x) {
    float[] gx = new float[x.length];
    FeatureShape shape = new FeatureShape(1, 1, 1, x.length);
    FeatureMap map = FeatureMap.of(x, Layout.NCHW, shape);
    Kernels.best().gradient(r, ties, map, new float[] {gy}, 0, gx, 0);
    return gx;
  }

  private static void check(Reduction r, float[] x, float... expected) {
    assertArrayEquals(expected, gradient(r, Ties.FIRST, 6, x), r::toString);
  }

  @Test
  void knownNumbers() {
    float[] x = {3, -4, 0};
    check(Reduction.MEAN, x, 2, 2, 2);
    check(Reduction.SUM, x, 6, 6, 6);
    check(Reduction.MAX, x, 6, 0, 0);
    check(Reduction.MIN, x, 0, 6, 0);
    check(Reduction.L1, x, 6, -6, 0);
    check(Reduction.L2, x, 3.6f, -4.8f, 0);
    check(Reduction.MEAN_SQUARES, x, 12, -16, 0);
    check(Reduction.MEAN_MAX_AVERAGE, x, 4, 1, 1);
    check(Reduction.lpNorm(Double.POSITIVE_INFINITY), x, 0, -6, 0);
    check(Reduction.gem(1, 1), x, 2, 0, 0);
    check(Reduction.variance(1), new float[] {1, 2, 3}, -6, 0, 6);
    check(Reduction.logSumExp(5), new float[] {2, 2}, 3, 3);
  }

  /**
   * @see <a
   *     href="https://github.com/tensorflow/tensorflow/issues/4886">tensorflow/tensorflow#4886</a>
   */
  @Test
  @DisplayName("tensorflow/tensorflow#4886: tied gradients go to the first, or are shared equally")
  void ties() {
    float[] x = {1, 7, 7, -2, 7};
    assertArrayEquals(new float[] {0, 1, 0, 0, 0}, gradient(Reduction.MAX, Ties.FIRST, 1, x));
    float third = (float) (1 / 3.0);
    assertArrayEquals(
        new float[] {0, third, third, 0, third}, gradient(Reduction.MAX, Ties.SHARED, 1, x));
    assertArrayEquals(new float[] {0, 0, 0, 1, 0}, gradient(Reduction.MIN, Ties.SHARED, 1, x));
    // +0 is above -0, and NaN above all.
    float[] zeros = {-0.0f, 0, 0};
    assertArrayEquals(new float[] {0, 1, 1}, gradient(Reduction.MAX, Ties.SHARED, 2, zeros));
    float[] nans = {1, NAN, 2, NAN};
    assertArrayEquals(new float[] {0, 2, 0, 0}, gradient(Reduction.MAX, Ties.FIRST, 2, nans));
    assertArrayEquals(new float[] {0, 1, 0, 1}, gradient(Reduction.MIN, Ties.SHARED, 2, nans));
    Reduction infinity = Reduction.lpNorm(Double.POSITIVE_INFINITY);
    float[] signs = {5, -5};
    assertArrayEquals(new float[] {1, -1}, gradient(infinity, Ties.SHARED, 2, signs));
  }

  /**
   * @see <a href="https://github.com/pytorch/pytorch/issues/184037">pytorch/pytorch#184037</a>
   * @see <a href="https://github.com/pytorch/pytorch/issues/6765">pytorch/pytorch#6765</a>
   */
  @Test
  @DisplayName("pytorch/pytorch#184037, #6765: the gradient of a norm at zero is zero, not NaN")
  void normsAtZero() {
    for (double p : new double[] {0.5, 1, 1.5, 2, 2.5, 3, 4, Double.POSITIVE_INFINITY}) {
      for (Reduction r : new Reduction[] {Reduction.lpNorm(p), Reduction.powerMean(p)}) {
        check(r, new float[] {0, -0.0f, 0}, 0, 0, 0);
        float[] one = gradient(r, Ties.FIRST, 6, 0, -2, 0);
        assertEquals(0, one[0], r::toString);
        assertTrue(one[1] < 0, r::toString);
        assertEquals(0, one[2], r::toString);
      }
      check(Reduction.gem(p, 1e-6), new float[] {0, -1, -0.0f}, 0, 0, 0);
    }
    check(Reduction.L1, new float[] {0, -0.0f}, 0, 0);
    check(Reduction.L2, new float[] {0, -0.0f}, 0, 0);
  }

  @Test
  void smallAndLargeValuesNeitherVanishNorOverflow() {
    for (float scale : new float[] {0x1p-140f, 0x1p120f}) {
      float[] x = {3 * scale, -4 * scale};
      assertArrayEquals(new float[] {0.6f, -0.8f}, gradient(Reduction.L2, Ties.FIRST, 1, x));
      float[] cubes = gradient(Reduction.lpNorm(3), Ties.FIRST, 1, scale, scale);
      assertEquals(Math.pow(2, -2 / 3.0), cubes[0], 1e-7);
    }
    check(Reduction.logSumExp(1), new float[] {1e30f, -1e30f}, 6, 0);
    check(Reduction.logSumExp(3), new float[] {-1e12f, -1e12f}, 3, 3);
  }

  @Test
  void whatHasNoInfluenceGetsNothingOfAnInfiniteGradient() {
    float infinity = Float.POSITIVE_INFINITY;
    float[] x = {1, 2};
    assertArrayEquals(new float[] {0, infinity}, gradient(Reduction.MAX, Ties.FIRST, infinity, x));
    assertArrayEquals(new float[] {0, NAN}, gradient(Reduction.MAX, Ties.FIRST, NAN, x));
  }

  @Test
  void emptyBatchesAreEmptyGradients() {
    for (Layout layout : Layout.values()) {
      for (FeatureShape none :
          new FeatureShape[] {new FeatureShape(0, 3, 4, 5), new FeatureShape(3, 0, 4, 5)}) {
        FeatureMap map = FeatureMap.of(new float[0], layout, none);
        Kernels.best().gradient(Reduction.gem(), Ties.FIRST, map, new float[0], 0, new float[0], 0);
        Kernels.best().gradient(Reduction.MEAN, Ties.FIRST, map, new float[0], 0, new float[0], 0);
      }
    }
  }

  @Test
  void badArgumentsAreErrorsAndNothingIsWritten() {
    FeatureShape shape = new FeatureShape(2, 3, 2, 2);
    float[] x = new float[40];
    FeatureMap map = FeatureMap.of(x, 4, Layout.NHWC, shape);
    float[] gy = new float[6];
    Reduction mean = Reduction.MEAN;
    for (Reduction r : new Reduction[] {mean, Reduction.MAX, Reduction.L2, Reduction.variance(1)}) {
      fails("x is null", g -> k().gradient(r, Ties.FIRST, null, gy, 0, g, 0));
      fails("ties is null", g -> k().gradient(r, null, map, gy, 0, g, 0));
      fails("gy is null", g -> k().gradient(r, Ties.FIRST, map, null, 0, g, 0));
      fails("gx is null", g -> k().gradient(r, Ties.FIRST, map, gy, 0, null, 0));
      fails("gy has 6 elements", g -> k().gradient(r, Ties.FIRST, map, gy, 1, g, 0));
      fails("gyOffset is -1", g -> k().gradient(r, Ties.FIRST, map, gy, -1, g, 0));
      fails("gx has 24 elements", g -> k().gradient(r, Ties.FIRST, map, gy, 0, g, 1));
      fails("gxOffset is -1", g -> k().gradient(r, Ties.FIRST, map, gy, 0, g, -1));
      fails("gx overlaps gy", g -> k().gradient(r, Ties.FIRST, map, g, 3, g, 0));
      fails("gx overlaps x", g -> k().gradient(r, Ties.FIRST, map, gy, 0, x, 16));
      FeatureMap empty = FeatureMap.of(x, Layout.NCHW, new FeatureShape(2, 3, 0, 2));
      fails("shape is [2, 3, 0, 2]", g -> k().gradient(r, Ties.FIRST, empty, gy, 0, g, 0));
    }
    fails("r is null", g -> k().gradient(null, Ties.FIRST, map, gy, 0, g, 0));
    FeatureMap single = FeatureMap.of(x, Layout.NCHW, new FeatureShape(2, 3, 1, 1));
    fails(
        "shape is [2, 3, 1, 1]",
        g -> k().gradient(Reduction.variance(1), Ties.FIRST, single, gy, 0, g, 0));
    assertArrayEquals(new float[40], x, "x was written");
  }

  private static KernelSet k() {
    return Kernels.best();
  }

  private interface Call {
    void with(float[] gx);
  }

  private static void fails(String message, Call call) {
    float[] gx = new float[24];
    Arrays.fill(gx, 7);
    Executable run = () -> call.with(gx);
    Exception e = assertThrows(RuntimeException.class, run);
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
    for (float value : gx) {
      assertEquals(7, value, "gx was written");
    }
  }
}
