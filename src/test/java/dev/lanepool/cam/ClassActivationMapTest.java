package dev.lanepool.cam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.head.Prediction;
import dev.lanepool.head.ScoredClass;
import dev.lanepool.layer.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClassActivationMapTest {
  private static final List<String> LABELS = List.of("cat", "dog", "fish");

  @ParameterizedTest
  @EnumSource
  void knownNumbers(Layout layout) {
    float[] x = {1, 2, 3, 4, 5, 6, 10, 0, 0, 0, 0, -10};
    FeatureMap maps = Numbers.map(x, layout, 2, new FeatureShape(1, 2, 2, 3));
    float[] weights = {1, 1, 2, -1, 0, 0};
    // The bias is no part of the map.
    ClassifierHead head = ClassifierHead.of(weights, new float[] {7, 8, 9}, LABELS);
    Heatmap cat = ClassActivationMap.of(head, maps, 0);
    assertEquals(2, cat.height());
    assertEquals(3, cat.width());
    Numbers.assertBits(new float[] {11, 2, 3, 4, 5, -4}, cat.values(), "cat");
    Heatmap dog = ClassActivationMap.of(head, maps, 1);
    Numbers.assertBits(new float[] {-8, 4, 6, 8, 10, 22}, dog.values(), "dog");
    Heatmap fish = ClassActivationMap.of(head, maps, 2);
    Numbers.assertBits(new float[6], fish.values(), "fish");
    assertEquals(21 / 6f, cat.mean());
    assertEquals(head.classify(maps).logits()[0], cat.mean() + 7);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 2, 2", "16, 3, 5", "40, 7, 7", "255, 4, 3", "2048, 2, 1"})
  void everyPixelIsTheExactSumRoundedOnce(int channels, int h, int w) {
    FeatureShape shape = new FeatureShape(1, channels, h, w);
    float[] x = Numbers.values(50, (int) shape.elements());
    float[] weights = Numbers.values(51, 3 * channels);
    ClassifierHead head = ClassifierHead.of(weights, Numbers.values(52, 3), LABELS);
    float[] row = Arrays.copyOfRange(weights, channels, 2 * channels);
    float[] nchw = ClassActivationMap.of(head, Numbers.map(x, Layout.NCHW, 3, shape), 1).values();
    float[] nhwc = ClassActivationMap.of(head, Numbers.map(x, Layout.NHWC, 1, shape), 1).values();
    Numbers.assertBits(nchw, nhwc, "NCHW and NHWC");
    for (int i = 0; i < h * w; i++) {
      float[] pixel = new float[channels];
      for (int c = 0; c < channels; c++) {
        pixel[c] = x[c * h * w + i];
      }
      Numbers.assertDot(nchw[i], pixel, row, 0, "pixel " + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void severalClassesAddUp(Layout layout) {
    FeatureShape shape = new FeatureShape(1, 20, 4, 5);
    FeatureMap maps = Numbers.map(Numbers.values(53, 400), layout, 0, shape);
    ClassifierHead head = ClassifierHead.of(Numbers.values(54, 60), Numbers.values(55, 3), LABELS);
    Prediction p = head.classify(maps);
    List<ScoredClass> top = p.top(2);
    float[] first = ClassActivationMap.of(head, maps, top.get(0).index()).values();
    float[] second = ClassActivationMap.of(head, maps, top.get(1).index()).values();
    float[] one = ClassActivationMap.of(head, maps, p.top(1)).values();
    Numbers.assertBits(first, one, "one class");
    float[] sum = new float[20];
    for (int i = 0; i < 20; i++) {
      sum[i] = first[i] + second[i];
    }
    Heatmap both = ClassActivationMap.of(head, maps, top);
    Numbers.assertBits(sum, both.values(), "two classes");
    double logits = (double) top.get(0).logit() + top.get(1).logit();
    double biases = (double) head.bias(top.get(0).index()) + head.bias(top.get(1).index());
    assertEquals(logits, both.mean() + biases, 1e-4 * Math.abs(logits) + 1e-3);
  }

  @ParameterizedTest
  @EnumSource
  void withoutDenseTheMapIsTheChannel(Layout layout) {
    FeatureShape shape = new FeatureShape(1, 3, 5, 7);
    float[] x = Numbers.values(56, 105);
    FeatureMap maps = Numbers.map(x, layout, 4, shape);
    ClassifierHead head = ClassifierHead.withoutDense(LABELS);
    for (int c = 0; c < 3; c++) {
      Heatmap map = ClassActivationMap.of(head, maps, c);
      float[] channel = Arrays.copyOfRange(x, c * 35, (c + 1) * 35);
      Numbers.assertBits(channel, map.values(), "class " + c);
      assertEquals(head.classify(maps).logits()[c], map.mean());
    }
  }

  @Test
  void withoutDenseAnInfinityStaysInItsChannel() {
    float[] x = {1, 2, Float.POSITIVE_INFINITY, 0};
    FeatureMap maps = FeatureMap.of(x, Layout.NCHW, new FeatureShape(1, 2, 1, 2));
    ClassifierHead head = ClassifierHead.withoutDense(List.of("a", "b"));
    float[] map = ClassActivationMap.of(head, maps, 0).values();
    Numbers.assertBits(new float[] {1, 2}, map, "the map of a");
  }

  @Test
  void mapsAreNotChanged() {
    FeatureShape shape = new FeatureShape(1, 2, 2, 2);
    ClassifierHead head = ClassifierHead.withoutDense(List.of("a", "b"));
    for (Layout layout : Layout.values()) {
      FeatureMap maps = FeatureMap.of(Numbers.values(57, 8), layout, shape);
      float[] before = maps.array().clone();
      Heatmap heat = ClassActivationMap.of(head, maps, 0);
      Numbers.assertBits(before, maps.array(), "the maps");
      float[] values = heat.values();
      maps.array()[0] += 1;
      Numbers.assertBits(values, heat.values(), "the heat map, after the maps changed");
    }
  }

  @Test
  void mapsThatDontFitAreErrors() {
    ClassifierHead head = ClassifierHead.withoutDense(LABELS);
    List<ScoredClass> one = List.of(new ScoredClass(0, "cat", 0, 0));
    for (FeatureShape shape :
        List.of(
            new FeatureShape(2, 3, 4, 4),
            new FeatureShape(0, 3, 4, 4),
            new FeatureShape(1, 4, 4, 4),
            new FeatureShape(1, 3, 0, 4))) {
      FeatureMap maps = FeatureMap.allocate(Layout.NHWC, shape);
      List<Exception> errors = new ArrayList<>();
      errors.add(
          assertThrows(IllegalArgumentException.class, () -> ClassActivationMap.of(head, maps, 0)));
      errors.add(
          assertThrows(
              IllegalArgumentException.class, () -> ClassActivationMap.of(head, maps, one)));
      for (Exception e : errors) {
        String message =
            "maps has the shape " + shape + "; one sample of 3 channels and at least one pixel";
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
      }
    }
  }

  @Test
  void classesThatDontExistAreErrors() {
    ClassifierHead head = ClassifierHead.withoutDense(LABELS);
    FeatureMap maps = FeatureMap.allocate(Layout.NCHW, new FeatureShape(1, 3, 2, 2));
    for (int index : new int[] {-1, 3}) {
      assertThrows(IndexOutOfBoundsException.class, () -> ClassActivationMap.of(head, maps, index));
      List<ScoredClass> wrong =
          List.of(new ScoredClass(0, "cat", 0, 0), new ScoredClass(index, "?", 0, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> ClassActivationMap.of(head, maps, wrong));
    }
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ClassActivationMap.of(head, maps, Collections.emptyList()));
    assertEquals("classes is empty; one class or more was needed", e.getMessage());
    e = assertThrows(NullPointerException.class, () -> ClassActivationMap.of(head, maps, null));
    assertEquals("classes is null; one class or more was needed", e.getMessage());
    e = assertThrows(NullPointerException.class, () -> ClassActivationMap.of(null, maps, 0));
    assertEquals("head is null; a ClassifierHead was needed", e.getMessage());
    e = assertThrows(NullPointerException.class, () -> ClassActivationMap.of(head, null, 0));
    assertEquals("maps is null; a FeatureMap was needed", e.getMessage());
  }
}
