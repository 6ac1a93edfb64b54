package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSpec.Operation;
import dev.lanepool.kernel.KernelSpec.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Masked, ragged and weighted reductions: of the whole list of kernels, and against oracles. */
class SelectionProperties {
  /** Backends and layouts, whatever is where nothing is selected. */
  @Property(tries = 60)
  void sameBitsEverywhere(
      @ForAll("shapes") FeatureShape shape,
      @ForAll ElementType type,
      @ForAll Storage storage,
      @ForAll Values values,
      @ForAll boolean weighted,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] weights = weights(random, shape, weighted);
    float[] nchw = values.maps(random, shape);
    Selection selection = Selection.weights(weights, shape.n(), shape.h(), shape.w()).orElse(-7);
    for (Operation operation : reductions()) {
      int[] expected = null;
      for (Layout layout : Layout.values()) {
        KernelSpec spec = new KernelSpec(operation, type, layout, storage);
        for (KernelSet kernels : Maps.backends()) {
          // Garbage in types without NaN is a number; it must have no influence either.
          float[] garbage = withGarbage(random, nchw, weights, shape);
          float[] x = Maps.inLayout(layout, garbage, shape);
          int[] bits = bits(spec, kernels, x, random.nextInt(5), shape, selection, random);
          expected = expected == null ? bits : expected;
          assertArrayEquals(expected, bits, () -> spec + " " + shape + " " + kernels);
        }
      }
    }
  }

  /** All but mean and maximum in one call, which is two reductions. */
  private static List<Operation> reductions() {
    return Arrays.stream(Operation.values()).filter(o -> o.reduction() != null).toList();
  }

  @Property(tries = 40)
  void everythingSelectedGivesTheBitsOfTheReduction(
      @ForAll("shapes") FeatureShape shape,
      @ForAll ElementType type,
      @ForAll Layout layout,
      @ForAll Values values,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] x = Maps.inLayout(layout, values.maps(random, shape), shape);
    boolean[] all = new boolean[shape.n() * (int) shape.planeSize()];
    Arrays.fill(all, true);
    Selection selection = Selection.mask(all, shape.n(), shape.h(), shape.w());
    for (Operation operation : reductions()) {
      KernelSpec spec = new KernelSpec(operation, type, layout, Storage.ARRAY);
      int[] expected = Maps.bits(spec, Kernels.best(), x, shape);
      int[] bits = bits(spec, Kernels.best(), x, 0, shape, selection, random);
      assertArrayEquals(expected, bits, spec::toString);
    }
  }

  /** Sums of whole numbers are exact: one division, one rounding. */
  @Property(tries = 150)
  void wholeNumbersGiveExactMeans(
      @ForAll("longShapes") FeatureShape shape,
      @ForAll boolean weighted,
      @ForAll Layout layout,
      @ForAll long seed) {
    Random random = new Random(seed);
    int pixels = (int) shape.planeSize();
    float[] weights = weights(random, shape, weighted);
    float[] nchw = Values.INTEGERS.maps(random, shape);
    float[] means = new float[(int) shape.planes()];
    float[] sums = new float[means.length];
    for (int plane = 0; plane < means.length; plane++) {
      long sum = 0;
      long total = 0;
      for (int i = 0; i < pixels; i++) {
        long weight = (long) weights[plane / shape.c() * pixels + i];
        sum += weight * (long) nchw[plane * pixels + i];
        total += weight;
      }
      means[plane] = total == 0 ? Float.NaN : (float) ((double) sum / total);
      sums[plane] = total == 0 ? Float.NaN : sum;
    }
    Selection selection = Selection.weights(weights, shape.n(), shape.h(), shape.w());
    FeatureMap x = FeatureMap.of(Maps.inLayout(layout, nchw, shape), layout, shape);
    for (KernelSet kernels : Maps.backends()) {
      float[] y = new float[means.length];
      kernels.reduce(Reduction.MEAN, x, selection.orElse(Double.NaN), y, 0);
      assertArrayEquals(means, y);
      kernels.reduce(Reduction.SUM, x, selection.orElse(Double.NaN), y, 0);
      assertArrayEquals(sums, y);
    }
  }

  /** What was padded away has no part, so each sample is as its crop, alone. */
  @Property(tries = 100)
  void raggedSamplesAreTheirCrops(
      @ForAll("shapes") FeatureShape shape, @ForAll Layout layout, @ForAll long seed) {
    Random random = new Random(seed);
    float[] x = Values.INTEGERS.maps(random, shape);
    FeatureMap map = FeatureMap.of(x, layout, shape);
    int[] heights = random.ints(shape.n(), 1, shape.h() + 1).toArray();
    int[] widths = random.ints(shape.n(), 1, shape.w() + 1).toArray();
    Selection selection = Selection.sizes(heights, widths, shape.h(), shape.w());
    for (Reduction r :
        List.of(Reduction.MEAN, Reduction.SUM, Reduction.L1, Reduction.MAX, Reduction.MIN)) {
      float[] y = new float[(int) shape.planes()];
      Kernels.best().reduce(r, map, selection, y, 0);
      for (int n = 0; n < shape.n(); n++) {
        float[] alone = new float[shape.c()];
        FeatureMap crop = map.sample(n).crop(0, 0, heights[n], widths[n]);
        Kernels.scalar().reduce(r, crop, alone, 0);
        float[] there = Arrays.copyOfRange(y, n * shape.c(), (n + 1) * shape.c());
        assertArrayEquals(alone, there, r::toString);
      }
    }
  }

  @Property(tries = 150)
  void extremaAreTheFirstOfTheSelected(
      @ForAll("shapes") FeatureShape shape, @ForAll Values values, @ForAll long seed) {
    Random random = new Random(seed);
    int pixels = (int) shape.planeSize();
    float[] weights = weights(random, shape, true);
    float[] nchw = values.maps(random, shape);
    Selection selection = Selection.weights(weights, shape.n(), shape.h(), shape.w()).orElse(5);
    int planes = (int) shape.planes();
    float[] y = new float[planes];
    int[] index = new int[planes];
    for (Layout layout : Layout.values()) {
      FeatureMap x = FeatureMap.of(Maps.inLayout(layout, nchw, shape), layout, shape);
      for (KernelSet kernels : Maps.backends()) {
        for (Reduction r : List.of(Reduction.MAX, Reduction.MIN)) {
          kernels.reduce(r, x, selection, y, 0, index, 0);
          for (int plane = 0; plane < planes; plane++) {
            int best = -1;
            for (int i = 0; i < pixels; i++) {
              float value = nchw[plane * pixels + i];
              boolean selected = weights[plane / shape.c() * pixels + i] != 0;
              if (selected && (best < 0 || above(r, value, nchw[plane * pixels + best]))) {
                best = i;
              }
            }
            assertEquals(best, index[plane], r::toString);
            assertEquals(best < 0 ? 5 : nchw[plane * pixels + best], y[plane]);
          }
        }
      }
    }
  }

  private static boolean above(Reduction r, float a, float b) {
    return Float.isNaN(a) || Float.isNaN(b)
        ? !Float.isNaN(b)
        : r == Reduction.MAX ? Float.compare(a, b) > 0 : Float.compare(a, b) < 0;
  }

  /** Slopes between two points in double, of every operation of the list. */
  @Property(tries = 60)
  void gradientsAreCentralDifferences(
      @ForAll @IntRange(min = 3, max = 20) int pixels,
      @ForAll boolean weighted,
      @ForAll Layout layout,
      @ForAll long seed) {
    Random random = new Random(seed);
    FeatureShape shape = new FeatureShape(2, 2, 1, pixels);
    double[] x = new double[(int) shape.elements()];
    for (int i = 0; i < x.length; i++) {
      // Apart from each other, from 0 and from the floor of GeM, where there is no derivative.
      x[i] = (random.nextBoolean() ? 1 : -1) * (0.5 + i + 0.5 * random.nextDouble()) / x.length;
    }
    float[] weights = weights(random, shape, weighted);
    weights[0] = weights[pixels] = 1;
    Selection selection = Selection.weights(weights, 2, 1, pixels);
    FeatureMap map = FeatureMap.of(x, layout, shape);
    float[] gy = {1, -2, 3, 0.5f};
    for (Operation operation : reductions()) {
      Reduction r = operation.reduction();
      float[] gx = new float[x.length];
      Kernels.best().gradient(r, Ties.FIRST, map, selection, gy, 0, gx, 0);
      for (int i = 0; i < x.length; i++) {
        double value = x[i];
        x[i] = value + 1e-6;
        double above = loss(r, map, selection, gy);
        x[i] = value - 1e-6;
        double slope = (above - loss(r, map, selection, gy)) / 2e-6;
        x[i] = value;
        assertEquals(slope, gx[i], 1e-6 * (1 + Math.abs(slope)), r + " of value " + i);
      }
    }
  }

  /** The derivative by a weight, between two floats. */
  @Property(tries = 60)
  void weightGradientsAreCentralDifferences(
      @ForAll @IntRange(min = 2, max = 20) int pixels, @ForAll Layout layout, @ForAll long seed) {
    Random random = new Random(seed);
    FeatureShape shape = new FeatureShape(2, 3, pixels, 1);
    FeatureMap x = FeatureMap.of(Values.GAUSSIAN.maps(random, shape), layout, shape);
    float[] weights = new float[2 * pixels];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 0.25f + random.nextInt(8) / 8f;
    }
    float[] gy = Values.GAUSSIAN.array(random, 6);
    for (Reduction r : List.of(Reduction.MEAN, Reduction.SUM)) {
      float[] gw = new float[weights.length];
      Selection selection = Selection.weights(weights, 2, pixels, 1);
      Kernels.best().weightGradient(r, x, selection, gy, 0, gw, 0);
      float step = 0x1p-12f;
      for (int i = 0; i < weights.length; i++) {
        float weight = weights[i];
        weights[i] = weight + step;
        double above = loss(r, x, Selection.weights(weights, 2, pixels, 1), gy);
        weights[i] = weight - step;
        double below = loss(r, x, Selection.weights(weights, 2, pixels, 1), gy);
        weights[i] = weight;
        double slope = (above - below) / (2 * step);
        assertEquals(slope, gw[i], 1e-5 * (1 + Math.abs(slope)), r + " of weight " + i);
      }
    }
  }

  /** <gy, A x> = <Aᵀ gy, x> for sums and means of whole numbers, without rounding. */
  @Property(tries = 60)
  void gradientsOfLinearReductionsAreAdjoint(
      @ForAll("shapes") FeatureShape shape,
      @ForAll boolean weighted,
      @ForAll Layout layout,
      @ForAll long seed) {
    Random random = new Random(seed);
    FeatureMap x = FeatureMap.of(Values.TIES.maps(random, shape), layout, shape);
    float[] weights = weightsOfPowersOfTwo(random, shape, weighted);
    Selection selection =
        Selection.weights(weights, shape.n(), shape.h(), shape.w()).orElse(0); // linear, too
    float[] gy = Values.TIES.array(random, (int) shape.planes());
    for (KernelSet kernels : Maps.backends()) {
      for (Reduction r : List.of(Reduction.MEAN, Reduction.SUM)) {
        float[] y = new float[gy.length];
        kernels.reduce(r, x, selection, y, 0);
        float[] gx = new float[x.array().length];
        kernels.gradient(r, Ties.FIRST, x, selection, gy, 0, gx, 0);
        assertEquals(product(gy, y), product(gx, x.array()), r::toString);
        float[] gw = new float[weights.length];
        kernels.weightGradient(r, x, selection, gy, 0, gw, 0);
        // The mean doesn't change where all weights grow alike.
        double expected = r == Reduction.SUM ? product(gy, y) : 0;
        assertEquals(expected, product(gw, weights), r::toString);
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

  /** Small whole numbers whose total is a power of two, so that means are exact as well; or 0. */
  private static float[] weightsOfPowersOfTwo(Random random, FeatureShape shape, boolean weighted) {
    float[] weights = weights(random, shape, weighted);
    int pixels = (int) shape.planeSize();
    for (int n = 0; n < shape.n(); n++) {
      int total = 0;
      for (int i = n * pixels; i < (n + 1) * pixels; i++) {
        total += (int) weights[i];
      }
      int missing = total == 0 ? 0 : Integer.highestOneBit(2 * total - 1) - total;
      weights[n * pixels + random.nextInt(pixels)] += missing;
    }
    return weights;
  }

  private static double loss(Reduction r, FeatureMap x, Selection selection, float[] gy) {
    double[] y = new double[gy.length];
    FeatureShape results = new FeatureShape(x.shape().n(), x.shape().c(), 1, 1);
    Kernels.scalar().reduce(r, x, selection, FeatureMap.of(y, Layout.NCHW, results));
    double loss = 0;
    for (int i = 0; i < y.length; i++) {
      loss += y[i] * gy[i];
    }
    return loss;
  }

  /** Results as bits, then indices. */
  private static int[] bits(
      KernelSpec spec,
      KernelSet kernels,
      float[] x,
      int offset,
      FeatureShape shape,
      Selection selection,
      Random random) {
    float[] wide = Maps.surrounded(x, offset, random.nextInt(3) * 20, random);
    FeatureMap map = spec.input(wide, offset, shape);
    int planes = (int) shape.planes();
    float[] y = Maps.guarded(offset, planes, 3);
    Reduction r = spec.operation().reduction();
    int[] index = new int[spec.operation().indexed() ? planes : 0];
    if (spec.operation().indexed()) {
      kernels.reduce(r, map, selection, y, offset, index, 0);
    } else {
      kernels.reduce(r, map, selection, y, offset);
    }
    int[] bits = Arrays.copyOf(Maps.bits(y, offset, planes), planes + index.length);
    System.arraycopy(index, 0, bits, planes, index.length);
    return bits;
  }

  /** About half of them 0; whole numbers, so that sums of whole numbers stay exact. */
  private static float[] weights(Random random, FeatureShape shape, boolean weighted) {
    float[] weights = new float[shape.n() * (int) shape.planeSize()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextBoolean() ? 0 : weighted ? 1 + random.nextInt(9) : 1;
    }
    return weights;
  }

  private static float[] withGarbage(
      Random random, float[] nchw, float[] weights, FeatureShape shape) {
    float[] x = nchw.clone();
    int pixels = (int) shape.planeSize();
    for (int i = 0; i < x.length; i++) {
      if (weights[i / pixels / shape.c() * pixels + i % pixels] == 0) {
        x[i] = Values.garbage(random);
      }
    }
    return x;
  }

  @Provide
  Arbitrary<FeatureShape> shapes() {
    return Arbitraries.of(
        new FeatureShape(1, 1, 1, 1),
        new FeatureShape(3, 5, 1, 3),
        new FeatureShape(2, 17, 3, 5),
        new FeatureShape(1, 70, 4, 4),
        new FeatureShape(2, 33, 1, 17),
        new FeatureShape(2, 40, 7, 7),
        new FeatureShape(2, 9, 6, 9),
        new FeatureShape(1, 130, 5, 13),
        new FeatureShape(1, 3, 25, 41),
        new FeatureShape(1, 21, 25, 42),
        new FeatureShape(1, 9, 37, 111));
  }

  @Provide
  Arbitrary<FeatureShape> longShapes() {
    return Arbitraries.oneOf(
        shapes(),
        Arbitraries.of(
            new FeatureShape(2, 3, 64, 64),
            new FeatureShape(1, 67, 4097, 1),
            new FeatureShape(2, 5, 8200, 1)));
  }
}
