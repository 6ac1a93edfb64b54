package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSpec.Storage;
import dev.lanepool.kernel.internal.Windows;
import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Adaptive pooling by any reduction: against the global kernels, exact norms and differences. */
class AdaptiveReductionProperties {
  /** Every window is what the global kernel makes of it, but for the order of its sum. */
  @Property(tries = 200)
  void windowsAreGlobalReductions(
      @ForAll(supplier = Reductions.class) Reduction r,
      @ForAll ElementType type,
      @ForAll Layout layout,
      @ForAll Storage storage,
      @ForAll @IntRange(min = 1, max = 5) int channels,
      @ForAll(supplier = Binned.Small.class) Binned maps,
      @ForAll long seed) {
    FeatureShape shape = maps.shape(2, channels);
    Bins bins = maps.bins();
    FeatureMap x = map(new Random(seed), type, layout, storage, shape);
    FeatureMap pooled = pooled(Kernels.best(), r, x, bins);
    float[] expected = new float[2 * channels];
    for (int o = 0; o < bins.outputs(); o++) {
      FeatureMap window = window(x, o, bins);
      Kernels.scalar().reduce(r, window, expected, 0);
      for (int i = 0; i < expected.length; i++) {
        float actual = output(pooled, i / channels, i % channels, o);
        float ulp = Math.ulp(expected[i]);
        assertEquals(expected[i], actual, ulp, () -> r + " of " + x + ", window " + window);
      }
    }
  }

