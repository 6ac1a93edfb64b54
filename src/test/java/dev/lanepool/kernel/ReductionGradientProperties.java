package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.Strides;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Gradients of reductions against the reductions themselves. */
class ReductionGradientProperties {
  /** The slope between two points in double, near enough to be the derivative to six digits. */
  @Property(tries = 200)
  void gradientsAreCentralDifferences(
      @ForAll("reductions") Reduction r,
      @ForAll @IntRange(min = 3, max = 20) int size,
      @ForAll long seed) {
    Random random = new Random(seed);
    double[] x = new double[size];
    for (int i = 0; i < size; i++) {
      // Apart from each other, from 0 and from the floor of GeM, where there is no derivative.
      x[i] = (random.nextBoolean() ? 1 : -1) * (0.5 + i + 0.5 * random.nextDouble()) / size;
    }
    FeatureShape shape = new FeatureShape(1, 1, 1, size);
    FeatureMap map = FeatureMap.of(x, Layout.NCHW, shape);
    float[] gx = new float[size];
    Kernels.best().gradient(r, Ties.FIRST, map, new float[] {1}, 0, gx, 0);
    double step = 1e-6;
    for (int i = 0; i < size; i++) {
      double value = x[i];
      x[i] = value + step;
      double above = result(r, map);
      x[i] = value - step;
      double below = result(r, map);
      x[i] = value;
      double slope = (above - below) / (2 * step);
      assertEquals(slope, gx[i], 1e-6 * (1 + Math.abs(slope)), r + ", value " + i);
    }
  }

  private static double result(Reduction r, FeatureMap map) {
    double[] y = new double[1];
    Kernels.scalar().reduce(r, map, FeatureMap.of(y, Layout.NCHW, new FeatureShape(1, 1, 1, 1)));
    return y[0];
  }

