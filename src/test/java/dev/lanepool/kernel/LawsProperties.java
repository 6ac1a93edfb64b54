package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Laws between the results of different inputs or operations, which need no oracle. */
class LawsProperties {
  @Property(tries = 300)
  void permutedChannelsGivePermutedResults(
      @ForAll("shapes") FeatureShape shape,
      @ForAll Values values,
      @ForAll Layout layout,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] x = values.maps(random, shape);
    int planes = (int) shape.planes();
    int n = (int) shape.planeSize();
    List<Integer> from = new ArrayList<>(IntStream.range(0, planes).boxed().toList());
    Collections.shuffle(from, random);
    float[] permuted = new float[x.length];
    for (int plane = 0; plane < planes; plane++) {
      System.arraycopy(x, from.get(plane) * n, permuted, plane * n, n);
    }
    for (Operation operation : Operation.values()) {
      int[] results = run(operation, layout, x, shape);
      int[] permutedResults = run(operation, layout, permuted, shape);
      for (int i = 0; i < results.length; i++) {
        int there = i / planes * planes + from.get(i % planes);
        assertEquals(results[there], permutedResults[i], operation::name);
      }
    }
  }

  @Property(tries = 300)
  void scalingByAPowerOfTwoIsExact(
      @ForAll("shapes") FeatureShape shape,
      @ForAll Layout layout,
      @ForAll @IntRange(min = -20, max = 20) int exponent,
      @ForAll long seed) {
    float[] x = Values.GAUSSIAN.maps(new Random(seed), shape);
    float[] scaled = scaled(x, exponent);
    for (Operation operation : List.of(Operation.MEAN, Operation.SUM, Operation.MEAN_MAX)) {
      float[] results = Maps.floats(run(operation, layout, x, shape));
      float[] ofScaled = Maps.floats(run(operation, layout, scaled, shape));
      assertArrayEquals(scaled(results, exponent), ofScaled, operation::name);
    }
  }

  private static float[] scaled(float[] x, int exponent) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.scalb(x[i], exponent);
    }
    return y;
  }

  /** To the bit, but for the mean of -0: sums begin at +0, so it is +0. */
  @Property(tries = 300)
  void constantMapGivesItsConstant(
      @ForAll("shapes") FeatureShape shape, @ForAll("constants") float c, @ForAll Layout layout) {
    float[] x = new float[(int) shape.elements()];
    Arrays.fill(x, c);
    int[] extremum = filled(shape, c);
    int[] mean = filled(shape, c == 0 ? 0.0f : c);
    assertArrayEquals(mean, run(Operation.MEAN, layout, x, shape), "mean");
    assertArrayEquals(extremum, run(Operation.MAX, layout, x, shape), "max");
    assertArrayEquals(extremum, run(Operation.MIN, layout, x, shape), "min");
    int[] argMax = run(Operation.ARG_MAX, layout, x, shape);
    int planes = (int) shape.planes();
    assertArrayEquals(extremum, Arrays.copyOf(argMax, planes), "max of argMax");
    assertArrayEquals(new int[planes], Arrays.copyOfRange(argMax, planes, 2 * planes), "index");
  }

  private static int[] filled(FeatureShape shape, float value) {
    int[] bits = new int[(int) shape.planes()];
    Arrays.fill(bits, Float.floatToIntBits(value));
    return bits;
  }

  /** Translation invariance. Integers, because a shift changes the order of the additions. */
  @Property(tries = 300)
  void shiftedBlobKeepsMeanAndMax(
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll @IntRange(min = 1, max = 80) int blob,
      @ForAll @IntRange(min = 1, max = 80) int room,
      @ForAll Layout layout,
      @ForAll long seed) {
    Random random = new Random(seed);
    int shift = 1 + random.nextInt(room);
    FeatureShape shape = new FeatureShape(1, channels, 1, blob + room);
    float[] x = new float[(int) shape.elements()];
    float[] shifted = new float[x.length];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < blob; i++) {
        float value = Values.INTEGERS.next(random);
        x[c * (blob + room) + i] = value;
        shifted[c * (blob + room) + shift + i] = value;
      }
    }
    for (Operation operation : List.of(Operation.MEAN, Operation.SUM, Operation.MEAN_MAX)) {
      int[] results = run(operation, layout, x, shape);
      assertArrayEquals(results, run(operation, layout, shifted, shape), operation::name);
    }
  }

  @Property(tries = 300)
  void argMaxPointsAtTheMaximum(
      @ForAll("shapes") FeatureShape shape,
      @ForAll Values values,
      @ForAll Layout layout,
      @ForAll long seed) {
    float[] x = values.maps(new Random(seed), shape);
    int planes = (int) shape.planes();
    int[] maxima = run(Operation.MAX, layout, x, shape);
    int[] argMax = run(Operation.ARG_MAX, layout, x, shape);
    for (int plane = 0; plane < planes; plane++) {
      int there = plane * (int) shape.planeSize() + argMax[planes + plane];
      assertEquals(maxima[plane], Float.floatToIntBits(x[there]), "x[argMax]");
      assertEquals(maxima[plane], argMax[plane], "max of argMax");
    }
  }

  @Property(tries = 300)
  void minimumIsTheNegativeMaximumOfTheNegative(
      @ForAll("shapes") FeatureShape shape,
      @ForAll Values values,
      @ForAll Layout layout,
      @ForAll long seed) {
    float[] x = values.maps(new Random(seed), shape);
    float[] minima = Maps.floats(run(Operation.MIN, layout, x, shape));
    float[] maxima = Maps.floats(run(Operation.MAX, layout, negative(x), shape));
    assertArrayEquals(negative(maxima), minima);
  }

  private static float[] negative(float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = -x[i];
    }
    return y;
  }

  @Property(tries = 300)
  void meanMaxIsMeanAndMax(
      @ForAll("shapes") FeatureShape shape,
      @ForAll Values values,
      @ForAll Layout layout,
      @ForAll long seed) {
    float[] x = values.maps(new Random(seed), shape);
    int planes = (int) shape.planes();
    int[] both = run(Operation.MEAN_MAX, layout, x, shape);
    assertArrayEquals(run(Operation.MEAN, layout, x, shape), Arrays.copyOf(both, planes));
    int[] maxima = Arrays.copyOfRange(both, planes, 2 * planes);
    assertArrayEquals(run(Operation.MAX, layout, x, shape), maxima);
  }

  /** One with a sign is the least of all bits and not the greatest, where loops go by these. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void nanOfEitherSignWins(
      @ForAll("pixels") int pixels,
      @ForAll("channels") int channels,
      @ForAll Layout layout,
      @ForAll boolean signed) {
    FeatureShape shape = new FeatureShape(1, channels, pixels, 1);
    float[] x = Values.GAUSSIAN.maps(new Random(pixels), shape);
    float nan = Float.intBitsToFloat(signed ? 0xffc00000 : 0x7fc00000);
    int every = 3;
    for (int c = 0; c < channels; c += every) {
      x[c * pixels + place(c, pixels)] = nan;
    }
    for (Operation operation : List.of(Operation.ARG_MAX, Operation.ARG_MIN, Operation.MEAN_MAX)) {
      int[] y = run(operation, layout, x, shape);
      for (int c = 0; c < channels; c++) {
        boolean wanted = c % every == 0;
        assertEquals(wanted, Float.isNaN(Float.intBitsToFloat(y[c])), operation + " " + c);
        if (operation == Operation.MEAN_MAX) {
          assertEquals(wanted, Float.isNaN(Float.intBitsToFloat(y[channels + c])), "max " + c);
        } else if (wanted) {
          assertEquals(place(c, pixels), y[channels + c], operation + " " + c);
        }
      }
    }
  }

  private static int place(int channel, int pixels) {
    return (int) (channel * 2654435761L % pixels);
  }

  @Provide
  Arbitrary<Integer> pixels() {
    return Arbitraries.of(1, 5, 9, 16, 49, 57, 100, 196, 300, 600, 1500, 4097);
  }

  @Provide
  Arbitrary<Integer> channels() {
    return Arbitraries.of(1, 16, 64, 520);
  }

  /** Both are rounded to float once, half a unit in the last place at the most. */
  @Property(tries = 300)
  void meanTimesCountIsTheSum(
      @ForAll("shapes") FeatureShape shape, @ForAll Layout layout, @ForAll long seed) {
    float[] x = Values.GAUSSIAN.maps(new Random(seed), shape);
    float[] means = Maps.floats(run(Operation.MEAN, layout, x, shape));
    float[] sums = Maps.floats(run(Operation.SUM, layout, x, shape));
    for (int plane = 0; plane < sums.length; plane++) {
      double product = (double) means[plane] * shape.planeSize();
      double bound = 0x1.001p-23 * Math.abs((double) sums[plane]);
      assertTrue(Math.abs(product - sums[plane]) <= bound, product + " and " + sums[plane]);
    }
  }

  private static int[] run(Operation operation, Layout layout, float[] nchw, FeatureShape shape) {
    float[] x = Maps.inLayout(layout, nchw, shape);
    return Maps.bits(Maps.spec(operation, layout), Kernels.best(), x, shape);
  }

  @Provide
  Arbitrary<FeatureShape> shapes() {
    Arbitrary<Integer> pixels =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 20),
            Arbitraries.integers().between(21, 200),
            Arbitraries.of(513, 700, 4096, 4097, 8193));
    return pixels.flatMap(
        n ->
            Arbitraries.integers()
                .between(1, n > 200 ? 19 : 70)
                .map(c -> new FeatureShape(1, c, 1, n)));
  }

  @Provide
  Arbitrary<Float> constants() {
    return Arbitraries.oneOf(
        Arbitraries.of(0.0f, -0.0f, 1e-45f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.NaN),
        Arbitraries.of(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY),
        Arbitraries.longs().map(bits -> finite(bits.intValue())));
  }

  private static float finite(int bits) {
    float value = Float.intBitsToFloat(bits);
    return Float.isFinite(value) ? value : 0.1f;
  }
}
