package dev.lanepool.cam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.head.LinearForm;
import dev.lanepool.head.Prediction;
import dev.lanepool.layer.Dense;
import dev.lanepool.layer.GlobalPool;
import dev.lanepool.layer.Layer;
import dev.lanepool.layer.LayerNorm;
import dev.lanepool.layer.Numbers;
import dev.lanepool.layer.ReLU;
import dev.lanepool.layer.Sequential;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Maps of heads with every kind of pooling, with ReLU and LayerNorm and without. */
class PooledMapsProperties {
  @Provide
  Arbitrary<String> poolings() {
    return Arbitraries.of(GlobalPool.names());
  }

  private static ClassifierHead head(
      GlobalPool pooling, boolean relu, boolean norm, int channels, int classes, long seed) {
    int pooled = pooling.outputChannels(channels);
    List<Layer> layers = new ArrayList<>(List.of(pooling));
    if (relu) {
      layers.add(0, new ReLU());
    }
    if (norm) {
      layers.add(Numbers.layerNorm(seed, pooled));
    }
    layers.add(Numbers.dense(seed + 1, pooled, classes));
    return ClassifierHead.of(
        new Sequential(layers.toArray(Layer[]::new)), Collections.nCopies(classes, "class"));
  }

  /**
   * Roundings to float of contributions, pooled values, weights and pixels, each 2^-24 of what it
   * rounds; the bound takes eight of the largest magnitude of any of these sums.
   */
  @Property(tries = 400)
  void theMeanOfEveryMapPlusTheConstantIsTheLogit(
      @ForAll("poolings") String name,
      @ForAll boolean relu,
      @ForAll boolean norm,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll @IntRange(min = 1, max = 7) int h,
      @ForAll @IntRange(min = 1, max = 7) int w,
      @ForAll Layout layout,
      @ForAll long seed) {
    GlobalPool pooling = GlobalPool.of(name);
    ClassifierHead head = head(pooling, relu, norm, channels, 3, seed);
    FeatureShape shape = new FeatureShape(1, channels, h, w);
    float[] x = Numbers.values(seed, (int) shape.elements());
    FeatureMap maps = Numbers.map(x, layout, 1, shape);
    Prediction prediction = head.classify(maps);
    for (Evidence evidence : ClassActivationMap.evidence(head, maps, prediction.top(3))) {
      double bound = 8 * 0x1p-24 * magnitude(head, maps, evidence) + Float.MIN_NORMAL;
      assertEquals(0, evidence.difference(), bound, head.pooling() + " " + evidence.scored());
      double mean = evidence.map().mean();
      assertEquals(mean + evidence.constant(), evidence.explained());
    }
  }

  /** Σ_k |weight_k|·(mean|r_k| + |z_k| + largest |z|) + |constant| + |β|-terms. */
  private static double magnitude(ClassifierHead head, FeatureMap maps, Evidence evidence) {
    FeatureMap r = head.pooling().contributions(head.pooledMaps(maps));
    int index = evidence.scored().index();
    LinearForm form = head.linearForm(maps, index);
    int pixels = (int) r.shape().planeSize();
    double largest = 0;
    double[] means = new double[r.shape().c()];
    for (int k = 0; k < means.length; k++) {
      for (int i = 0; i < pixels; i++) {
        means[k] += Math.abs(r.get(0, k, i / r.shape().w(), i % r.shape().w())) / pixels;
      }
      largest = Math.max(largest, means[k]);
    }
    double sum = Math.abs(evidence.constant()) + Math.abs(head.bias(index));
    float[] row = head.weights(index);
    for (int k = 0; k < means.length; k++) {
      sum += Math.abs(form.weights()[form.offset() + k]) * (means[k] + largest);
      // What LayerNorm adds: β up to 2^8 with weights of the dense layer, γ·ẑ the same.
      sum += Math.abs(row[k]) * 0x1p8 * Math.sqrt(means.length);
    }
    return sum;
  }

  /** ∂logit/∂(a constant on one channel) is Grad-CAM's weight times H·W. */
  @Property(tries = 100)
  void gradCamHasTheDerivativesForWeights(
      @ForAll("poolings") String name,
      @ForAll boolean norm,
      @ForAll @IntRange(min = 2, max = 6) int channels,
      @ForAll @IntRange(min = 1, max = 9) int pixels,
      @ForAll long seed) {
    GlobalPool pooling = GlobalPool.of(name);
    int pooled = pooling.outputChannels(channels);
    float[] w = Numbers.integers(seed, 2 * pooled, 8);
    Layer dense = new Dense(w, new float[2]);
    Layer[] layers =
        norm
            ? new Layer[] {pooling, smoothNorm(seed, pooled), dense}
            : new Layer[] {pooling, dense};
    ClassifierHead head = ClassifierHead.of(new Sequential(layers), List.of("a", "b"));
    FeatureShape shape = new FeatureShape(1, channels, 1, pixels);
    float[] x = Numbers.integers(~seed, channels * pixels, 200);
    for (int i = 0; i < x.length; i++) {
      x[i] = 3 + x[i] / 128;
    }
    double[] expected = new double[pixels];
    for (int k = 0; k < channels; k++) {
      double slope = slope(head, x, shape, k);
      for (int i = 0; i < pixels; i++) {
        expected[i] += slope / pixels * x[k * pixels + i];
      }
    }
    Heatmap map = GradCam.of(head, FeatureMap.of(x, Layout.NCHW, shape), 1);
    double scale = 0;
    for (float weight : head.weights(1)) {
      scale += Math.abs(weight) * (norm ? 0x1p8 : 1) / pixels;
    }
    for (int i = 0; i < pixels; i++) {
      double bound = (norm ? 2 : 1) * 1e-2 * scale + 1e-3;
      assertEquals(Math.max(expected[i], 0), map.get(0, i), bound, name + " pixel " + i);
    }
  }

  /** With eps = 1 the deviation is 1 or more, so that a finite difference is close. */
  private static LayerNorm smoothNorm(long seed, int channels) {
    return new LayerNorm(Numbers.values(seed, channels), new float[channels], 1);
  }

  private static double slope(ClassifierHead head, float[] x, FeatureShape shape, int channel) {
    float step = 0x1p-7f;
    int pixels = (int) shape.planeSize();
    float[] logits = new float[2];
    for (int side = 0; side < 2; side++) {
      float[] moved = x.clone();
      for (int i = 0; i < pixels; i++) {
        moved[channel * pixels + i] += side == 0 ? step : -step;
      }
      FeatureMap maps = FeatureMap.of(moved, Layout.NCHW, shape);
      logits[side] = head.classify(maps).logits()[1];
    }
    return ((double) logits[0] - logits[1]) / (2 * step);
  }
}
