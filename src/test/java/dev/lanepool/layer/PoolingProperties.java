package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PoolingProperties {
  @Provide
  Arbitrary<GlobalPool> poolings() {
    List<GlobalPool> sharp = List.of(new GeMPool(6.5, 1e-3), new LogSumExpPool(0.05));
    Stream<GlobalPool> named = GlobalPool.names().stream().map(GlobalPool::of);
    return Arbitraries.of(Stream.concat(named, sharp.stream()).toList());
  }

  /**
   * Each contribution is rounded to float, each pooled value too, and a maximum has one rounding
   * more: some 2^-24 of the magnitudes.
   */
  @Property(tries = 300)
  void theMeanOfTheContributionsIsThePooledValue(
      @ForAll("poolings") GlobalPool pooling,
      @ForAll @IntRange(min = 1, max = 2) int n,
      @ForAll @IntRange(min = 1, max = 9) int c,
      @ForAll @IntRange(min = 1, max = 8) int h,
      @ForAll @IntRange(min = 1, max = 8) int w,
      @ForAll Layout layout,
      @ForAll long seed) {
    FeatureShape shape = new FeatureShape(n, c, h, w);
    FeatureMap maps = Numbers.map(Numbers.values(seed, (int) shape.elements()), layout, 1, shape);
    FeatureMap pooled = pooling.forward(maps);
    FeatureMap contributions = pooling.contributions(maps);
    assertEquals(new FeatureShape(n, pooled.shape().c(), h, w), contributions.shape());
    for (int plane = 0; plane < pooled.shape().planes(); plane++) {
      int sample = plane / pooled.shape().c();
      int k = plane % pooled.shape().c();
      double sum = 0;
      double magnitudes = 0;
      for (int i = 0; i < h * w; i++) {
        float value = contributions.get(sample, k, i / w, i % w);
        sum += value;
        magnitudes += Math.abs(value);
      }
      float z = pooled.get(sample, k, 0, 0);
      double bound = 0x1p-22 * (magnitudes / (h * w) + Math.abs(z)) + Float.MIN_NORMAL;
      assertEquals(z, sum / (h * w), bound, pooling + ", value " + plane);
    }
  }

  /** The pooled value moves with its plane as the sum of the derivatives says. */
  @Property(tries = 200)
  void theGradientSumIsTheDerivativeAlongAConstant(
      @ForAll("poolings") GlobalPool pooling,
      @ForAll @IntRange(min = 1, max = 5) int c,
      @ForAll @IntRange(min = 1, max = 20) int pixels,
      @ForAll long seed) {
    FeatureShape shape = new FeatureShape(1, c, 1, pixels);
    float step = 0x1p-7f;
    float[] x = Numbers.integers(seed, c * pixels, 200);
    float[] above = x.clone();
    float[] below = x.clone();
    for (int i = 0; i < x.length; i++) {
      // From 1 to 5: away from eps, where GeM has a kink.
      x[i] = 3 + x[i] / 128;
      above[i] = x[i] + step;
      below[i] = x[i] - step;
    }
    FeatureMap maps = FeatureMap.of(x, Layout.NCHW, shape);
    double[] sums = pooling.gradientSums(maps);
    FeatureMap up = pooling.forward(FeatureMap.of(above, Layout.NCHW, shape));
    FeatureMap down = pooling.forward(FeatureMap.of(below, Layout.NCHW, shape));
    assertEquals(up.shape().c(), sums.length);
    for (int k = 0; k < sums.length; k++) {
      double difference = ((double) up.get(0, k, 0, 0) - down.get(0, k, 0, 0)) / (2 * step);
      assertEquals(difference, sums[k], 1e-3, pooling + ", value " + k);
    }
  }
}
