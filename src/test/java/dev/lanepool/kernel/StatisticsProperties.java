package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSpec.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Several reductions at once are those reductions, to the bit. */
class StatisticsProperties {
  @Property(tries = 150)
  void eachIsAsAlone(
      @ForAll("shapes") FeatureShape shape,
      @ForAll ElementType type,
      @ForAll Layout layout,
      @ForAll Storage storage,
      @ForAll Values values,
      @ForAll boolean indices,
      @ForAll long seed) {
    Random random = new Random(seed);
    KernelSpec spec = new KernelSpec(KernelSpec.Operation.MEAN, type, layout, storage);
    float[] nchw = values.maps(random, shape);
    FeatureMap x = spec.input(Maps.inLayout(layout, nchw, shape), 0, shape);
    List<Reduction> statistics = some(random);
    int planes = (int) shape.planes();
    int c = shape.c();
    int before = random.nextInt(5);
    for (KernelSet kernels : Maps.backends()) {
      float[] y = Maps.guarded(before, statistics.size() * planes, 2);
      int[] index = new int[before + statistics.size() * planes];
      kernels.statistics(statistics, x, y, before, indices ? index : null, before);
      int[] all = Maps.bits(y, before, statistics.size() * planes);
      List<int[]> expectedIndices = new ArrayList<>();
      for (int i = 0; i < statistics.size(); i++) {
        Reduction r = statistics.get(i);
        float[] alone = new float[planes];
        int[] indexAlone = new int[planes];
        if (r.indexed()) {
          kernels.reduce(r, x, alone, 0, indexAlone, 0);
          expectedIndices.add(indexAlone);
        } else {
          kernels.reduce(r, x, alone, 0);
        }
        int[] bits = Maps.bits(alone, 0, planes);
        for (int n = 0; n < shape.n(); n++) {
          int from = (n * statistics.size() + i) * c;
          int[] there = Arrays.copyOfRange(all, from, from + c);
          assertArrayEquals(Arrays.copyOfRange(bits, n * c, (n + 1) * c), there, r::toString);
        }
      }
      for (int i = 0; i < expectedIndices.size() && indices; i++) {
        for (int n = 0; n < shape.n(); n++) {
          int from = before + (n * expectedIndices.size() + i) * c;
          int[] there = Arrays.copyOfRange(index, from, from + c);
          int[] alone = Arrays.copyOfRange(expectedIndices.get(i), n * c, (n + 1) * c);
          assertArrayEquals(alone, there, "indices");
        }
      }
    }
  }

  /** One to five of the list's reductions, in any order, some perhaps twice. */
  private static List<Reduction> some(Random random) {
    KernelSpec.Operation[] all = KernelSpec.Operation.values();
    List<Reduction> statistics = new ArrayList<>();
    while (statistics.isEmpty() || statistics.size() < 5 && random.nextInt(4) > 0) {
      Reduction r = all[random.nextInt(all.length)].reduction();
      if (r != null) {
        statistics.add(r);
      }
    }
    return List.copyOf(statistics);
  }

  @Provide
  Arbitrary<FeatureShape> shapes() {
    return Arbitraries.of(
        new FeatureShape(1, 1, 1, 1),
        new FeatureShape(3, 5, 1, 3),
        new FeatureShape(2, 17, 3, 5),
        new FeatureShape(2, 40, 7, 7),
        new FeatureShape(1, 300, 7, 7),
        new FeatureShape(1, 70, 40, 30),
        new FeatureShape(2, 19, 65, 64));
  }
}
