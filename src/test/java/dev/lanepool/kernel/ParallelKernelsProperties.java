package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Parts of the work, on any number of threads, give what one call gives. */
class ParallelKernelsProperties {
  @Property(tries = 60)
  void anyNumberOfThreadsGivesTheBitsOfOne(
      @ForAll("specs") KernelSpec spec,
      @ForAll("large") FeatureShape shape,
      @ForAll @IntRange(min = 1, max = 5) int threads,
      @ForAll Values values,
      @ForAll long seed) {
    FeatureMap x = input(spec, values, shape, new Random(seed));
    Reduction r = spec.operation().reduction();
    int planes = (int) shape.planes();
    float[] expected = new float[planes];
    float[] y = Maps.guarded(1, planes, 1);
    int[] expectedIndex = new int[planes];
    int[] index = new int[planes + 2];
    try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
      ParallelKernels parallel = new ParallelKernels(executor, threads, 1000);
      parallel.reduce(r, x, y, 1);
      Kernels.best().reduce(r, x, expected, 0);
      assertArrayEquals(Maps.bits(expected, 0, planes), Maps.bits(y, 1, planes), spec::toString);
      if (r.indexed()) {
        y = Maps.guarded(1, planes, 1);
        parallel.reduce(r, x, y, 1, index, 2);
        Kernels.best().reduce(r, x, expected, 0, expectedIndex, 0);
        assertArrayEquals(Maps.bits(expected, 0, planes), Maps.bits(y, 1, planes), "with indices");
        assertArrayEquals(expectedIndex, Arrays.copyOfRange(index, 2, planes + 2), "indices");
      }
    }
  }

  @Property(tries = 60)
  void someChannelsAreThoseOfTheWhole(
      @ForAll("specs") KernelSpec spec,
      @ForAll("small") FeatureShape shape,
      @ForAll Values values,
      @ForAll long seed) {
    Random random = new Random(seed);
    FeatureMap x = input(spec, values, shape, random);
    Reduction r = spec.operation().reduction();
    int planes = (int) shape.planes();
    int n = random.nextInt(shape.n());
    int c = random.nextInt(shape.c());
    int channels = random.nextInt(shape.c() - c + 1);
    int first = n * shape.c() + c;
    for (KernelSet kernels : Maps.backends()) {
      float[] whole = new float[planes];
      int[] wholeIndex = new int[planes];
      int[] index = r.indexed() && random.nextBoolean() ? new int[planes + 2] : null;
      if (r.indexed()) {
        kernels.reduce(r, x, whole, 0, wholeIndex, 0);
      } else {
        kernels.reduce(r, x, whole, 0);
      }
      float[] expected = new float[planes + 1];
      System.arraycopy(whole, first, expected, 1 + first, channels);
      int[] expectedIndex = new int[planes + 2];
      System.arraycopy(wholeIndex, first, expectedIndex, 2 + first, channels);
      float[] y = new float[planes + 1];
      kernels.reduceChannels(r, x, n, c, channels, y, 1, index, 2);
      int[] bits = Maps.bits(expected, 0, planes + 1);
      assertArrayEquals(bits, Maps.bits(y, 0, planes + 1), spec::toString);
      if (index != null) {
        assertArrayEquals(expectedIndex, index, "indices");
      }
    }
  }

  private static FeatureMap input(
      KernelSpec spec, Values values, FeatureShape shape, Random random) {
    float[] nchw = values.maps(random, shape);
    return spec.input(Maps.inLayout(spec.layout(), nchw, shape), 0, shape);
  }

  @Provide
  Arbitrary<KernelSpec> specs() {
    List<KernelSpec> all =
        KernelSpec.all().stream().filter(spec -> spec.operation().reduction() != null).toList();
    return Arbitraries.of(all);
  }

  /** All but the first are split, if threads allow: at samples, channels or blocks. */
  @Provide
  Arbitrary<FeatureShape> large() {
    return Arbitraries.of(
        new FeatureShape(2, 3, 5, 7),
        new FeatureShape(40, 17, 5, 6),
        new FeatureShape(2, 300, 6, 5),
        new FeatureShape(1, 1103, 4, 5),
        new FeatureShape(5, 3, 60, 50),
        new FeatureShape(1, 1, 200, 300),
        new FeatureShape(2, 1, 131, 200),
        new FeatureShape(1, 3, 217, 61));
  }

  @Provide
  Arbitrary<FeatureShape> small() {
    return Arbitraries.of(
        new FeatureShape(1, 1, 1, 1),
        new FeatureShape(3, 5, 1, 3),
        new FeatureShape(2, 17, 3, 5),
        new FeatureShape(2, 40, 7, 7),
        new FeatureShape(1, 300, 7, 7),
        new FeatureShape(2, 37, 65, 64));
  }
}
