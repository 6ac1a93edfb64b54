package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * AdaptiveAvgPool, AdaptiveMaxPool, AdaptiveLpPool and SpatialPyramidPool; AdaptiveProperties and
 * AdaptiveReductionProperties have the numbers.
 */
class AdaptivePoolTest {
  private static final FeatureShape SHAPE = new FeatureShape(2, 3, 4, 5);

  /** A mean over four slices at every place. */
  private static final Bins PER_PLACE = Bins.ofVolume(4, 1, 7, 7);

  /** Whole numbers, whose sums and quotients by 1, 2, 4 and 8 are exact. */
  private final float[] x = Numbers.integers(1, 120, 100);

  @ParameterizedTest
  @EnumSource
  void poolsToTheWindows(Layout layout) {
    FeatureMap input = Numbers.map(x, layout, 3, SHAPE);
    FeatureMap mean = new AdaptiveAvgPool(2, 5).forward(input);
    FeatureMap max = new AdaptiveMaxPool(2, 5).forward(input);
    FeatureMap l1 = new AdaptiveLpPool(1, 2, 5).forward(input);
    assertEquals(new FeatureShape(2, 3, 2, 5), mean.shape());
    assertEquals(layout, mean.layout());
    for (int n = 0; n < 2; n++) {
      for (int c = 0; c < 3; c++) {
        for (int h = 0; h < 2; h++) {
          for (int w = 0; w < 5; w++) {
            float upper = input.get(n, c, 2 * h, w);
            float lower = input.get(n, c, 2 * h + 1, w);
            assertEquals((upper + lower) / 2, mean.get(n, c, h, w));
            assertEquals(Math.max(upper, lower), max.get(n, c, h, w));
            assertEquals(Math.abs(upper) + Math.abs(lower), l1.get(n, c, h, w));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void pyramidsAreConcatenatedLevels(Layout layout) {
    FeatureMap input = Numbers.map(x, layout, 3, SHAPE);
    FeatureMap means = SpatialPyramidPool.average(3, 1, 2).forward(input);
    FeatureMap maxima = SpatialPyramidPool.max(3, 1, 2).forward(input);
    assertEquals(new FeatureShape(2, 3 * 14, 1, 1), means.shape());
    for (int n = 0; n < 2; n++) {
      int at = 0;
      for (int level : new int[] {3, 1, 2}) {
        FeatureMap mean = new AdaptiveAvgPool(level, level).forward(input);
        FeatureMap max = new AdaptiveMaxPool(level, level).forward(input);
        for (int i = 0; i < 3 * level * level; i++) {
          int c = i / (level * level);
          int h = i / level % level;
          assertEquals(mean.get(n, c, h, i % level), means.get(n, at, 0, 0));
          assertEquals(max.get(n, c, h, i % level), maxima.get(n, at, 0, 0));
          at++;
        }
      }
    }
  }

  /** Shapes of published networks. */
  @Test
  void shapes() {
    shape(new AdaptiveAvgPool(7, 7), new FeatureShape(1, 512, 7, 7), 1, 512, 7, 7);
    shape(new AdaptiveAvgPool(6, 6), new FeatureShape(2, 256, 6, 6), 2, 256, 6, 6);
    shape(new AdaptiveAvgPool(3, 3), new FeatureShape(1, 8, 10, 10), 1, 8, 3, 3);
    shape(new AdaptiveMaxPool(4, 4), new FeatureShape(1, 8, 2, 2), 1, 8, 4, 4);
    shape(SpatialPyramidPool.max(6, 3, 2, 1), new FeatureShape(1, 256, 13, 13), 1, 12800, 1, 1);
    FeatureShape pspNet = new FeatureShape(1, 2048, 60, 60);
    shape(SpatialPyramidPool.average(1, 2, 3, 6), pspNet, 1, 2048 * 50, 1, 1);
  }

  /** Volumes before the heads of R(2+1)D, I3D, SlowFast's two pathways, and C3D's last pooling. */
  @Test
  void shapesOfVolumes() {
    FeatureShape r2Plus1D = FeatureShape.volume(1, 512, 2, 7, 7);
    shape(new AdaptiveAvgPool(Bins.ofVolume(2, 1, 1, 1)), r2Plus1D, 1, 512, 1, 1);
    FeatureShape i3d = FeatureShape.volume(2, 1024, 8, 7, 7);
    shape(new AdaptiveAvgPool(Bins.ofVolume(8, 1, 1, 1)), i3d, 2, 1024, 1, 1);
    FeatureShape slow = FeatureShape.volume(1, 2048, 8, 7, 7);
    shape(new AdaptiveAvgPool(Bins.ofVolume(8, 1, 1, 1)), slow, 1, 2048, 1, 1);
    FeatureShape fast = FeatureShape.volume(1, 256, 32, 7, 7);
    shape(new AdaptiveAvgPool(Bins.ofVolume(32, 8, 1, 1)), fast, 1, 256, 8, 1);
    FeatureShape c3d = FeatureShape.volume(1, 512, 2, 8, 8);
    shape(new AdaptiveMaxPool(Bins.ofVolume(2, 1, 4, 4)), c3d, 1, 512, 4, 4);
    shape(new AdaptiveLpPool(2, PER_PLACE), FeatureShape.volume(1, 8, 4, 7, 7), 1, 8, 7, 7);
    fails(
        "shape is [1, 8, 7, 7], with 7 rows; a multiple of slices = 4 was needed",
        () -> new AdaptiveAvgPool(PER_PLACE).outputShape(new FeatureShape(1, 8, 7, 7)));
  }

  /** Pairs of slices and of rows; whole numbers, whose sums and quotients by 4 are exact. */
  @ParameterizedTest
  @EnumSource
  void poolsVolumesToTheWindows(Layout layout) {
    FeatureMap input = Numbers.map(x, layout, 3, FeatureShape.volume(1, 3, 4, 2, 5));
    Bins bins = Bins.ofVolume(4, 2, 1, 5);
    FeatureMap mean = new AdaptiveAvgPool(bins).forward(input);
    FeatureMap max = new AdaptiveMaxPool(bins).forward(input);
    FeatureMap l1 = new AdaptiveLpPool(1, bins).forward(input);
    assertEquals(new FeatureShape(1, 3, 2, 5), mean.shape());
    for (int c = 0; c < 3; c++) {
      for (int d = 0; d < 2; d++) {
        for (int w = 0; w < 5; w++) {
          float sum = 0;
          float largest = Float.NEGATIVE_INFINITY;
          float magnitudes = 0;
          for (int row = 4 * d; row < 4 * d + 4; row++) {
            float value = input.get(0, c, row, w);
            sum += value;
            largest = Math.max(largest, value);
            magnitudes += Math.abs(value);
          }
          assertEquals(sum / 4, mean.get(0, c, d, w));
          assertEquals(largest, max.get(0, c, d, w));
          assertEquals(magnitudes, l1.get(0, c, d, w));
        }
      }
    }
  }

  /** The head of R(2+1)D is a global mean. */
  @ParameterizedTest
  @EnumSource
  void oneValueIsTheGlobalPooling(Layout layout) {
    FeatureShape shape = FeatureShape.volume(1, 512, 2, 7, 7);
    FeatureMap input = Numbers.map(Numbers.values(2, 512 * 98), layout, 3, shape);
    Layer head = new AdaptiveAvgPool(Bins.ofVolume(2, 1, 1, 1));
    FeatureMap expected = new GlobalAvgPool().forward(input);
    Numbers.assertBits(Numbers.contents(expected), Numbers.contents(head.forward(input)), "means");
  }

  private static void shape(Layer layer, FeatureShape input, int n, int c, int h, int w) {
    assertEquals(new FeatureShape(n, c, h, w), layer.outputShape(input), layer::toString);
    assertEquals(0, layer.parameterCount());
  }

  @Test
  void names() {
    assertEquals("AdaptiveAvgPool(7 × 5)", new AdaptiveAvgPool(7, 5).toString());
    assertEquals(
        "AdaptiveAvgPool(1 × 7 × 7 of 4 slices)", new AdaptiveAvgPool(PER_PLACE).toString());
    assertEquals("AdaptiveLpPool(p=2.0, 7 × 5)", new AdaptiveLpPool(2, 7, 5).toString());
    assertEquals("SpatialPyramidPool(max, [2, 1])", SpatialPyramidPool.max(2, 1).toString());
    assertEquals("SpatialPyramidPool(average, [6])", SpatialPyramidPool.average(6).toString());
  }

  @Test
  void emptyBatchesAreEmptyResults() {
    for (Layer layer : layers()) {
      FeatureShape none = new FeatureShape(0, 3, 4, 5);
      assertEquals(0, layer.forward(FeatureMap.allocate(Layout.NHWC, none)).shape().elements());
    }
  }

  private static Layer[] layers() {
    return new Layer[] {
      new AdaptiveAvgPool(2, 3),
      new AdaptiveMaxPool(2, 3),
      new AdaptiveLpPool(2, 2, 3),
      new AdaptiveAvgPool(Bins.ofVolume(2, 1, 2, 3)),
      SpatialPyramidPool.max(2, 1)
    };
  }

  @Test
  void sizesThatDontFitAreErrors() {
    fails("outHeight is 0; at least 1", () -> new AdaptiveAvgPool(0, 2));
    fails("outWidth is -1; at least 1", () -> new AdaptiveMaxPool(3, -1));
    fails("p is 0.0; more than 0 was needed", () -> new AdaptiveLpPool(0, 3, 3));
    fails("levels is empty", () -> SpatialPyramidPool.max());
    fails("levels[1] is 0; 1 to 46340", () -> SpatialPyramidPool.average(3, 0));
    fails("levels[0] is 46341; 1 to 46340", () -> SpatialPyramidPool.max(46_341));
    fails(
        "input has 2000 channels, and a pyramid has 2147395600 values each",
        () -> SpatialPyramidPool.max(46_340).outputShape(new FeatureShape(1, 2000, 4, 4)));
    assertThrows(NullPointerException.class, () -> SpatialPyramidPool.max((int[]) null));
    assertThrows(NullPointerException.class, () -> new AdaptiveAvgPool(null));
  }

  @Test
  void mapsThatDontFitAreErrors() {
    FeatureMap input = Numbers.map(x, Layout.NCHW, 0, SHAPE);
    for (Layer layer : layers()) {
      FeatureShape empty = new FeatureShape(2, 3, 0, 5);
      fails("input has the shape " + empty, () -> layer.outputShape(empty));
      assertThrows(NullPointerException.class, () -> layer.outputShape(null));
      assertThrows(NullPointerException.class, () -> layer.forward(null));
      FeatureMap small = FeatureMap.allocate(Layout.NCHW, new FeatureShape(2, 3, 1, 1));
      fails("output has the shape [2, 3, 1, 1]", () -> layer.forward(input, small));
    }
    FeatureMap nhwc = FeatureMap.allocate(Layout.NHWC, new FeatureShape(2, 3, 2, 3));
    fails("output has the layout NHWC; NCHW", () -> layers()[0].forward(input, nhwc));
  }

  private static void fails(String message, Executable call) {
    Exception e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}
