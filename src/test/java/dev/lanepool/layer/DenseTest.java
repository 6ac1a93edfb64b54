package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseTest {
  @Test
  void knownNumbers() {
    // A row of weights per output: [1 2 3] and [10 20 30].
    Dense dense = new Dense(new float[] {1, 2, 3, 10, 20, 30}, new float[] {0.5f, -1});
    FeatureMap y = dense.forward(Numbers.vectors(2, 1, 1, 1, 0, -1, 2));
    assertEquals(new FeatureShape(2, 2, 1, 1), y.shape());
    Numbers.assertBits(new float[] {6.5f, 59, 4.5f, 39}, Numbers.contents(y), "outputs");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "2, 3, 5",
    "3, 15, 4",
    "1, 16, 3",
    "2, 17, 1",
    "1, 31, 9",
    "2, 64, 10",
    "1, 65, 2",
    "3, 255, 7",
    "1, 2048, 11",
    "1, 4097, 2"
  })
  void isTheExactSumOfProductsRoundedOnce(int n, int inputs, int outputs) {
    float[] x = Numbers.values(inputs, n * inputs);
    float[] weights = Numbers.values(inputs + 1, inputs * outputs);
    float[] bias = Numbers.values(inputs + 2, outputs);
    Dense dense = new Dense(weights, bias);
    for (Layout layout : Layout.values()) {
      FeatureShape shape = new FeatureShape(n, inputs, 1, 1);
      FeatureMap y = dense.forward(Numbers.map(x, layout, 3, shape));
      for (int sample = 0; sample < n; sample++) {
        float[] row = Arrays.copyOfRange(x, sample * inputs, (sample + 1) * inputs);
        for (int o = 0; o < outputs; o++) {
          float[] w = Arrays.copyOfRange(weights, o * inputs, (o + 1) * inputs);
          float actual = y.get(sample, o, 0, 0);
          Numbers.assertDot(actual, row, w, bias[o], "output " + o + " of sample " + sample);
        }
      }
    }
  }

  @Test
  void cancellationLosesNothing() {
    // In float 2^30 + 1 is 2^30: the products must be added in double.
    Dense dense = new Dense(new float[] {0x1p15f, 1, -0x1p15f}, new float[] {0});
    float[] y = Numbers.contents(dense.forward(Numbers.vectors(1, 0x1p15f, 1, 0x1p15f)));
    Numbers.assertBits(new float[] {1}, y, "2^30 + 1 - 2^30");
    // ... and the bias is added before the only rounding.
    Dense biased = new Dense(new float[] {1, 1}, new float[] {-0x1p30f});
    y = Numbers.contents(biased.forward(Numbers.vectors(1, 0x1p30f, 1)));
    Numbers.assertBits(new float[] {1}, y, "2^30 + 1 and the bias -2^30");
  }

  @Test
  void overflowOfAPartialSumDoesNoHarm() {
    Dense dense = new Dense(new float[] {1, 1, -1, -1}, new float[] {3});
    float big = 3e38f;
    float[] y = Numbers.contents(dense.forward(Numbers.vectors(1, big, big, big, big)));
    Numbers.assertBits(new float[] {3}, y, "3e38 twice, less 3e38 twice");
  }

  @Test
  void outputGoesWhereTheMapBegins() {
    Dense dense = new Dense(new float[] {2, 3}, new float[] {10, 20});
    float[] array = {7, 7, 7, 7, 7, 7, 7};
    FeatureShape shape = new FeatureShape(2, 2, 1, 1);
    dense.forward(Numbers.vectors(2, 1, -1), FeatureMap.of(array, 1, Layout.NHWC, shape));
    Numbers.assertBits(new float[] {7, 12, 23, 8, 17, 7, 7}, array, "outputs and around them");
  }

  @Test
  void gradientsOfKnownNumbers() {
    Dense dense = new Dense(new float[] {1, 2, 3, 10, 20, 30}, new float[2]);
    FeatureMap gy = Numbers.vectors(2, 1, 10, 2, -1);
    FeatureMap gx = FeatureMap.allocate(Layout.NHWC, new FeatureShape(2, 3, 1, 1));
    dense.inputGradient(gy, gx);
    Numbers.assertBits(new float[] {101, 202, 303, -8, -16, -24}, Numbers.contents(gx), "gx");
    float[] gw = new float[6];
    float[] gb = new float[2];
    dense.weightGradient(gy, Numbers.vectors(2, 1, 2, 3, -1, 0, 5), gw, gb);
    Numbers.assertBits(new float[] {-1, 2, 13, 11, 20, 25}, gw, "gw");
    Numbers.assertBits(new float[] {3, 9}, gb, "gb");
  }

  /** Training is no more than this: the loss of a small problem falls to nothing. */
  @Test
  void descentAlongTheGradientsLearnsALinearMap() {
    float[] weights = new float[2 * 3];
    float[] bias = new float[2];
    Dense dense = new Dense(weights, bias);
    Dense truth = new Dense(new float[] {1, -2, 3, 0, 4, -1}, new float[] {0.5f, -1});
    FeatureMap x =
        FeatureMap.of(Numbers.integers(1, 60, 2), Layout.NCHW, new FeatureShape(20, 3, 1, 1));
    float[] gw = new float[6];
    float[] gb = new float[2];
    for (int step = 0; step < 2000; step++) {
      float[] gy = dense.forward(x).array();
      float[] wanted = truth.forward(x).array();
      for (int i = 0; i < gy.length; i++) {
        gy[i] = (gy[i] - wanted[i]) / 20;
      }
      dense.weightGradient(
          FeatureMap.of(gy, Layout.NCHW, new FeatureShape(20, 2, 1, 1)), x, gw, gb);
      for (int i = 0; i < gw.length; i++) {
        weights[i] -= 0.1f * gw[i];
      }
      for (int i = 0; i < gb.length; i++) {
        bias[i] -= 0.1f * gb[i];
      }
    }
    assertArrayEquals(new float[] {1, -2, 3, 0, 4, -1}, weights, 1e-4f);
    assertArrayEquals(new float[] {0.5f, -1}, bias, 1e-4f);
  }

  @Test
  void gradientsThatDontFitAreErrors() {
    Dense dense = new Dense(new float[6], new float[2]);
    FeatureMap gy = Numbers.vectors(1, 1, 1);
    FeatureMap x = Numbers.vectors(1, 1, 1, 1);
    gradientFails("gy has the shape [1, 3, 1, 1]; [1, 2, 1, 1]", () -> dense.inputGradient(x, x));
    gradientFails("gx has the shape [1, 2, 1, 1]; [1, 3, 1, 1]", () -> dense.inputGradient(gy, gy));
    FeatureMap two = Numbers.vectors(2, 1, 1, 1, 1, 1, 1);
    float[] gw = new float[6];
    float[] gb = new float[2];
    gradientFails("x has the shape [2, 3, 1, 1]", () -> dense.weightGradient(gy, two, gw, gb));
    gradientFails("gw has 2 elements", () -> dense.weightGradient(gy, x, gb, gb));
    Exception e =
        assertThrows(NullPointerException.class, () -> dense.weightGradient(null, x, gw, gb));
    assertEquals("gy is null; a FeatureMap was needed", e.getMessage());
    e = assertThrows(NullPointerException.class, () -> dense.inputGradient(gy, null));
    assertEquals("gx is null; a FeatureMap was needed", e.getMessage());
  }

  private static void gradientFails(String message, Executable call) {
    Exception e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  @Test
  void countsItsParameters() {
    Dense dense = new Dense(new float[12], new float[4]);
    assertEquals(3, dense.inputs());
    assertEquals(4, dense.outputs());
    assertEquals(16, dense.parameterCount());
    assertEquals("Dense(3 → 4)", dense.toString());
    // What a fine-tuned ResNet-50 has.
    assertEquals(2_049_000, new Dense(new float[2_048_000], new float[1000]).parameterCount());
  }

  @Test
  void weightsAreShared() {
    float[] weights = {1};
    float[] bias = {0};
    Dense dense = new Dense(weights, bias);
    weights[0] = 5;
    bias[0] = 1;
    float[] y = Numbers.contents(dense.forward(Numbers.vectors(1, 2)));
    Numbers.assertBits(new float[] {11}, y, "with the new weights");
  }

  @Test
  void anEmptyBatchGivesAnEmptyResult() {
    Dense dense = new Dense(new float[6], new float[2]);
    FeatureMap none = FeatureMap.allocate(Layout.NCHW, new FeatureShape(0, 3, 1, 1));
    assertEquals(new FeatureShape(0, 2, 1, 1), dense.forward(none).shape());
  }

  @Test
  void weightsThatDontFitAreErrors() {
    fails("weights has 7 values; a multiple of the 3 outputs", new float[7], new float[3]);
    fails("weights has 0 values", new float[0], new float[3]);
    fails("bias has 0 values", new float[6], new float[0]);
    Exception e = assertThrows(NullPointerException.class, () -> new Dense(null, new float[1]));
    assertTrue(e.getMessage().startsWith("weights is null"), e.getMessage());
    e = assertThrows(NullPointerException.class, () -> new Dense(new float[1], null));
    assertTrue(e.getMessage().startsWith("bias is null"), e.getMessage());
  }

  private static void fails(String message, float[] weights, float[] bias) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> new Dense(weights, bias));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void inputsThatDontFitAreErrors() {
    Dense dense = new Dense(new float[6], new float[2]);
    for (FeatureShape shape :
        new FeatureShape[] {new FeatureShape(1, 3, 2, 1), new FeatureShape(1, 3, 1, 2)}) {
      FeatureMap planes = FeatureMap.allocate(Layout.NCHW, shape);
      Exception e = assertThrows(IllegalArgumentException.class, () -> dense.forward(planes));
      assertTrue(e.getMessage().contains("input has the shape " + shape), e.getMessage());
      assertTrue(e.getMessage().contains("pool or flatten first"), e.getMessage());
      assertThrows(IllegalArgumentException.class, () -> dense.outputShape(shape));
    }
    FeatureMap wide = Numbers.vectors(1, 1, 2, 3, 4);
    Exception e = assertThrows(IllegalArgumentException.class, () -> dense.forward(wide));
    assertTrue(e.getMessage().contains("4 channels"), e.getMessage());
    assertTrue(e.getMessage().contains("need 3"), e.getMessage());
  }
}