  /** Values of which the mean, and with it the variance, loses no digit that shows in a float. */
  private static FeatureMap map(
      Random random, ElementType type, Layout layout, Storage storage, FeatureShape shape) {
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(101) - (type == ElementType.UINT8 ? 0 : 50);
    }
    return new KernelSpec(KernelSpec.Operation.L1, type, layout, storage).input(values, 0, shape);
  }

  static FeatureMap pooled(KernelSet k, Reduction r, FeatureMap x, Bins bins) {
    FeatureShape out =
        new FeatureShape(x.shape().n(), x.shape().c(), bins.outRows(), bins.outWidth());
    FeatureMap y = FeatureMap.allocate(x.layout(), out);
    k.adaptiveReduce(r, x, bins, y.array(), 0);
    return y;
  }

  private static float output(FeatureMap y, int n, int c, int o) {
    return y.get(n, c, o / y.shape().w(), o % y.shape().w());
  }

  /** The rows of the plane that window o has, slice by slice. */
  private static int[] rows(FeatureShape shape, int o, Bins bins) {
    int height = shape.h() / bins.slices();
    int depth = o / bins.outWidth() / bins.outHeight();
    int row = o / bins.outWidth() % bins.outHeight();
    int front = Windows.start(depth, bins.slices(), bins.outDepth());
    int back = Windows.end(depth, bins.slices(), bins.outDepth());
    int top = Windows.start(row, height, bins.outHeight());
    int bottom = Windows.end(row, height, bins.outHeight());
    return IntStream.range(front, back)
        .flatMap(slice -> IntStream.range(top, bottom).map(h -> slice * height + h))
        .toArray();
  }

  private static int left(FeatureShape shape, int o, Bins bins) {
    return Windows.start(o % bins.outWidth(), shape.w(), bins.outWidth());
  }

  /** A copy of the values of window o. */
  private static FeatureMap window(FeatureMap x, int o, Bins bins) {
    FeatureShape shape = x.shape();
    int[] rows = rows(shape, o, bins);
    int left = left(shape, o, bins);
    int columns = Windows.end(o % bins.outWidth(), shape.w(), bins.outWidth()) - left;
    int size = rows.length * columns;
    double[] values = new double[(int) shape.planes() * size];
    for (int i = 0; i < values.length; i++) {
      int h = rows[i % size / columns];
      int plane = i / size;
      int w = left + i % columns;
      values[i] = x.getDouble(plane / shape.c(), plane % shape.c(), h, w);
    }
    FeatureShape of = new FeatureShape(shape.n(), shape.c(), rows.length, columns);
    return FeatureMap.of(values, Layout.NCHW, of);
  }

  /** Backends, storages and layouts take different loops, and so do some reductions and types. */
  @Property(tries = 200)
  void theSameValuesGetTheSameBits(
      @ForAll(supplier = Reductions.class) Reduction r,
      @ForAll ElementType type,
      @ForAll @IntRange(min = 1, max = 20) int channels,
      @ForAll(supplier = Binned.Any.class) Binned maps,
      @ForAll Values values,
      @ForAll long seed) {
    assertSameBits(r, type, channels, maps, values, new Random(seed));
  }

  /** More channels than go together. */
  @Property(tries = 100)
  void manyChannelsGetTheSameBits(
      @ForAll(supplier = Reductions.class) Reduction r,
      @ForAll ElementType type,
      @ForAll("manyChannels") int channels,
      @ForAll(supplier = Binned.Small.class) Binned maps,
      @ForAll Values values,
      @ForAll long seed) {
    assertSameBits(r, type, channels, maps, values, new Random(seed));
  }

  /** Windows of several chunks and blocks, of few channels and many. */
  @Property(tries = 40)
  void largeWindowsGetTheSameBits(
      @ForAll(supplier = Reductions.class) Reduction r,
      @ForAll Ties ties,
      @ForAll ElementType type,
      @ForAll Storage storage,
      @ForAll("fewChannels") int channels,
      @ForAll @IntRange(min = 1, max = 2) int rows,
      @ForAll @IntRange(min = 1, max = 3) int columns,
      @ForAll Values values,
      @ForAll long seed) {
    Binned maps = new Binned(75, 113, Bins.of(rows, columns));
    assertSameBits(r, type, channels, maps, values, new Random(seed));
    assertSameGradients(r, ties, type, storage, channels, maps, values, new Random(seed));
  }

  /** Windows of more than a block, of which each sums to almost nothing. */
  @Property(tries = 20)
  void longSumsHaveOneOrder(@ForAll("fewChannels") int channels, @ForAll long seed) {
    FeatureShape shape = new FeatureShape(1, channels, 240, 40);
    float[] nchw = Values.CANCELLING.planes(new Random(seed), 2 * channels, 120 * 40);
    assertSameBits(Reduction.SUM, ElementType.FLOAT64, shape, Bins.of(2, 1), nchw);
  }

  @Provide
  Arbitrary<Integer> fewChannels() {
    return Arbitraries.of(1, 2, 3, 9);
  }

  @Provide
  Arbitrary<Integer> manyChannels() {
    return Arbitraries.of(63, 64, 65, 127, 128, 129, 257);
  }

  private static void assertSameBits(
      Reduction r, ElementType type, int channels, Binned maps, Values values, Random random) {
    FeatureShape shape = maps.shape(2, channels);
    assertSameBits(r, type, shape, maps.bins(), values.maps(random, shape));
  }

  private static void assertSameBits(
      Reduction r, ElementType type, FeatureShape shape, Bins bins, float[] nchw) {
    int[][] expected = null;
    for (Layout layout : Layout.values()) {
      float[] x = Maps.inLayout(layout, nchw, shape);
      for (Storage storage : Storage.values()) {
        KernelSpec spec = new KernelSpec(KernelSpec.Operation.L1, type, layout, storage);
        for (KernelSet k : Maps.backends()) {
          int[][] bits = bits(k, r, spec.input(x, 0, shape), bins);
          expected = expected == null ? bits : expected;
          assertArrayEquals(
              expected, bits, () -> r + " " + spec + " of " + shape + " to " + bins + " " + k);
        }
      }
    }
  }

  /** The bits of the results, all NaNs alike, and the indices, if there are such; in NCHW. */
  private static int[][] bits(KernelSet k, Reduction r, FeatureMap x, Bins bins) {
    FeatureMap y = pooled(k, r, x, bins);
    int count = y.array().length;
    int[] results = Maps.bits(y.toLayout(Layout.NCHW).array(), 0, count);
    if (!r.indexed()) {
      return new int[][] {results};
    }
    int[] index = new int[count];
    float[] again = new float[count];
    k.adaptiveReduce(r, x, bins, again, 0, index, 0);
    assertArrayEquals(y.array(), again);
    int[] inOrder = new int[count];
    int cells = (int) bins.outputs();
    for (int i = 0; i < count; i++) {
      int place = y.layout() == Layout.NCHW ? i : place(i, x.shape().c(), cells);
      inOrder[i] = index[place];
    }
    return new int[][] {results, inOrder};
  }

  /** Where the i-th output of NCHW is in NHWC. */
  private static int place(int i, int channels, int cells) {
    int plane = i / cells;
    return (plane / channels * cells + i % cells) * channels + plane % channels;
  }

  /** The indices are those of the global kernel in the window, seen from the whole plane. */
  @Property(tries = 100)
  void indicesAreThoseOfTheWindows(
      @ForAll boolean max,
      @ForAll ElementType type,
      @ForAll Layout layout,
      @ForAll Storage storage,
      @ForAll @IntRange(min = 1, max = 5) int channels,
      @ForAll(supplier = Binned.Small.class) Binned maps,
      @ForAll long seed) {
    Reduction r = max ? Reduction.MAX : Reduction.MIN;
    FeatureShape shape = maps.shape(1, channels);
    Bins bins = maps.bins();
    float[] values = Values.TIES.maps(new Random(seed), shape);
    FeatureMap x =
        new KernelSpec(KernelSpec.Operation.L1, type, layout, storage).input(values, 0, shape);
    int cells = (int) bins.outputs();
    float[] y = new float[channels * cells];
    int[] index = new int[y.length + 2];
    Kernels.best().adaptiveReduce(r, x, bins, y, 0, index, 1);
    assertEquals(0, index[0] + index[index.length - 1]);
    float[] expected = new float[channels];
    int[] there = new int[channels];
    for (int o = 0; o < cells; o++) {
      FeatureMap window = window(x, o, bins);
      Kernels.scalar().reduce(r, window, expected, 0, there, 0);
      int[] rows = rows(shape, o, bins);
      int left = left(shape, o, bins);
      for (int c = 0; c < channels; c++) {
        int i = layout == Layout.NCHW ? c * cells + o : o * channels + c;
        int columns = window.shape().w();
        int pixel = rows[there[c] / columns] * maps.width() + left + there[c] % columns;
        assertEquals(expected[c], y[i]);
        assertEquals(pixel, index[1 + i], () -> r + " of " + x + " to " + bins);
      }
    }
  }

  /** Norms with whole powers in exact arithmetic: within one unit in the last place. */
  @Property(tries = 60)
  void normsAreExactToAnUlp(
      @ForAll @IntRange(min = 1, max = 3) int p,
      @ForAll(supplier = Binned.Small.class) Binned maps,
      @ForAll Layout layout,
      @ForAll long seed) {
    FeatureShape shape = maps.shape(1, 1);
    Bins bins = maps.bins();
    float[] values = Values.GAUSSIAN.maps(new Random(seed), shape);
    FeatureMap x = FeatureMap.of(values, layout, shape);
    FeatureMap y = pooled(Kernels.best(), Reduction.lpNorm(p), x, bins);
    for (int o = 0; o < bins.outputs(); o++) {
      FeatureMap window = window(x, o, bins);
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = 0; i < window.shape().planeSize(); i++) {
        int w = window.shape().w();
        sum = sum.add(new BigDecimal(window.get(0, 0, i / w, i % w)).abs().pow(p));
      }
      float actual = output(y, 0, 0, o);
      // y is within an ulp of the root where its neighbours' powers lie around the sum.
      BigDecimal below = new BigDecimal(Math.nextDown(actual)).max(BigDecimal.ZERO).pow(p);
      BigDecimal above = new BigDecimal(Math.nextUp(actual)).pow(p);
      assertEquals(1, above.compareTo(sum), "p = " + p + ": " + actual + " is too low");
      assertEquals(true, below.compareTo(sum) <= 0, "p = " + p + ": " + actual + " is too high");
    }
  }

  /** The slope between two points in double: every window that covers a value has its say. */
  @Property(tries = 100)
  void gradientsAreCentralDifferences(
      @ForAll(supplier = Reductions.class) Reduction r,
      @ForAll Layout layout,
      @ForAll(supplier = Binned.Small.class) Binned maps,
      @ForAll long seed) {
    Random random = new Random(seed);
    FeatureShape shape = maps.shape(1, 2);
    Bins bins = maps.bins();
    double[] x = new double[(int) shape.elements()];
    for (int i = 0; i < x.length; i++) {
      // Apart from each other, from 0 and from the floor of GeM, where there is no derivative.
      x[i] = (random.nextBoolean() ? 1 : -1) * (0.5 + i + 0.5 * random.nextDouble()) / x.length;
    }
    FeatureMap map = FeatureMap.of(x, layout, shape);
    float[] gy = Values.INTEGERS.array(random, 2 * (int) bins.outputs());
    for (int i = 0; i < gy.length; i++) {
      gy[i] /= 256;
    }
    float[] gx = new float[x.length];
    Kernels.best().adaptiveGradient(r, Ties.FIRST, map, bins, gy, 0, gx, 0);
    double step = 1e-6;
    for (int i = 0; i < x.length; i++) {
      double value = x[i];
      x[i] = value + step;
      double above = loss(r, map, gy, bins);
      x[i] = value - step;
      double below = loss(r, map, gy, bins);
      x[i] = value;
      double slope = (above - below) / (2 * step);
      assertEquals(slope, gx[i], 1e-5 * (1 + Math.abs(slope)), r + ", value " + i);
    }
  }

  /** The backends and the layouts have loops of their own. */
  @Property(tries = 150)
  void gradientsHaveTheSameBits(
      @ForAll(supplier = Reductions.class) Reduction r,
      @ForAll Ties ties,
      @ForAll ElementType type,
      @ForAll Storage storage,
      @ForAll @IntRange(min = 1, max = 20) int channels,
      @ForAll(supplier = Binned.Any.class) Binned maps,
      @ForAll Values values,
      @ForAll long seed) {
    assertSameGradients(r, ties, type, storage, channels, maps, values, new Random(seed));
  }

  @Property(tries = 60)
  void gradientsOfManyChannelsHaveTheSameBits(
      @ForAll(supplier = Reductions.class) Reduction r,
      @ForAll("manyChannels") int channels,
      @ForAll(supplier = Binned.Small.class) Binned maps,
      @ForAll Values values,
      @ForAll long seed) {
    assertSameGradients(
        r,
        Ties.FIRST,
        ElementType.FLOAT32,
        Storage.ARRAY,
        channels,
        maps,
        values,
        new Random(seed));
  }

  private static void assertSameGradients(
      Reduction r,
      Ties ties,
      ElementType type,
      Storage storage,
      int channels,
      Binned maps,
      Values values,
      Random random) {
    FeatureShape shape = maps.shape(2, channels);
    FeatureShape out = maps.out(2, channels);
    float[] nchw = values.maps(random, shape);
    float[] gradients = values.maps(random, out);
    int count = nchw.length;
    int[] expected = null;
    for (Layout layout : Layout.values()) {
      KernelSpec spec = new KernelSpec(KernelSpec.Operation.L1, type, layout, storage);
      FeatureMap x = spec.input(Maps.inLayout(layout, nchw, shape), 0, shape);
      float[] gy = Maps.inLayout(layout, gradients, out);
      for (KernelSet k : Maps.backends()) {
        float[] gx = Maps.guarded(5, count, 3);
        k.adaptiveGradient(r, ties, x, maps.bins(), gy, 0, gx, 5);
        float[] written = Maps.floats(Maps.bits(gx, 5, count));
        FeatureMap there = FeatureMap.of(written, layout, shape).toLayout(Layout.NCHW);
        int[] bits = Maps.bits(there.array(), 0, count);
        expected = expected == null ? bits : expected;
        assertArrayEquals(
            expected, bits, () -> r + " " + spec + " " + shape + " to " + maps.bins());
      }
    }
  }

  /** The sum of gy times the windows' results, in double, by the global kernel. */
  private static double loss(Reduction r, FeatureMap x, float[] gy, Bins bins) {
    int channels = x.shape().c();
    int cells = (int) bins.outputs();
    double[] y = new double[channels];
    FeatureMap results = FeatureMap.of(y, Layout.NCHW, new FeatureShape(1, channels, 1, 1));
    double loss = 0;
    for (int o = 0; o < cells; o++) {
      Kernels.scalar().reduce(r, window(x, o, bins), results);
      for (int c = 0; c < channels; c++) {
        loss += y[c] * gy[x.layout() == Layout.NCHW ? c * cells + o : o * channels + c];
      }
    }
    return loss;
  }

  /** Of every kind one. */
  static final class Reductions implements ArbitrarySupplier<Reduction> {
    @Override
    public Arbitrary<Reduction> get() {
      return Arbitraries.of(
          Reduction.MEAN,
          Reduction.SUM,
          Reduction.MAX,
          Reduction.MIN,
          Reduction.MEAN_MAX_AVERAGE,
          Reduction.lpNorm(1),
          Reduction.lpNorm(2),
          Reduction.lpNorm(2.5),
          Reduction.lpNorm(3),
          Reduction.lpNorm(Double.POSITIVE_INFINITY),
          Reduction.gem(Double.POSITIVE_INFINITY, 0),
          Reduction.gem(Double.POSITIVE_INFINITY, 0.5),
          Reduction.powerMean(2),
          Reduction.gem(4.5, 0.01),
          Reduction.logSumExp(2),
          Reduction.variance(0));
    }
  }
}
