package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PoolingTest {
  /** Two samples of two channels of 2 × 2 pixels. */
  private static final float[] X = {1, 2, 3, 4, -1, 0, 7, 2, 5, 5, 5, 5, 0, 0, 0, 8};

  private static final FeatureShape SHAPE = new FeatureShape(2, 2, 2, 2);

  @ParameterizedTest
  @EnumSource
  void knownNumbers(Layout layout) {
    assertPooled("avg", layout, 2.5f, 2, 5, 2);
    assertPooled("max", layout, 4, 7, 5, 8);
    assertPooled("avgmax", layout, 3.25f, 4.5f, 5, 5);
    assertPooled("catavgmax", layout, 2.5f, 2, 4, 7, 5, 2, 5, 8);
    assertPooled("catmaxavg", layout, 4, 7, 2.5f, 2, 5, 8, 5, 2);
    // The cube roots of 100 / 4, (1e-18·2 + 343 + 8) / 4 and 512 / 4
    assertPooled("gem", layout, cbrt(25), cbrt(87.75), 5, cbrt(128));
    assertPooled("lse", layout, lse(1, 2, 3, 4), lse(-1, 0, 7, 2), 5, lse(0, 0, 0, 8));
  }

  private static float lse(double... x) {
    return (float) Math.log(Arrays.stream(x).map(Math::exp).average().orElseThrow());
  }

  private static float cbrt(double x) {
    return (float) Math.cbrt(x);
  }

  private static void assertPooled(String name, Layout layout, float... expected) {
    FeatureMap maps = Numbers.map(X, layout, 2, SHAPE);
    float[] actual = Numbers.contents(GlobalPool.of(name).forward(maps));
    assertArrayEquals(expected, actual, 1e-6f, name);
  }

  @Test
  void gemLiesBetweenAverageAndMaximumAndNearsThem() {
    float[] x = {1, 2, 3, 6};
    assertEquals(3, pooled(new GeMPool(1, 1e-6), x));
    assertEquals(Math.sqrt(12.5), pooled(new GeMPool(2, 1e-6), x), 1e-6);
    assertEquals(6, pooled(new GeMPool(2000, 1e-6), x), 0.01);
    // What is below eps counts as eps.
    assertEquals(0.5f, pooled(new GeMPool(3, 0.5), -1, 0, 0.1f, 0.5f));
    // No power is beyond a double.
    assertEquals(3e38f, pooled(new GeMPool(100, 1e-6), 3e38f, 3e38f));
  }

  @Test
  void logSumExpLiesBetweenAverageAndMaximumAndNearsThem() {
    float[] x = {1, 2, 3, 6};
    assertEquals(3, pooled(new LogSumExpPool(1e-4), x), 1e-3);
    assertEquals(6, pooled(new LogSumExpPool(1e4), x), 1e-3);
    assertEquals(-1000, pooled(new LogSumExpPool(1), -1000, -1000));
    assertEquals(90000, pooled(new LogSumExpPool(1), 90000, 90000));
  }

  private static float pooled(GlobalPool layer, float... x) {
    return layer
        .forward(FeatureMap.of(x, Layout.NCHW, new FeatureShape(1, 1, 1, x.length)))
        .get(0, 0, 0, 0);
  }

  @Test
  void everyNameGivesItsLayer() {
    assertEquals(
        List.of("avg", "max", "avgmax", "catavgmax", "catmaxavg", "gem", "lse"),
        GlobalPool.names());
    assertEquals("GlobalAvgPool", GlobalPool.of("avg").toString());
    assertEquals("AvgMaxPool", GlobalPool.of("avgmax").toString());
    assertEquals("CatAvgMaxPool(avg, max)", GlobalPool.of("catavgmax").toString());
    assertEquals("CatAvgMaxPool(max, avg)", GlobalPool.of("catmaxavg").toString());
    assertEquals("GeMPool(p=3.0, eps=1.0E-6)", GlobalPool.of("gem").toString());
    assertEquals("GeMPool(p=4.0, eps=1.0E-6)", GlobalPool.of("gem", Map.of("p", 4.0)).toString());
    assertEquals("LogSumExpPool(r=1.0)", GlobalPool.of("lse").toString());
    assertEquals("LogSumExpPool(r=5.0)", GlobalPool.of("lse", Map.of("r", 5.0)).toString());
  }

  @Test
  void anUnknownNameIsAnError() {
    for (String name : new String[] {"average", "", "AVG", "Avg", "avg ", "GeM"}) {
      Exception e = assertThrows(IllegalArgumentException.class, () -> GlobalPool.of(name));
      String all = "avg, max, avgmax, catavgmax, catmaxavg, gem, lse";
      assertEquals("pooling is " + name + "; one of " + all + " was needed", e.getMessage());
    }
    assertThrows(NullPointerException.class, () -> GlobalPool.of(null));
  }

  /**
   * An option that had no effect was taken without a word.
   *
   * @see <a href="https://github.com/huggingface/pytorch-image-models/issues/2077">timm#2077</a>
   */
  @Test
  void timm2077AnOptionThatWouldBeIgnoredIsAnError() {
    fails("option is p; avg takes no option", "avg", Map.of("p", 3.0));
    fails("option is r; gem takes eps and p", "gem", Map.of("p", 3.0, "r", 1.0));
    fails("option is P; gem takes eps and p", "gem", Map.of("P", 3.0));
    fails("option is eps; lse takes r", "lse", Map.of("eps", 1.0));
    fails("option is order; catavgmax takes no option", "catavgmax", Map.of("order", 1.0));
  }

  @ParameterizedTest
  @CsvSource({"gem, p", "gem, eps", "lse, r"})
  void anOptionOutOfRangeIsAnError(String name, String option) {
    for (double value : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      String message = option + " is " + value + "; a finite number above 0 was needed";
      fails(message, name, Map.of(option, value));
    }
  }

  private static void fails(String message, String name, Map<String, Double> options) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> GlobalPool.of(name, options));
    assertEquals(message, e.getMessage());
  }

  @Test
  void nanReachesItsOwnChannelOnly() {
    float[] x = {1, Float.NaN, 3, 4};
    FeatureMap maps = FeatureMap.of(x, Layout.NCHW, new FeatureShape(1, 2, 1, 2));
    for (String name : GlobalPool.names()) {
      FeatureMap pooled = GlobalPool.of(name).forward(maps);
      for (int k = 0; k < pooled.shape().c(); k++) {
        boolean nan = Float.isNaN(pooled.get(0, k, 0, 0));
        assertEquals(k % 2 == 0, nan, name + ", value " + k);
      }
    }
  }

  @Test
  void theContributionsOfTheAverageAreTheMapsThemselves() {
    FeatureMap maps = FeatureMap.of(X, Layout.NHWC, SHAPE);
    assertSame(maps, new GlobalAvgPool().contributions(maps));
  }

  @Test
  void knownContributions() {
    float[] x = {1, 2, 4, 4, 0, 0, 2, 0};
    assertContributions("max", x, 0, 0, 16, 0, 0, 0, 8, 0);
    assertContributions("avgmax", x, 0.5f, 1, 10, 2, 0, 0, 5, 0);
    assertContributions("catavgmax", x, 1, 2, 4, 4, 0, 0, 2, 0, 0, 0, 16, 0, 0, 0, 8, 0);
    assertContributions("catmaxavg", x, 0, 0, 16, 0, 0, 0, 8, 0, 1, 2, 4, 4, 0, 0, 2, 0);
    // z² = (137 / 4)^(2/3); x³ / z²
    double square = Math.pow(137 / 4.0, 2 / 3.0);
    float[] gem = new float[8];
    for (int i = 0; i < 4; i++) {
      gem[i] = (float) (x[i] * x[i] * x[i] / square);
    }
    gem[6] = 4 * (float) Math.cbrt(2);
    assertContributions("gem", x, gem);
    // Shares of e^x, times 4·z
    double sum = Math.E + Math.exp(2) + 2 * Math.exp(4);
    float z = (float) (4 * Math.log(sum / 4));
    FeatureMap lse = GlobalPool.of("lse").contributions(maps(x));
    assertEquals(z * Math.E / sum, lse.get(0, 0, 0, 0), 1e-5);
    assertEquals(z * Math.exp(4) / sum, lse.get(0, 0, 1, 1), 1e-5);
  }

  private static FeatureMap maps(float... x) {
    return FeatureMap.of(x, Layout.NCHW, new FeatureShape(1, x.length / 4, 2, 2));
  }

  private static void assertContributions(String name, float[] x, float... expected) {
    FeatureMap contributions = GlobalPool.of(name).contributions(maps(x));
    assertEquals(expected.length / 4, contributions.shape().c());
    assertArrayEquals(expected, Numbers.contents(contributions), 1e-5f, name);
  }

  @Test
  void contributionsOfMapsThatArentFitAreErrors() {
    FeatureMap empty = FeatureMap.allocate(Layout.NCHW, new FeatureShape(1, 3, 0, 7));
    for (String name : GlobalPool.names()) {
      GlobalPool layer = GlobalPool.of(name);
      assertThrows(NullPointerException.class, () -> layer.contributions(null));
      Exception e = assertThrows(IllegalArgumentException.class, () -> layer.contributions(empty));
      assertTrue(e.getMessage().contains("[1, 3, 0, 7]"), e.getMessage());
      assertThrows(NullPointerException.class, () -> layer.gradientSums(null));
      assertThrows(IllegalArgumentException.class, () -> layer.gradientSums(empty));
    }
  }
}