  /** Backends, layouts, storages and places; of everything, and of a selection. */
  @Property(tries = 300)
  void theSameValuesGetTheSameBits(
      @ForAll("reductions") Reduction r,
      @ForAll Ties ties,
      @ForAll("shapes") FeatureShape shape,
      @ForAll Values values,
      @ForAll Values gradients,
      @ForAll boolean selected,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] nchw = values.maps(random, shape);
    float[] gy = gradients.array(random, (int) shape.planes());
    Selection selection = selected ? selection(random, shape) : null;
    int before = random.nextInt(20);
    int[] expected = null;
    for (Layout layout : Layout.values()) {
      float[] dense = Maps.inLayout(layout, nchw, shape);
      float[] wide = Maps.surrounded(dense, before, 7, random);
      double[] doubles = new double[dense.length];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = dense[i];
      }
      FeatureMap[] maps = {
        FeatureMap.of(wide, before, layout, shape),
        FeatureMap.of(doubles, layout, shape),
        spread(dense, layout, shape)
      };
      for (FeatureMap map : maps) {
        for (KernelSet k : Maps.backends()) {
          float[] gx = Maps.guarded(before, dense.length, 3);
          float[] there = Maps.surrounded(gy, 4, 3, random);
          if (selected) {
            k.gradient(r, ties, map, selection, there, 4, gx, before);
          } else {
            k.gradient(r, ties, map, there, 4, gx, before);
          }
          float[] got = Maps.floats(Maps.bits(gx, before, dense.length));
          int[] bits = Maps.bits(inNchw(layout, got, shape), 0, dense.length);
          expected = expected == null ? bits : expected;
          assertArrayEquals(expected, bits, () -> r + " " + ties + " " + map);
        }
      }
    }
  }

  /** Whole chunks, and pixels that lie one by one; a sample of which nothing is selected, too. */
  @Property(tries = 100)
  void gradientsOfWeightsHaveTheSameBits(
      @ForAll boolean mean,
      @ForAll("shapes") FeatureShape shape,
      @ForAll Values values,
      @ForAll Values gradients,
      @ForAll long seed) {
    Random random = new Random(seed);
    Reduction r = mean ? Reduction.MEAN : Reduction.SUM;
    float[] nchw = values.maps(random, shape);
    float[] gy = Maps.surrounded(gradients.array(random, (int) shape.planes()), 4, 3, random);
    Selection selection = selection(random, shape);
    int count = shape.n() * (int) shape.planeSize();
    int[] expected = null;
    for (Layout layout : Layout.values()) {
      float[] dense = Maps.inLayout(layout, nchw, shape);
      FeatureMap[] maps = {FeatureMap.of(dense, layout, shape), spread(dense, layout, shape)};
      for (FeatureMap map : maps) {
        for (KernelSet k : Maps.backends()) {
          float[] gw = Maps.guarded(2, count, 3);
          k.weightGradient(r, map, selection, gy, 4, gw, 2);
          int[] bits = Maps.bits(gw, 2, count);
          expected = expected == null ? bits : expected;
          assertArrayEquals(expected, bits, () -> r + " " + map);
        }
      }
    }
  }

  /** Weights of 0 to 2; now and then all 0 in a sample. */
  private static Selection selection(Random random, FeatureShape shape) {
    float[] weights = new float[shape.n() * (int) shape.planeSize()];
    int empty = random.nextInt(10);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i / (int) shape.planeSize() == empty ? 0 : random.nextInt(3);
    }
    return Selection.weights(weights, shape.n(), shape.h(), shape.w()).orElse(7);
  }

  /** The same map with a gap behind every value. */
  private static FeatureMap spread(float[] dense, Layout layout, FeatureShape shape) {
    float[] array = new float[2 * dense.length];
    for (int i = 0; i < dense.length; i++) {
      array[2 * i] = dense[i];
      array[2 * i + 1] = Float.NaN;
    }
    Strides s = Strides.dense(layout, shape);
    Strides twice = new Strides(2 * s.batch(), 2 * s.channel(), 2 * s.row(), 2 * s.column());
    MemorySegment segment = MemorySegment.ofArray(array);
    return FeatureMap.strided(segment, ElementType.FLOAT32, 0, layout, shape, twice);
  }

  private static float[] inNchw(Layout layout, float[] x, FeatureShape shape) {
    float[] nchw = new float[x.length];
    FeatureMap.of(x, layout, shape).copyTo(nchw, 0, Layout.NCHW);
    return nchw;
  }

  /** <gy, A x> = <Aᵀ gy, x>, without rounding. */
  @Property(tries = 100)
  void gradientsOfLinearReductionsAreAdjoint(
      @ForAll @IntRange(min = 1, max = 5) int channels,
      @ForAll("powersOfTwo") int pixels,
      @ForAll long seed) {
    Random random = new Random(seed);
    FeatureShape shape = new FeatureShape(2, channels, 1, pixels);
    float[] x = Values.INTEGERS.maps(random, shape);
    float[] gy = Values.INTEGERS.array(random, 2 * channels);
    for (Layout layout : Layout.values()) {
      FeatureMap map = FeatureMap.of(x, layout, shape);
      for (Reduction r : new Reduction[] {Reduction.MEAN, Reduction.SUM}) {
        float[] y = new float[gy.length];
        Kernels.best().reduce(r, map, y, 0);
        float[] gx = new float[x.length];
        Kernels.best().gradient(r, Ties.FIRST, map, gy, 0, gx, 0);
        assertEquals(product(gy, y), product(gx, x), () -> r + " " + layout);
      }
    }
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Property(tries = 100)
  void gradientOfTheMeanIsGyOverN(
      @ForAll @IntRange(min = 1, max = 100) int pixels, @ForAll Values values, @ForAll long seed) {
    Random random = new Random(seed);
    FeatureShape shape = new FeatureShape(2, 9, pixels, 1);
    float[] x = new float[(int) shape.elements()];
    float[] gy = values.array(random, 18);
    float[] expected = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = (float) ((double) gy[i / pixels] / pixels);
    }
    for (Layout layout : Layout.values()) {
      float[] gx = new float[x.length];
      FeatureMap map = FeatureMap.of(x, layout, shape);
      Kernels.best().gradient(Reduction.MEAN, Ties.SHARED, map, gy, 0, gx, 0);
      assertArrayEquals(Maps.inLayout(layout, expected, shape), gx);
    }
  }

  @Provide
  Arbitrary<Reduction> reductions() {
    return Arbitraries.of(
        Reduction.MEAN,
        Reduction.SUM,
        Reduction.MAX,
        Reduction.MIN,
        Reduction.L1,
        Reduction.L2,
        Reduction.MEAN_SQUARES,
        Reduction.MEAN_MAX_AVERAGE,
        Reduction.lpNorm(1),
        Reduction.lpNorm(2),
        Reduction.lpNorm(2.5),
        Reduction.lpNorm(3),
        Reduction.lpNorm(Double.POSITIVE_INFINITY),
        Reduction.gem(Double.POSITIVE_INFINITY, 0),
        Reduction.gem(Double.POSITIVE_INFINITY, 0.5),
        Reduction.powerMean(0.5),
        Reduction.powerMean(2),
        Reduction.gem(),
        Reduction.gem(4.5, 0.01),
        Reduction.gem(1, 0.2),
        Reduction.logSumExp(1),
        Reduction.logSumExp(7),
        Reduction.variance(0),
        Reduction.variance(1));
  }

  /** Also planes of several chunks, and more channels than go together. */
  @Provide
  Arbitrary<FeatureShape> shapes() {
    return Arbitraries.oneOf(
        Combinators.combine(
                Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(1, 20),
                Arbitraries.integers().between(2, 40))
            .as((n, c, pixels) -> new FeatureShape(n, c, pixels, 1)),
        Arbitraries.of(
            new FeatureShape(1, 2, 70, 61),
            new FeatureShape(1, 131, 5, 7),
            new FeatureShape(2, 70, 7, 7)));
  }

  @Provide
  Arbitrary<Integer> powersOfTwo() {
    return Arbitraries.of(1, 2, 4, 8, 64, 256);
  }
}
