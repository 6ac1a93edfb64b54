package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Pointwise convolutions: the backends and layouts against each other, dense layers, the truth. */
class PointwiseProperties {
  /** A pixel is an input vector of a dense layer without bias, to the bit. */
  @Property(tries = 200)
  void everyPixelIsADenseLayer(
      @ForAll @IntRange(min = 1, max = 3) int samples,
      @ForAll("channels") int channels,
      @ForAll("pixels") int pixels,
      @ForAll @IntRange(min = 1, max = 5) int outputs,
      @ForAll Values values,
      @ForAll long seed) {
    Random random = new Random(seed);
    FeatureShape shape = new FeatureShape(samples, channels, 1, pixels);
    float[] nchw = values.planes(random, samples * pixels, channels);
    float[] w = values.array(random, outputs * channels);
    float[] vectors = Maps.inLayout(Layout.NHWC, nchw, shape);
    int rows = samples * pixels;
    float[] zeros = new float[outputs];
    float[] dense =
        Maps.floats(Maps.denseBits(Kernels.scalar(), vectors, rows, channels, w, zeros));
    // [sample, pixel, output] becomes [sample, output, pixel].
    FeatureShape transposed = new FeatureShape(samples, pixels, 1, outputs);
    int[] expected = Maps.bits(Maps.inLayout(Layout.NHWC, dense, transposed), 0, dense.length);
    int before = random.nextInt(20);
    int after = random.nextBoolean() ? 0 : random.nextInt(40);
    float[] wide = Maps.surrounded(w, after, before, random);
    for (Layout layout : Layout.values()) {
      float[] x = Maps.surrounded(Maps.inLayout(layout, nchw, shape), before, after, random);
      float[] unchanged = x.clone();
      for (KernelSet kernels : Maps.backends()) {
        float[] y = Maps.guarded(after, expected.length, before);
        kernels.pointwise(x, before, layout, shape, wide, after, outputs, y, after);
        assertArrayEquals(expected, Maps.bits(y, after, expected.length), layout + " " + shape);
        assertArrayEquals(unchanged, x, "the input");
      }
    }
  }

  @Property(tries = 100)
  void pixelsAreTheRoundedExactOnes(
      @ForAll @IntRange(min = 1, max = 80) int channels,
      @ForAll @IntRange(min = 1, max = 9) int pixels,
      @ForAll("finite") Values values,
      @ForAll long seed) {
    Random random = new Random(seed);
    FeatureShape shape = new FeatureShape(1, channels, 1, pixels);
    float[] x = values.planes(random, pixels, channels);
    float[] w = values.array(random, channels);
    for (KernelSet kernels : Maps.backends()) {
      float[] y = new float[pixels];
      kernels.pointwise(x, 0, Layout.NHWC, shape, w, 0, 1, y, 0);
      for (int i = 0; i < pixels; i++) {
        Exact exact = new Exact();
        for (int k = 0; k < channels; k++) {
          exact.add(new BigDecimal(x[i * channels + k]).multiply(new BigDecimal(w[k])));
        }
        exact.assertSum(y[i], "pixel " + i);
      }
    }
  }

  @Property(tries = 50)
  void samplesDoNotMatterToEachOther(
      @ForAll("channels") int channels, @ForAll("pixels") int pixels, @ForAll long seed) {
    FeatureShape shape = new FeatureShape(3, channels, pixels, 1);
    FeatureShape one = new FeatureShape(1, channels, pixels, 1);
    float[] x = Values.EVERYTHING.maps(new Random(seed), shape);
    float[] w = Values.GAUSSIAN.array(new Random(~seed), 2 * channels);
    for (Layout layout : Layout.values()) {
      float[] batch = new float[6 * pixels];
      Kernels.best().pointwise(x, 0, layout, shape, w, 0, 2, batch, 0);
      for (int n = 0; n < 3; n++) {
        float[] alone = new float[2 * pixels];
        Kernels.best().pointwise(x, n * channels * pixels, layout, one, w, 0, 2, alone, 0);
        float[] part = Arrays.copyOfRange(batch, n * 2 * pixels, (n + 1) * 2 * pixels);
        assertArrayEquals(alone, part, "sample " + n);
      }
    }
  }

  @Provide
  Arbitrary<Integer> channels() {
    return Arbitraries.frequencyOf(
        Tuple.of(12, Arbitraries.integers().between(1, 140)),
        Tuple.of(1, Arbitraries.of(2048, 4095, 4096, 4097, 8200)));
  }

  @Provide
  Arbitrary<Integer> pixels() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 17), Arbitraries.of(49, 63, 64, 65, 129));
  }

  @Provide
  Arbitrary<Values> finite() {
    return Arbitraries.of(
        Values.GAUSSIAN, Values.INTEGERS, Values.ZEROS, Values.SUBNORMAL, Values.CANCELLING);
  }
}
