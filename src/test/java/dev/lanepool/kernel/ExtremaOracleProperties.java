package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Maxima, minima and first maxima against a loop that spells the contract's order out. */
class ExtremaOracleProperties {
  @Property(tries = 1000)
  void extremaAreThoseOfTheOrder(
      @ForAll("pixels") int pixels,
      @ForAll @IntRange(min = 1, max = 70) int channels,
      @ForAll Values values,
      @ForAll Layout layout,
      @ForAll long seed) {
    FeatureShape shape =
        new FeatureShape(1, pixels > 200 ? 1 + channels % 18 : channels, 1, pixels);
    float[] nchw = values.maps(new Random(seed), shape);
    float[] x = Maps.inLayout(layout, nchw, shape);
    int planes = shape.c();
    for (KernelSet kernels : Maps.backends()) {
      int[] maxima = Maps.bits(Maps.spec(KernelSpec.Operation.MAX, layout), kernels, x, shape);
      int[] minima = Maps.bits(Maps.spec(KernelSpec.Operation.MIN, layout), kernels, x, shape);
      int[] firsts = Maps.bits(Maps.spec(KernelSpec.Operation.ARG_MAX, layout), kernels, x, shape);
      int[] both = Maps.bits(Maps.spec(KernelSpec.Operation.MEAN_MAX, layout), kernels, x, shape);
      for (int plane = 0; plane < planes; plane++) {
        int start = plane * pixels;
        int first = 0;
        float min = nchw[start];
        for (int i = 1; i < pixels; i++) {
          float value = nchw[start + i];
          first = above(value, nchw[start + first]) ? i : first;
          // NaN propagates in minima, too.
          min = Float.isNaN(value) || (!Float.isNaN(min) && above(min, value)) ? value : min;
        }
        int max = Float.floatToIntBits(nchw[start + first]);
        assertEquals(max, maxima[plane], "max");
        assertEquals(Float.floatToIntBits(min), minima[plane], "min");
        assertEquals(max, firsts[plane], "max of argMax");
        assertEquals(first, firsts[planes + plane], "index");
        assertEquals(max, both[planes + plane], "max of meanMax");
      }
    }
  }

  /** All NaNs are equal and largest, +0 is above -0. */
  private static boolean above(float a, float b) {
    if (Float.isNaN(a) || Float.isNaN(b)) {
      return Float.isNaN(a) && !Float.isNaN(b);
    }
    if (a == 0 && b == 0) {
      return 1 / a > 1 / b;
    }
    return a > b;
  }

  @Provide
  Arbitrary<Integer> pixels() {
    return Arbitraries.frequencyOf(
        Tuple.of(9, Arbitraries.integers().between(1, 150)),
        Tuple.of(1, Arbitraries.of(4095, 4096, 4097, 4113, 8192, 8193)));
  }
}
