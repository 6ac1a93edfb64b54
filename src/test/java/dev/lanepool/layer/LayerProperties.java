package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LayerProperties {
  @Property(tries = 200)
  void bothLayoutsGiveTheSameBits(
      @ForAll @IntRange(min = 1, max = 3) int n,
      @ForAll @IntRange(min = 1, max = 40) int c,
      @ForAll @IntRange(min = 1, max = 12) int h,
      @ForAll @IntRange(min = 1, max = 12) int w,
      @ForAll @IntRange(max = 5) int offset,
      @ForAll long seed) {
    FeatureShape shape = new FeatureShape(n, c, h, w);
    float[] x = Numbers.values(seed, (int) shape.elements());
    FeatureMap first = Numbers.map(x, Layout.NCHW, offset, shape);
    FeatureMap last = Numbers.map(x, Layout.NHWC, 5 - offset, shape);
    List<Layer> layers = new ArrayList<>(List.of(new Flatten()));
    GlobalPool.names().forEach(name -> layers.add(GlobalPool.of(name)));
    for (Layer layer : layers) {
      float[] expected = Numbers.contents(layer.forward(first));
      Numbers.assertBits(expected, Numbers.contents(layer.forward(last)), layer.toString());
    }
  }

  @Property(tries = 100)
  void denseIsTheExactSumRoundedOnce(
      @ForAll @IntRange(min = 1, max = 150) int inputs,
      @ForAll @IntRange(min = 1, max = 5) int outputs,
      @ForAll long seed) {
    float[] x = Numbers.values(seed, inputs);
    float[] weights = Numbers.values(~seed, inputs * outputs);
    float[] bias = Numbers.values(seed + 1, outputs);
    FeatureMap y = new Dense(weights, bias).forward(Numbers.vectors(1, x));
    for (int o = 0; o < outputs; o++) {
      float[] w = Arrays.copyOfRange(weights, o * inputs, (o + 1) * inputs);
      Numbers.assertDot(y.get(0, o, 0, 0), x, w, bias[o], "output " + o);
    }
  }

  @Property(tries = 100)
  void denseOfWholeNumbersIsExact(
      @ForAll @IntRange(min = 1, max = 150) int inputs, @ForAll long seed) {
    float[] x = Numbers.integers(seed, inputs, 100);
    float[] weights = Numbers.integers(~seed, inputs, 100);
    long expected = 7;
    for (int i = 0; i < inputs; i++) {
      expected += (long) x[i] * (long) weights[i];
    }
    FeatureMap y = new Dense(weights, new float[] {7}).forward(Numbers.vectors(1, x));
    assertEquals(expected, y.get(0, 0, 0, 0));
  }

  @Property(tries = 200)
  void probabilitiesAddUpToOneAndKeepTheOrder(
      @ForAll @Size(min = 1, max = 50) List<@FloatRange(min = -200, max = 200) Float> list) {
    float[] logits = new float[list.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = list.get(i);
    }
    float[] p = Numbers.contents(new Softmax().forward(Numbers.vectors(1, logits)));
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      assertTrue(p[i] >= 0 && p[i] <= 1, "a probability is " + p[i]);
      sum += p[i];
      for (int j = 0; j < i; j++) {
        // Greater logits may come to equal probabilities, never to smaller ones.
        float sign = Math.signum(logits[i] - logits[j]);
        float order = Math.signum(p[i] - p[j]);
        assertTrue(order == sign || order == 0, () -> list + " gives " + Arrays.toString(p));
      }
    }
    // Each is off by at most an ulp, which is at most 2^-23 of it, or the smallest float.
    assertEquals(1, sum, 0x1p-23 + 50 * Float.MIN_VALUE + 0x1p-45);
  }

  @Property(tries = 200)
  void addingAConstantChangesNothing(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(min = -120, max = 120) Integer> logits,
      @ForAll @IntRange(min = -1_000_000, max = 1_000_000) int constant) {
    // Whole numbers, so that the sums are exact.
    float[] x = new float[logits.size()];
    float[] shifted = new float[logits.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = logits.get(i);
      shifted[i] = logits.get(i) + constant;
    }
    Softmax softmax = new Softmax();
    float[] expected = Numbers.contents(softmax.forward(Numbers.vectors(1, x)));
    float[] actual = Numbers.contents(softmax.forward(Numbers.vectors(1, shifted)));
    Numbers.assertBits(expected, actual, "logits + " + constant);
  }
}
