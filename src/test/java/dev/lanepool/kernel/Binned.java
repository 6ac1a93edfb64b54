package dev.lanepool.kernel;

import dev.lanepool.FeatureShape;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/**
 * Planes or volumes, and the bins that adaptive pooling makes of them.
 *
 * @param height rows of a slice
 * @param width columns
 * @param bins the outputs, with the slices
 */
record Binned(int height, int width, Bins bins) {
  /** So many channels of so many samples. */
  FeatureShape shape(int n, int c) {
    return FeatureShape.volume(n, c, bins.slices(), height, width);
  }

  /** Their outputs. */
  FeatureShape out(int n, int c) {
    return new FeatureShape(n, c, bins.outRows(), bins.outWidth());
  }

  /** What every pair of a value and an output can be looked at of. */
  static final class Small implements ArbitrarySupplier<Binned> {
    @Override
    public Arbitrary<Binned> get() {
      return of(7, 7, 3, 4);
    }
  }

  /** Rows of more than some vectors, and windows that overlap or repeat. */
  static final class Any implements ArbitrarySupplier<Binned> {
    @Override
    public Arbitrary<Binned> get() {
      return Arbitraries.oneOf(of(20, 40, 1, 25), of(10, 20, 5, 9));
    }
  }

  private static Arbitrary<Binned> of(int height, int width, int slices, int outputs) {
    Arbitrary<Integer> depths = Arbitraries.integers().between(1, slices);
    Arbitrary<Integer> extents = Arbitraries.integers().between(1, outputs);
    Arbitrary<Bins> bins =
        Arbitraries.oneOf(
            Combinators.combine(extents, extents).as(Bins::of),
            Combinators.combine(depths, depths, extents, extents).as(Bins::ofVolume));
    return Combinators.combine(
            Arbitraries.integers().between(1, height),
            Arbitraries.integers().between(1, width),
            bins)
        .as(Binned::new);
  }
}
