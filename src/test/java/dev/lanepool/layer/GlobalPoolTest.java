package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GlobalPoolTest {
  private static final List<FeatureShape> SHAPES =
      List.of(
          new FeatureShape(1, 1, 1, 1),
          new FeatureShape(2, 3, 7, 7),
          new FeatureShape(3, 17, 5, 3),
          new FeatureShape(1, 64, 1, 9),
          new FeatureShape(2, 33, 4, 4),
          new FeatureShape(2, 5, 64, 65));

  record Case(FeatureShape shape, Layout layout, int offset) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (FeatureShape shape : SHAPES) {
      for (Layout layout : Layout.values()) {
        cases.add(new Case(shape, layout, 0));
        cases.add(new Case(shape, layout, 3));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void averageIsTheKernelToTheBit(Case c) {
    float[] x = Numbers.values(1, (int) c.shape.elements());
    float[] expected = new float[(int) c.shape.planes()];
    Kernels.scalar().mean(x, 0, Layout.NCHW, c.shape, expected, 0);
    check(new GlobalAvgPool(), c, x, expected);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void maximumIsTheKernelToTheBit(Case c) {
    float[] x = Numbers.values(2, (int) c.shape.elements());
    float[] expected = new float[(int) c.shape.planes()];
    Kernels.scalar().max(x, 0, Layout.NCHW, c.shape, expected, 0);
    check(new GlobalMaxPool(), c, x, expected);
  }

  private static void check(Layer layer, Case c, float[] x, float[] expected) {
    FeatureMap input = Numbers.map(x, c.layout, c.offset, c.shape);
    FeatureMap output = layer.forward(input);
    assertEquals(new FeatureShape(c.shape.n(), c.shape.c(), 1, 1), output.shape());
    assertEquals(output.shape(), layer.outputShape(c.shape));
    assertEquals(c.layout, output.layout());
    Numbers.assertBits(expected, Numbers.contents(output), "new maps");

    float[] array = new float[4 + expected.length + 2];
    Arrays.fill(array, 42);
    layer.forward(input, FeatureMap.of(array, 4, c.layout, output.shape()));
    float[] around = array.clone();
    Arrays.fill(around, 42);
    System.arraycopy(expected, 0, around, 4, expected.length);
    Numbers.assertBits(around, array, "given maps and what is around them");

    for (int n = 0; n < c.shape.n(); n++) {
      float[] alone = Numbers.contents(layer.forward(input.sample(n)));
      float[] inBatch = Arrays.copyOfRange(expected, n * c.shape.c(), (n + 1) * c.shape.c());
      Numbers.assertBits(inBatch, alone, "sample " + n + " alone");
    }
  }

  @ParameterizedTest
  @EnumSource
  void knownNumbers(Layout layout) {
    FeatureShape shape = new FeatureShape(1, 2, 7, 7);
    float[] x = new float[98];
    for (int i = 0; i < 49; i++) {
      x[i] = i;
      x[49 + i] = -2 * i;
    }
    FeatureMap maps = Numbers.map(x, layout, 1, shape);
    float[] means = Numbers.contents(new GlobalAvgPool().forward(maps));
    Numbers.assertBits(new float[] {24, -48}, means, "means");
    float[] maxima = Numbers.contents(new GlobalMaxPool().forward(maps));
    Numbers.assertBits(new float[] {48, 0}, maxima, "maxima");
  }

  @Test
  void poolingHasNoParameters() {
    assertEquals(0, new GlobalAvgPool().parameterCount());
    assertEquals(0, new GlobalMaxPool().parameterCount());
    assertEquals("GlobalAvgPool", new GlobalAvgPool().toString());
    assertEquals("GlobalMaxPool", new GlobalMaxPool().toString());
  }

  @Test
  void anEmptyBatchGivesAnEmptyResult() {
    for (Layer layer : List.of(new GlobalAvgPool(), new GlobalMaxPool())) {
      FeatureMap input = FeatureMap.allocate(Layout.NHWC, new FeatureShape(0, 3, 7, 7));
      assertEquals(new FeatureShape(0, 3, 1, 1), layer.forward(input).shape());
    }
  }

  /** The mean and the maximum of whole lines, volumes and tokens, the class token among them. */
  @ParameterizedTest
  @EnumSource
  void oneAndThreeSpatialAxes(Layout layout) {
    float[] x = Numbers.integers(3, 2 * 3 * 24, 100);
    for (FeatureShape shape :
        List.of(
            FeatureShape.line(2, 3, 24),
            FeatureShape.volume(2, 3, 2, 3, 4),
            FeatureShape.tokens(2, 24, 3))) {
      FeatureMap input = Numbers.map(x, layout, 1, shape);
      FeatureMap means = new GlobalAvgPool().forward(input);
      FeatureMap maxima = new GlobalMaxPool().forward(input);
      for (int plane = 0; plane < 6; plane++) {
        double sum = 0;
        float max = x[24 * plane];
        for (int i = 24 * plane; i < 24 * plane + 24; i++) {
          sum += x[i];
          max = Math.max(max, x[i]);
        }
        assertEquals((float) (sum / 24), means.get(plane / 3, plane % 3, 0, 0));
        assertEquals(max, maxima.get(plane / 3, plane % 3, 0, 0));
      }
    }
  }

  @Test
  void anEmptyPlaneIsAnError() {
    for (Layer layer : List.of(new GlobalAvgPool(), new GlobalMaxPool())) {
      FeatureMap input = FeatureMap.allocate(Layout.NCHW, new FeatureShape(1, 3, 0, 7));
      Exception e = assertThrows(IllegalArgumentException.class, () -> layer.forward(input));
      assertTrue(e.getMessage().contains("[1, 3, 0, 7]"), e.getMessage());
    }
  }

  @Test
  void nanReachesItsOwnChannelOnly() {
    float[] x = {1, Float.NaN, 3, 4};
    FeatureMap maps = FeatureMap.of(x, Layout.NCHW, new FeatureShape(1, 2, 1, 2));
    float[] means = Numbers.contents(new GlobalAvgPool().forward(maps));
    Numbers.assertBits(new float[] {Float.NaN, 3.5f}, means, "means");
    float[] maxima = Numbers.contents(new GlobalMaxPool().forward(maps));
    Numbers.assertBits(new float[] {Float.NaN, 4}, maxima, "maxima");
  }
}
