package dev.lanepool.cam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.layer.Numbers;
import java.util.Collections;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CamProperties {
  /**
   * Four roundings to float lie between the two sides: of each pixel of the map, of its mean, of
   * each channel's mean, and of the logit. Each is at most 2^-24 of a number that is at most the
   * sum of magnitudes A = Σ_k |W_k|·mean|x_k| + |b|. Sums in double add less than a thousandth of
   * that (some 1e4 terms times 2^-53). Where floats are subnormal, a rounding is at most MIN_VALUE
   * / 2: less than MIN_VALUE for each channel's mean, weighted, and for each of the others.
   */
  @Property(tries = 150)
  void theMeanOfTheMapPlusTheBiasIsTheLogit(
      @ForAll @IntRange(min = 1, max = 70) int channels,
      @ForAll @IntRange(min = 1, max = 12) int h,
      @ForAll @IntRange(min = 1, max = 12) int w,
      @ForAll @IntRange(min = 1, max = 4) int classes,
      @ForAll long seed) {
    FeatureShape shape = new FeatureShape(1, channels, h, w);
    float[] x = Numbers.values(seed, (int) shape.elements());
    float[] weights = Numbers.values(~seed, classes * channels);
    float[] bias = Numbers.values(seed + 1, classes);
    ClassifierHead head = ClassifierHead.of(weights, bias, Collections.nCopies(classes, "class"));
    FeatureMap nchw = Numbers.map(x, Layout.NCHW, 1, shape);
    FeatureMap nhwc = Numbers.map(x, Layout.NHWC, 2, shape);
    float[] logits = head.classify(nchw).logits();
    Numbers.assertBits(logits, head.classify(nhwc).logits(), "logits of NCHW and NHWC");
    for (int c = 0; c < classes; c++) {
      Heatmap map = ClassActivationMap.of(head, nchw, c);
      float[] other = ClassActivationMap.of(head, nhwc, c).values();
      Numbers.assertBits(map.values(), other, "maps of NCHW and NHWC");
      double magnitudes = Math.abs(bias[c]);
      double subnormal = 3 * Float.MIN_VALUE;
      for (int k = 0; k < channels; k++) {
        double weight = Math.abs(weights[c * channels + k]);
        double sum = 0;
        for (int i = 0; i < h * w; i++) {
          sum += Math.abs(x[k * h * w + i]);
        }
        magnitudes += weight * sum / (h * w);
        subnormal += weight * Float.MIN_VALUE;
      }
      double bound = 4.004 * 0x1p-24 * magnitudes + subnormal;
      assertEquals(logits[c], (double) map.mean() + bias[c], bound, "class " + c);
    }
  }

  @Property(tries = 150)
  void upsamplingFollowsItsDefinitionAndStaysInRange(
      @ForAll @IntRange(min = 1, max = 9) int h,
      @ForAll @IntRange(min = 1, max = 9) int w,
      @ForAll @IntRange(min = 1, max = 40) int toH,
      @ForAll @IntRange(min = 1, max = 40) int toW,
      @ForAll long seed) {
    float[] values = Numbers.values(seed, h * w);
    float min = values[0];
    float max = values[0];
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    float most = Math.max(Math.abs(min), Math.abs(max));
    Heatmap result = Heatmap.of(values, h, w).upsample(toH, toW);
    assertEquals(toH, result.height());
    assertEquals(toW, result.width());
    for (int row = 0; row < toH; row++) {
      for (int column = 0; column < toW; column++) {
        float actual = result.get(row, column);
        double expected = bilinear(values, h, w, row, toH, column, toW);
        // One rounding to float, and some in double of positions up to 9.
        assertEquals(expected, actual, most * (0x1p-24 + 0x1p-45), row + ", " + column);
        assertTrue(min <= actual && actual <= max, actual + " is not in " + min + ".." + max);
      }
    }
  }

  /**
   * The weighted mean of four pixels, as the definition has it: the centre of output pixel i lies
   * at (i + 1/2)·in/out - 1/2 among the centres of the input, and the edge repeats for ever.
   */
  private static double bilinear(float[] v, int h, int w, int row, int toH, int column, int toW) {
    double y = (2.0 * row + 1) * h / (2.0 * toH) - 0.5;
    double x = (2.0 * column + 1) * w / (2.0 * toW) - 0.5;
    double sum = 0;
    for (int r = (int) Math.floor(y); r <= Math.floor(y) + 1; r++) {
      for (int c = (int) Math.floor(x); c <= Math.floor(x) + 1; c++) {
        int inRow = Math.max(0, Math.min(h - 1, r));
        int inColumn = Math.max(0, Math.min(w - 1, c));
        sum += (1 - Math.abs(y - r)) * (1 - Math.abs(x - c)) * v[inRow * w + inColumn];
      }
    }
    return sum;
  }

  @Property(tries = 150)
  void normalizedIsZeroToOneInTheSameOrder(
      @ForAll @IntRange(min = 1, max = 9) int h,
      @ForAll @IntRange(min = 1, max = 9) int w,
      @ForAll long seed) {
    float[] values = Numbers.values(seed, h * w);
    float[] normalized = Heatmap.of(values, h, w).normalize().values();
    float min = 1;
    float max = 0;
    for (int i = 0; i < normalized.length; i++) {
      min = Math.min(min, normalized[i]);
      max = Math.max(max, normalized[i]);
      for (int j = 0; j < i; j++) {
        float order = Math.signum(values[i] - values[j]);
        float now = Math.signum(normalized[i] - normalized[j]);
        assertTrue(order == now || now == 0, "values " + i + " and " + j + " changed places");
      }
    }
    assertEquals(0, min);
    assertEquals(normalized.length == 1 ? 0 : 1, max);
  }
}
