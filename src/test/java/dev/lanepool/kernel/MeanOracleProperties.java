package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

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

/** Means and sums against exact arithmetic. */
class MeanOracleProperties {
  @Property(tries = 150)
  void meanAndSumAreTheRoundedExactOnes(
      @ForAll("pixels") int pixels,
      @ForAll @IntRange(min = 1, max = 20) int channels,
      @ForAll("finite") Values values,
      @ForAll Layout layout,
      @ForAll long seed) {
    // Few channels where planes are long: the exact sums take most of the time.
    int c = pixels > 200 ? channels % 2 + 1 : channels;
    FeatureShape shape = new FeatureShape(1, c, 1, pixels);
    float[] nchw = values.maps(new Random(seed), shape);
    float[] x = Maps.inLayout(layout, nchw, shape);
    for (KernelSet kernels : Maps.backends()) {
      float[] means = run(KernelSpec.Operation.MEAN, layout, kernels, x, shape);
      float[] sums = run(KernelSpec.Operation.SUM, layout, kernels, x, shape);
      for (int plane = 0; plane < c; plane++) {
        Exact exact = Exact.ofPlane(nchw, plane * pixels, pixels);
        exact.assertMean(means[plane], "mean of plane " + plane);
        exact.assertSum(sums[plane], "sum of plane " + plane);
      }
    }
  }

  /** Sums of integers are exact, so nothing is left to chance: one division, one rounding. */
  @Property(tries = 500)
  void integersGiveExactResults(
      @ForAll @IntRange(min = 1, max = 9000) int pixels,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll Layout layout,
      @ForAll long seed) {
    FeatureShape shape = new FeatureShape(1, pixels > 300 ? 3 : channels, 1, pixels);
    float[] nchw = Values.INTEGERS.maps(new Random(seed), shape);
    float[] means = new float[shape.c()];
    float[] sums = new float[shape.c()];
    for (int plane = 0; plane < shape.c(); plane++) {
      long sum = 0;
      for (int i = 0; i < pixels; i++) {
        sum += (long) nchw[plane * pixels + i];
      }
      means[plane] = (float) ((double) sum / pixels);
      sums[plane] = sum;
    }
    float[] x = Maps.inLayout(layout, nchw, shape);
    for (KernelSet kernels : Maps.backends()) {
      assertArrayEquals(means, run(KernelSpec.Operation.MEAN, layout, kernels, x, shape));
      assertArrayEquals(sums, run(KernelSpec.Operation.SUM, layout, kernels, x, shape));
    }
  }

  private static float[] run(
      KernelSpec.Operation operation,
      Layout layout,
      KernelSet kernels,
      float[] x,
      FeatureShape shape) {
    return Maps.floats(Maps.bits(Maps.spec(operation, layout), kernels, x, shape));
  }

  @Provide
  Arbitrary<Integer> pixels() {
    return Arbitraries.frequencyOf(
        Tuple.of(9, Arbitraries.integers().between(1, 130)),
        Tuple.of(1, Arbitraries.of(4095, 4096, 4097, 8193)));
  }

  @Provide
  Arbitrary<Values> finite() {
    return Arbitraries.of(
        Values.GAUSSIAN,
        Values.INTEGERS,
        Values.ZEROS,
        Values.SUBNORMAL,
        Values.HUGE,
        Values.CANCELLING);
  }
}
