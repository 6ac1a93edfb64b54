package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private final Softmax softmax = new Softmax();

  private float[] softmax(float... logits) {
    return Numbers.contents(softmax.forward(Numbers.vectors(1, logits)));
  }

  @Test
  void knownNumbers() {
    Numbers.assertBits(new float[] {1}, softmax(-7), "one class");
    Numbers.assertBits(new float[] {0.25f, 0.25f, 0.25f, 0.25f}, softmax(3, 3, 3, 3), "equal");
    // exp(1..3) / (e + e² + e³), as any textbook has it
    float[] expected = {0.09003057f, 0.24472847f, 0.66524096f};
    float[] actual = softmax(1, 2, 3);
    for (int i = 0; i < 3; i++) {
      assertEquals(expected[i], actual[i], 1e-7f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 100, 400})
  void isWithinOneUlpOfTheExactValue(int classes) {
    float[] logits = Numbers.values(classes, classes);
    for (float scale : new float[] {0.01f, 1, 20}) {
      float[] scaled = logits.clone();
      for (int i = 0; i < classes; i++) {
        // -100 .. 100: the smallest results are subnormal
        scaled[i] = Math.max(-100, Math.min(100, scaled[i] * scale));
      }
      assertWithinOneUlp(scaled);
    }
  }

  @Test
  void isWithinOneUlpFarFromZero() {
    assertWithinOneUlp(30_000.002f, 30_000, 29_999.998f, 29_990);
    assertWithinOneUlp(-1e6f, -1_000_000.06f, -1_000_010);
    assertWithinOneUlp(0, -80, -87.5f, -90, -103);
    assertWithinOneUlp(1e-30f, 1, 0.1f, -1e-20f);
  }

  private void assertWithinOneUlp(float... logits) {
    float[] actual = softmax(logits);
    BigDecimal max = new BigDecimal(logits[0]);
    for (float logit : logits) {
      max = max.max(new BigDecimal(logit));
    }
    BigDecimal[] exps = new BigDecimal[logits.length];
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < logits.length; i++) {
      exps[i] = exp(new BigDecimal(logits[i]).subtract(max));
      sum = sum.add(exps[i], DIGITS);
    }
    for (int i = 0; i < logits.length; i++) {
      BigDecimal exact = exps[i].divide(sum, DIGITS);
      BigDecimal error = new BigDecimal(actual[i]).subtract(exact).abs();
      assertTrue(
          error.compareTo(new BigDecimal(Math.ulp(actual[i]))) <= 0,
          "logit " + logits[i] + " gives " + actual[i] + ", exact is " + exact);
    }
  }

  /** The exponential of a number of at most 0: Taylor's series of x / 2^k, squared k times. */
  private static BigDecimal exp(BigDecimal x) {
    int halvings = 10;
    BigDecimal small = x.divide(new BigDecimal(1 << halvings), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int i = 1; i < 40; i++) {
      term = term.multiply(small, DIGITS).divide(new BigDecimal(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  @Test
  void bigLogitsDontOverflow() {
    Numbers.assertBits(new float[] {0.5f, 0.5f, 0}, softmax(1000, 1000, -1000), "±1000");
    float max = Float.MAX_VALUE;
    Numbers.assertBits(new float[] {1, 0, 0}, softmax(max, 0, -max), "the largest");
    Numbers.assertBits(new float[] {0.5f, 0.5f}, softmax(-max, -max), "the smallest");
  }

  @Test
  void anInfiniteLossRulesAClassOut() {
    Numbers.assertBits(new float[] {0.5f, 0, 0.5f}, softmax(2, -INF, 2), "one -∞");
    Numbers.assertBits(new float[] {0, 1}, softmax(-INF, -900), "all but one -∞");
  }

  @Test
  void nanInfinityAndNothingButMinusInfinityGiveNan() {
    float[] nans = {NAN, NAN, NAN};
    Numbers.assertBits(nans, softmax(1, NAN, 2), "NaN");
    Numbers.assertBits(nans, softmax(NAN, -INF, -INF), "NaN and -∞");
    Numbers.assertBits(nans, softmax(1, 2, INF), "+∞");
    Numbers.assertBits(nans, softmax(INF, INF, -INF), "+∞ twice");
    Numbers.assertBits(nans, softmax(-INF, -INF, -INF), "-∞ only");
  }

  @Test
  void aBadSampleDoesNotSpoilTheOthers() {
    float[] x = {1, 1, NAN, 0, 5, 5, INF, 1, 0, 0};
    float[] expected = {0.5f, 0.5f, NAN, NAN, 0.5f, 0.5f, NAN, NAN, 0.5f, 0.5f};
    FeatureMap y = softmax.forward(Numbers.vectors(5, x));
    Numbers.assertBits(expected, Numbers.contents(y), "five samples");
  }

  @Test
  void samplesAreIndependentAndOffsetsRespected() {
    // Shrinking and growing numbers of classes: scratch of an earlier call must not show.
    for (int classes : new int[] {40, 3, 700, 1, 40}) {
      float[] x = Numbers.values(classes, 3 * classes);
      FeatureShape shape = new FeatureShape(3, classes, 1, 1);
      float[] array = new float[3 * classes + 4];
      Arrays.fill(array, 42);
      FeatureMap output = FeatureMap.of(array, 2, Layout.NHWC, shape);
      softmax.forward(Numbers.map(x, Layout.NHWC, 3, shape), output);
      float[] expected = array.clone();
      Arrays.fill(expected, 42);
      for (int n = 0; n < 3; n++) {
        float[] alone = softmax(Arrays.copyOfRange(x, n * classes, (n + 1) * classes));
        System.arraycopy(alone, 0, expected, 2 + n * classes, classes);
      }
      Numbers.assertBits(expected, array, "probabilities and what is around them");
    }
  }

  @Test
  void shapesAndParameters() {
    FeatureShape shape = new FeatureShape(3, 5, 1, 1);
    assertEquals(shape, softmax.outputShape(shape));
    assertEquals(0, softmax.parameterCount());
    assertEquals("Softmax", softmax.toString());
    FeatureMap none = FeatureMap.allocate(Layout.NCHW, new FeatureShape(0, 5, 1, 1));
    assertEquals(none.shape(), softmax.forward(none).shape());
  }

  @Test
  void planesAreAnError() {
    FeatureMap planes = FeatureMap.allocate(Layout.NCHW, new FeatureShape(1, 3, 2, 1));
    Exception e = assertThrows(IllegalArgumentException.class, () -> softmax.forward(planes));
    assertTrue(e.getMessage().contains("input has the shape [1, 3, 2, 1]"), e.getMessage());
    assertTrue(e.getMessage().contains("Softmax needs one value per channel"), e.getMessage());
  }
}
