package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Planes in pieces against planes in one call. */
class PlaneAccumulatorProperties {
  private static final int BLOCK = 4096;

  @Property(tries = 150)
  void piecesOfAnySizeGiveTheBitsOfOneCall(
      @ForAll("reductions") Reduction r,
      @ForAll("sizes") int n,
      @ForAll @IntRange(min = 1, max = 12) int pieces,
      @ForAll Values values,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] x = values.array(random, n);
    PlaneAccumulator all = new PlaneAccumulator(r);
    int[] cuts = cuts(random, n, pieces, 1);
    for (int i = 1; i < cuts.length; i++) {
      float[] piece = Maps.surrounded(Arrays.copyOfRange(x, cuts[i - 1], cuts[i]), i, 3, random);
      all.add(piece, i, cuts[i] - cuts[i - 1]);
      // What is asked in between changes nothing.
      if (all.count() > 0) {
        all.result();
      }
    }
    check(r, x, all);
  }

  @Property(tries = 100)
  void partsThatEndWithBlocksMergeToTheBitsOfOneCall(
      @ForAll("reductions") Reduction r,
      @ForAll("sizes") int n,
      @ForAll @IntRange(min = 1, max = 5) int parts,
      @ForAll Values values,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] x = values.array(random, n);
    int[] cuts = cuts(random, n, parts, BLOCK);
    PlaneAccumulator all = new PlaneAccumulator(r);
    for (int i = 1; i < cuts.length; i++) {
      PlaneAccumulator part = new PlaneAccumulator(r);
      part.add(x, cuts[i - 1], cuts[i] - cuts[i - 1]);
      all.merge(PlaneAccumulator.fromBytes(r, part.toBytes()));
    }
    check(r, x, PlaneAccumulator.fromBytes(r, all.toBytes()));
  }

  /** Merged anywhere: extrema are the same, sums are exact up to the bound, and rounded once. */
  @Property(tries = 60)
  void partsThatEndAnywhereMergeWithinTheBound(
      @ForAll("sizes") int n,
      @ForAll @IntRange(min = 1, max = 5) int parts,
      @ForAll("finite") Values values,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] x = values.array(random, n);
    int[] cuts = cuts(random, n, parts, 1);
    PlaneAccumulator mean = new PlaneAccumulator(Reduction.MEAN);
    PlaneAccumulator max = new PlaneAccumulator(Reduction.MAX);
    for (int i = 1; i < cuts.length; i++) {
      for (PlaneAccumulator all : new PlaneAccumulator[] {mean, max}) {
        PlaneAccumulator part = new PlaneAccumulator(all == mean ? Reduction.MEAN : Reduction.MAX);
        part.add(x, cuts[i - 1], cuts[i] - cuts[i - 1]);
        all.merge(part);
      }
    }
    Exact.ofPlane(x, 0, n).assertMean(mean.result(), "merged mean");
    check(Reduction.MAX, x, max);
  }

  private static void check(Reduction r, float[] x, PlaneAccumulator all) {
    FeatureMap map = FeatureMap.of(x, Layout.NCHW, new FeatureShape(1, 1, 1, x.length));
    float[] y = new float[1];
    int[] index = new int[1];
    Kernels.best().reduce(r, map, y, 0);
    assertArrayEquals(Maps.bits(y, 0, 1), Maps.bits(new float[] {all.result()}, 0, 1), r::toString);
    assertEquals(x.length, all.count());
    if (r.indexed()) {
      Kernels.best().reduce(r, map, y, 0, index, 0);
      assertEquals(index[0], all.index(), r::toString);
    }
  }

  /** Where pieces begin, multiples of a unit, and n at the end. */
  private static int[] cuts(Random random, int n, int pieces, int unit) {
    int[] cuts = new int[pieces + 1];
    for (int i = 1; i < pieces; i++) {
      cuts[i] = random.nextInt(n / unit + 1) * unit;
    }
    cuts[pieces] = n;
    Arrays.sort(cuts);
    return cuts;
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
        Reduction.lpNorm(3),
        Reduction.lpNorm(Double.POSITIVE_INFINITY),
        Reduction.powerMean(2),
        Reduction.gem());
  }

  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 100),
        Arbitraries.of(4095, 4096, 4097, 8192, 8193, 12287),
        Arbitraries.integers().between(1, 30_000));
  }

  @Provide
  Arbitrary<Values> finite() {
    return Arbitraries.of(
        Values.GAUSSIAN, Values.INTEGERS, Values.TIES, Values.HUGE, Values.CANCELLING);
  }
}
