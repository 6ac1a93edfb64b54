package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import net.jqwik.api.constraints.IntRange;

/** Adaptive pooling: the backends and layouts against each other, and against the truth. */
class AdaptiveProperties {
  @Property(tries = 400)
  void backendsAndLayoutsAgreeAtEveryPlace(
      @ForAll @IntRange(min = 1, max = 3) int samples,
      @ForAll("channels") int channels,
      @ForAll(supplier = Binned.Any.class) Binned maps,
      @ForAll Values values,
      @ForAll long seed) {
    Random random = new Random(seed);
    FeatureShape shape = maps.shape(samples, channels);
    Bins bins = maps.bins();
    float[] nchw = values.maps(random, shape);
    int before = random.nextInt(20);
    // Half of the time the arrays end where the values do, so nothing behind them can be read.
    int after = random.nextBoolean() ? 0 : random.nextInt(40);
    int[][] expected = null;
    for (Layout layout : Layout.values()) {
      float[] x = Maps.surrounded(Maps.inLayout(layout, nchw, shape), before, after, random);
      for (KernelSet k : Maps.backends()) {
        int[][] bits =
            inNchw(layout, out(shape, bins), run(k, x, before, layout, shape, bins, after));
        expected = expected == null ? bits : expected;
        assertArrayEquals(expected, bits, () -> layout + " " + shape + " to " + bins);
      }
    }
  }

  private static FeatureShape out(FeatureShape shape, Bins bins) {
    return new FeatureShape(shape.n(), shape.c(), bins.outRows(), bins.outWidth());
  }

  /** The bits of the means, of the maxima, and the indices. */
  private static int[][] run(
      KernelSet k, float[] x, int at, Layout layout, FeatureShape shape, Bins bins, int to) {
    int count = (int) out(shape, bins).elements();
    float[] mean = Maps.guarded(to, count, at);
    k.adaptiveMean(x, at, layout, shape, bins, mean, to);
    float[] max = Maps.guarded(at, count, to);
    int[] index = new int[count];
    k.adaptiveMax(x, at, layout, shape, bins, max, at, index, 0);
    return new int[][] {Maps.bits(mean, to, count), Maps.bits(max, at, count), index};
  }

  private static int[][] inNchw(Layout layout, FeatureShape shape, int[][] bits) {
    if (layout == Layout.NCHW) {
      return bits;
    }
    int[][] nchw = new int[bits.length][bits[0].length];
    int pixels = (int) shape.planeSize();
    for (int i = 0; i < bits[0].length; i++) {
      int sample = i / (pixels * shape.c());
      int pixel = i / shape.c() % pixels;
      for (int part = 0; part < bits.length; part++) {
        nchw[part][(sample * shape.c() + i % shape.c()) * pixels + pixel] = bits[part][i];
      }
    }
    return nchw;
  }

  @Property(tries = 60)
  void onePixelIsTheGlobalKernel(
      @ForAll("channels") int channels,
      @ForAll @IntRange(min = 1, max = 80) int height,
      @ForAll @IntRange(min = 1, max = 80) int width,
      @ForAll Values values,
      @ForAll long seed) {
    FeatureShape shape = new FeatureShape(2, Math.min(channels, 20), height, width);
    float[] x = values.maps(new Random(seed), shape);
    for (Layout layout : Layout.values()) {
      for (KernelSet k : Maps.backends()) {
        int[][] bits = run(k, x, 0, layout, shape, Bins.of(1, 1), 0);
        int[] mean = Maps.bits(Maps.spec(KernelSpec.Operation.MEAN, layout), k, x, shape);
        assertArrayEquals(mean, bits[0]);
        int[] max = Maps.bits(Maps.spec(KernelSpec.Operation.ARG_MAX, layout), k, x, shape);
        assertArrayEquals(max, concatenated(bits[1], bits[2]));
      }
    }
  }

  private static int[] concatenated(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** Windows from their definition in exact fractions, values in exact arithmetic. */
  @Property(tries = 80)
  void windowsAreTheRoundedExactOnes(
      @ForAll(supplier = Binned.Any.class) Binned maps,
      @ForAll Layout layout,
      @ForAll("finite") Values values,
      @ForAll long seed) {
    FeatureShape shape = maps.shape(1, 1);
    float[] x = values.maps(new Random(seed), shape);
    for (KernelSet k : Maps.backends()) {
      int[][] bits = run(k, x, 0, layout, shape, maps.bins(), 0);
      float[] mean = Maps.floats(bits[0]);
      for (int o = 0; o < mean.length; o++) {
        Exact exact = new Exact();
        int first = -1;
        for (int i = 0; i < x.length; i++) {
          if (covers(maps, o, i)) {
            exact.add(new BigDecimal(x[i]));
            first = first < 0 || Float.compare(x[i], x[first]) > 0 ? i : first;
          }
        }
        exact.assertMean(mean[o], "window " + o + " of " + shape + " to " + maps.bins());
        assertEquals(first, bits[2][o]);
        assertEquals(Float.floatToIntBits(x[first]), bits[1][o]);
      }
    }
  }

  private static boolean covers(Binned maps, int o, int pixel) {
    Bins bins = maps.bins();
    int row = o / bins.outWidth();
    int h = pixel / maps.width();
    return covers(row / bins.outHeight(), bins.outDepth(), h / maps.height(), bins.slices())
        && covers(row % bins.outHeight(), bins.outHeight(), h % maps.height(), maps.height())
        && covers(o % bins.outWidth(), bins.outWidth(), pixel % maps.width(), maps.width());
  }

  /** Whether [o / out, (o + 1) / out) and [i / in, (i + 1) / in) overlap. */
  private static boolean covers(long o, long out, long i, long in) {
    return o * in < (i + 1) * out && i * out < (o + 1) * in;
  }

  @Provide
  Arbitrary<Integer> channels() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 40), Arbitraries.of(63, 64, 65, 255, 256, 257));
  }

  @Provide
  Arbitrary<Values> finite() {
    return Arbitraries.of(
        Values.GAUSSIAN,
        Values.INTEGERS,
        Values.TIES,
        Values.ZEROS,
        Values.SUBNORMAL,
        Values.HUGE,
        Values.CANCELLING);
  }
}
