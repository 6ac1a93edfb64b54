package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers that keep the shape: activations, normalisation, gates. */
class ElementwiseTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static float[] run(Layer layer, float... x) {
    return Numbers.contents(layer.forward(Numbers.vectors(1, x)));
  }

  @Test
  void relu() {
    float[] x = {-2, -0f, 0, 3.5f, Float.NaN, INFINITY, -INFINITY};
    float[] expected = {0, 0, 0, 3.5f, Float.NaN, INFINITY, 0};
    Numbers.assertBits(expected, run(new ReLU(), x), "ReLU");
  }

  @Test
  void sigmoid() {
    float[] x = {0, 2, -2, 1000, -1000, Float.NaN, INFINITY, -INFINITY};
    float[] expected = {0.5f, 0.8807971f, 0.11920292f, 1, 0, Float.NaN, 1, 0};
    Numbers.assertBits(expected, run(new Sigmoid(), x), "Sigmoid");
  }

  @Test
  void hardSigmoid() {
    float[] x = {0, 3, -3, 1.5f, -1, 100, -INFINITY, Float.NaN};
    float[] expected = {0.5f, 1, 0, 0.75f, (float) (1 / 3.0), 1, 0, Float.NaN};
    Numbers.assertBits(expected, run(new HardSigmoid(), x), "HardSigmoid");
  }

  @ParameterizedTest
  @EnumSource
  void mapsKeepTheirShapeAndLayout(Layout layout) {
    FeatureShape shape = new FeatureShape(2, 3, 4, 5);
    float[] x = Numbers.values(70, 120);
    FeatureMap y = new ReLU().forward(Numbers.map(x, layout, 3, shape));
    assertEquals(shape, y.shape());
    assertEquals(layout, y.layout());
    for (int i = 0; i < x.length; i++) {
      assertEquals(Math.max(x[i], 0), y.get(i / 60, i / 20 % 3, i / 5 % 4, i % 5));
    }
    assertEquals(0, new ReLU().parameterCount());
    assertEquals("HardSigmoid", new HardSigmoid().toString());
  }

  @Test
  void layerNormOfKnownNumbers() {
    // Mean 3, variance 2, so that with eps = 2 the deviation is 2
    LayerNorm norm = new LayerNorm(new float[] {1, 2, 1, 1, 4}, new float[] {0, 0, 7, 0, 1}, 2);
    assertArrayEquals(new float[] {-1, -1, 7, 0.5f, 5}, run(norm, 1, 2, 3, 4, 5));
    assertEquals(2, norm.deviation(Numbers.vectors(1, 1, 2, 3, 4, 5)));
    assertEquals(10, norm.parameterCount());
    assertEquals(5, norm.channels());
    assertEquals("LayerNorm(5)", norm.toString());
  }

  @Test
  void layerNormTakesEverySampleByItself() {
    LayerNorm norm = Numbers.layerNorm(71, 6);
    float[] x = Numbers.values(72, 12);
    FeatureMap both = norm.forward(Numbers.vectors(2, x));
    for (int n = 0; n < 2; n++) {
      FeatureMap alone = norm.forward(Numbers.vectors(2, x).sample(n));
      Numbers.assertBits(Numbers.contents(alone), Numbers.contents(both.sample(n)), "sample " + n);
    }
  }

  @Test
  void layerNormOfAConstantIsItsShift() {
    LayerNorm norm = new LayerNorm(new float[] {5, 5}, new float[] {1, -1}, 1e-6);
    Numbers.assertBits(new float[] {1, -1}, run(norm, 1e30f, 1e30f), "constant");
  }

  @Test
  void layerNormErrors() {
    float[] two = new float[2];
    fails("gamma has 0 and beta 0 values", () -> new LayerNorm(new float[0], new float[0], 1));
    fails("gamma has 2 and beta 3 values", () -> new LayerNorm(two, new float[3], 1));
    fails("eps is 0.0; a finite number above 0", () -> new LayerNorm(two, two, 0));
    LayerNorm norm = new LayerNorm(two, two, 1);
    fails("input has 3 channels; this layer's weights need 2", () -> run(norm, 1, 2, 3));
    FeatureMap planes = FeatureMap.allocate(Layout.NCHW, new FeatureShape(1, 2, 2, 1));
    fails("input has the shape [1, 2, 2, 1]; LayerNorm needs", () -> norm.forward(planes));
    fails("x has the shape [2, 2, 1, 1]", () -> norm.deviation(Numbers.vectors(2, 1, 2, 3, 4)));
  }

  private static void fails(String message, Runnable call) {
    Exception e = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(message, e.getMessage().substring(0, message.length()));
  }

  @ParameterizedTest
  @EnumSource
  void squeezeExcitationScalesEveryChannel(Layout layout) {
    // The average of the two channels decides: channel 0 is let through half, channel 1 wholly.
    Dense squeeze = new Dense(new float[] {1, 1}, new float[1]);
    Dense excite = new Dense(new float[] {0, 1}, new float[] {0, 3});
    Layer block = new SqueezeExcitation(squeeze, excite, new HardSigmoid());
    FeatureShape shape = new FeatureShape(2, 2, 1, 2);
    float[] x = {2, 4, 6, 8, -9, -9, 1, 3};
    FeatureMap y = block.forward(Numbers.map(x, layout, 1, shape));
    assertEquals(layout, y.layout());
    float[] nchw = new float[8];
    y.copyTo(nchw, 0, Layout.NCHW);
    assertArrayEquals(new float[] {1, 2, 6, 8, -4.5f, -4.5f, 1, 3}, nchw);
    assertEquals(2 + 1 + 2 + 2, block.parameterCount());
  }

  @Test
  void squeezeExcitationErrors() {
    Dense squeeze = Numbers.dense(1, 4, 2);
    Dense wrong = Numbers.dense(1, 3, 4);
    fails(
        "squeeze is Dense(4 → 2) and excite Dense(3 → 4)",
        () -> new SqueezeExcitation(squeeze, wrong, new Sigmoid()));
    Layer block = new SqueezeExcitation(squeeze, Numbers.dense(2, 2, 4), new Sigmoid());
    fails("input has 5 channels", () -> block.outputShape(new FeatureShape(1, 5, 2, 2)));
    assertThrows(
        NullPointerException.class, () -> new SqueezeExcitation(null, wrong, new Sigmoid()));
    assertThrows(
        NullPointerException.class, () -> new SqueezeExcitation(squeeze, null, new Sigmoid()));
  }
}
