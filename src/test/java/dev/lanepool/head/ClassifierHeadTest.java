package dev.lanepool.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.layer.Dense;
import dev.lanepool.layer.Flatten;
import dev.lanepool.layer.GlobalAvgPool;
import dev.lanepool.layer.Numbers;
import dev.lanepool.layer.Sequential;
import dev.lanepool.layer.Softmax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifierHeadTest {
  private static final List<String> PETS = List.of("cat", "dog", "fish");

  private static ClassifierHead head(int channels, int classes) {
    float[] weights = Numbers.values(40, channels * classes);
    float[] bias = Numbers.values(41, classes);
    return ClassifierHead.of(weights, bias, Collections.nCopies(classes, "class"));
  }

  private static FeatureMap maps(Layout layout, int n, int c, int h, int w) {
    FeatureShape shape = new FeatureShape(n, c, h, w);
    return Numbers.map(Numbers.values(42, (int) shape.elements()), layout, 2, shape);
  }

  @ParameterizedTest
  @EnumSource
  void knownNumbers(Layout layout) {
    // Means 2.5 and -1; a row of weights per class.
    float[] x = {1, 2, 3, 4, -1, -1, 0, -2};
    FeatureMap maps = Numbers.map(x, layout, 3, new FeatureShape(1, 2, 2, 2));
    float[] weights = {2, 1, 0, 3, -1, 0.5f};
    ClassifierHead head = ClassifierHead.of(weights, new float[] {0.5f, 0, 1}, PETS);
    Prediction p = head.classify(maps);
    Numbers.assertBits(new float[] {4.5f, -3, -2}, p.logits(), "logits");
    double sum = Math.exp(0) + Math.exp(-7.5) + Math.exp(-6.5);
    float[] probabilities = p.probabilities();
    assertEquals(1 / sum, probabilities[0], 1e-7);
    assertEquals(Math.exp(-7.5) / sum, probabilities[1], 1e-10);
    assertEquals(Math.exp(-6.5) / sum, probabilities[2], 1e-10);
    assertEquals("Prediction[cat, " + probabilities[0] + "]", p.toString());
  }

  @ParameterizedTest
  @EnumSource
  void withoutDenseTheMeansAreTheLogits(Layout layout) {
    float[] x = {1, 2, 3, 4, -1, -1, 0, -2, 0, 0, 0, 1};
    FeatureMap maps = Numbers.map(x, layout, 1, new FeatureShape(1, 3, 2, 2));
    ClassifierHead head = ClassifierHead.withoutDense(PETS);
    Prediction p = head.classify(maps);
    Numbers.assertBits(new float[] {2.5f, -1, 0.25f}, p.logits(), "logits");
    FeatureMap softmax = new Softmax().forward(Numbers.vectors(1, 2.5f, -1, 0.25f));
    Numbers.assertBits(Numbers.contents(softmax), p.probabilities(), "probabilities");
    assertEquals(3, head.channels());
    assertEquals(0, head.parameterCount());
    Numbers.assertBits(new float[] {0, 1, 0}, head.weights(1), "weights of class 1");
    assertEquals(0, head.bias(1));
  }

  @ParameterizedTest
  @EnumSource
  void isPoolingDenseSoftmax(Layout layout) {
    FeatureMap maps = maps(layout, 3, 37, 5, 6);
    Dense dense = new Dense(Numbers.values(40, 37 * 11), Numbers.values(41, 11));
    FeatureMap logits = dense.forward(new GlobalAvgPool().forward(maps));
    FeatureMap probabilities = new Softmax().forward(logits);
    List<Prediction> predictions = head(37, 11).classifyAll(maps);
    assertEquals(3, predictions.size());
    for (int n = 0; n < 3; n++) {
      float[] expected = Numbers.contents(logits.sample(n));
      Numbers.assertBits(expected, predictions.get(n).logits(), "logits of sample " + n);
      expected = Numbers.contents(probabilities.sample(n));
      Numbers.assertBits(expected, predictions.get(n).probabilities(), "probabilities " + n);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBatchGivesWhatItsSamplesGiveAlone(Layout layout) {
    FeatureMap maps = maps(layout, 5, 20, 7, 7);
    ClassifierHead head = head(20, 9);
    List<Prediction> batch = head.classifyAll(maps);
    for (int n = 0; n < 5; n++) {
      Prediction alone = head.classify(maps.sample(n));
      Numbers.assertBits(alone.logits(), batch.get(n).logits(), "logits of sample " + n);
      float[] probabilities = batch.get(n).probabilities();
      Numbers.assertBits(alone.probabilities(), probabilities, "probabilities of sample " + n);
      assertEquals(alone.top(9), batch.get(n).top(9));
    }
  }

  @Test
  void anEmptyBatchHasNoPredictions() {
    FeatureMap none = FeatureMap.allocate(Layout.NCHW, new FeatureShape(0, 4, 7, 7));
    assertEquals(List.of(), head(4, 2).classifyAll(none));
  }

  @Test
  void mapsOfAnySizeGoThroughTheSameHead() {
    ClassifierHead head = head(6, 4);
    for (int[] size : new int[][] {{7, 7}, {10, 13}, {1, 1}, {70, 60}, {7, 7}}) {
      float[] x = new float[6 * size[0] * size[1]];
      float[] means = new float[6];
      for (int c = 0; c < 6; c++) {
        means[c] = c - 2.5f;
        Arrays.fill(x, c * x.length / 6, (c + 1) * x.length / 6, means[c]);
      }
      FeatureShape shape = new FeatureShape(1, 6, size[0], size[1]);
      Dense dense = new Dense(Numbers.values(40, 24), Numbers.values(41, 4));
      float[] expected = Numbers.contents(dense.forward(Numbers.vectors(1, means)));
      for (Layout layout : Layout.values()) {
        float[] logits = head.classify(Numbers.map(x, layout, 0, shape)).logits();
        Numbers.assertBits(expected, logits, shape + " " + layout);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereAThingIsDoesNotMatter(Layout layout) {
    // A blob of whole numbers, its surroundings zero: every sum is exact, so are all the logits.
    for (int channels : new int[] {5, 33}) {
      ClassifierHead head = head(channels, 7);
      float[] blob = Numbers.integers(43, channels * 9, 1000);
      float[] expected = null;
      for (int top = 0; top <= 6; top++) {
        for (int left = 0; left <= 8; left++) {
          float[] x = new float[channels * 9 * 11];
          for (int i = 0; i < blob.length; i++) {
            int row = top + i % 9 / 3;
            x[(i / 9 * 9 + row) * 11 + left + i % 3] = blob[i];
          }
          FeatureShape shape = new FeatureShape(1, channels, 9, 11);
          float[] logits = head.classify(Numbers.map(x, layout, 0, shape)).logits();
          if (expected == null) {
            expected = logits;
          }
          Numbers.assertBits(expected, logits, "logits with the blob at " + top + ", " + left);
        }
      }
    }
  }

  @Test
  void flatteningIsNotIndifferentToWhere() {
    // That the test above can fail: a flattening head does see where the blob is.
    Sequential flat = new Sequential(new Flatten(), new Dense(Numbers.values(44, 4), new float[1]));
    FeatureShape shape = new FeatureShape(1, 1, 2, 2);
    FeatureMap first = FeatureMap.of(new float[] {1, 0, 0, 0}, Layout.NCHW, shape);
    FeatureMap last = FeatureMap.of(new float[] {0, 0, 0, 1}, Layout.NCHW, shape);
    float difference = flat.forward(first).get(0, 0, 0, 0) - flat.forward(last).get(0, 0, 0, 0);
    assertTrue(difference != 0, "both give the same");
  }

  @ParameterizedTest
  @EnumSource
  void classifiesIntoGivenMaps(Layout layout) {
    FeatureMap maps = maps(layout, 2, 20, 4, 4);
    ClassifierHead head = head(20, 5);
    float[] array = new float[30];
    Arrays.fill(array, 42);
    FeatureShape scores = new FeatureShape(2, 5, 1, 1);
    FeatureMap logits = FeatureMap.of(array, 16, layout, scores);
    FeatureMap probabilities = FeatureMap.of(array, 3, layout, scores);
    head.classify(maps, logits, probabilities);
    float[] expected = array.clone();
    Arrays.fill(expected, 42);
    for (int n = 0; n < 2; n++) {
      Prediction p = head.classify(maps.sample(n));
      System.arraycopy(p.logits(), 0, expected, 16 + 5 * n, 5);
      System.arraycopy(p.probabilities(), 0, expected, 3 + 5 * n, 5);
    }
    Numbers.assertBits(expected, array, "the scores and what is around them");
  }

  @Test
  void mapsThatDontFitAreErrors() {
    ClassifierHead head = head(4, 3);
    List<Exception> errors = new ArrayList<>();
    FeatureMap narrow = maps(Layout.NCHW, 1, 5, 2, 2);
    errors.add(assertThrows(IllegalArgumentException.class, () -> head.classify(narrow)));
    errors.add(assertThrows(IllegalArgumentException.class, () -> head.classifyAll(narrow)));
    for (Exception e : errors) {
      String message = "maps has the shape [1, 5, 2, 2]; this head needs 4 channels";
      assertEquals(message, e.getMessage());
    }
    FeatureMap two = maps(Layout.NHWC, 2, 4, 2, 2);
    Exception e = assertThrows(IllegalArgumentException.class, () -> head.classify(two));
    assertEquals(
        "maps has the shape [2, 4, 2, 2]; one sample was needed: see classifyAll", e.getMessage());
    FeatureMap empty = FeatureMap.allocate(Layout.NCHW, new FeatureShape(1, 4, 0, 2));
    e = assertThrows(IllegalArgumentException.class, () -> head.classify(empty));
    assertTrue(e.getMessage().contains("[1, 4, 0, 2]"), e.getMessage());
    e = assertThrows(NullPointerException.class, () -> head.classify(null));
    assertEquals("maps is null; a FeatureMap was needed", e.getMessage());
    e = assertThrows(NullPointerException.class, () -> head.classifyAll(null));
    assertEquals("maps is null; a FeatureMap was needed", e.getMessage());
  }

  @Test
  void logitsThatDontFitAreErrors() {
    ClassifierHead head = head(4, 3);
    FeatureMap maps = maps(Layout.NCHW, 2, 4, 2, 2);
    FeatureMap right = FeatureMap.allocate(Layout.NCHW, new FeatureShape(2, 3, 1, 1));
    FeatureMap wrong = FeatureMap.allocate(Layout.NCHW, new FeatureShape(2, 4, 1, 1));
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> head.classify(maps, wrong, right));
    assertTrue(e.getMessage().contains("[2, 4, 1, 1]"), e.getMessage());
    assertTrue(e.getMessage().contains("[2, 3, 1, 1] was needed"), e.getMessage());
    Numbers.assertBits(new float[6], right.array(), "the probabilities");
    Numbers.assertBits(new float[8], wrong.array(), "the logits");
    assertThrows(NullPointerException.class, () -> head.classify(maps, null, right));
    Numbers.assertBits(new float[6], right.array(), "the probabilities");
    e = assertThrows(IllegalArgumentException.class, () -> head.classify(maps, right, wrong));
    assertTrue(e.getMessage().contains("[2, 4, 1, 1]"), e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> head.classify(maps, right, right));
    assertTrue(e.getMessage().contains("overlap"), e.getMessage());
  }

  @Test
  void nothingIsWrittenWhereAnArgumentDoesNotFit() {
    ClassifierHead head = head(4, 3);
    float[] x = Numbers.values(45, 32 + 6);
    float[] before = x.clone();
    FeatureMap maps = FeatureMap.of(x, Layout.NCHW, new FeatureShape(2, 4, 2, 2));
    FeatureShape scores = new FeatureShape(2, 3, 1, 1);
    FeatureMap logits = FeatureMap.of(x, 32, Layout.NCHW, scores);
    FeatureMap wide = FeatureMap.allocate(Layout.NCHW, new FeatureShape(2, 4, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> head.classify(maps, logits, wide));
    Numbers.assertBits(before, x, "after probabilities of another shape");
    assertThrows(NullPointerException.class, () -> head.classify(maps, logits, null));
    Numbers.assertBits(before, x, "after probabilities of null");
    assertThrows(IllegalArgumentException.class, () -> head.classify(maps, logits, logits));
    Numbers.assertBits(before, x, "after probabilities over the logits");
    FeatureMap over = FeatureMap.of(x, 26, Layout.NCHW, scores);
    assertThrows(IllegalArgumentException.class, () -> head.classify(maps, logits, over));
    Numbers.assertBits(before, x, "after probabilities over the maps");
    FeatureMap fine = FeatureMap.allocate(Layout.NCHW, scores);
    assertThrows(IllegalArgumentException.class, () -> head.classify(maps, over, fine));
    Numbers.assertBits(before, x, "after logits over the maps");
  }

  @Test
  void weightsAndLabelsThatDontFitAreErrors() {
    float[] six = new float[6];
    fails("labels has 3 names; bias has 2 classes", six, new float[2], PETS);
    fails("labels has 1 names; bias has 2 classes", six, new float[2], List.of("cat"));
    fails("weights has 6 values", six, new float[4], List.of("a", "b", "c", "d"));
    fails("labels is empty", six, new float[2], List.of());
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> ClassifierHead.withoutDense(List.of()));
    assertEquals("labels is empty; a name per class was needed", e.getMessage());
    e = assertThrows(NullPointerException.class, () -> ClassifierHead.withoutDense(null));
    assertEquals("labels is null; a name per class was needed", e.getMessage());
    List<String> hole = Arrays.asList("cat", null, "fish");
    assertThrows(NullPointerException.class, () -> ClassifierHead.withoutDense(hole));
    assertThrows(NullPointerException.class, () -> ClassifierHead.of(six, new float[3], hole));
    assertThrows(NullPointerException.class, () -> ClassifierHead.of(null, new float[3], PETS));
    assertThrows(NullPointerException.class, () -> ClassifierHead.of(six, null, PETS));
    assertThrows(NullPointerException.class, () -> ClassifierHead.of(six, new float[3], null));
  }

  private static void fails(String message, float[] weights, float[] bias, List<String> labels) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> ClassifierHead.of(weights, bias, labels));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void showsItsWeightsAndLabels() {
    List<String> labels = new ArrayList<>(PETS);
    float[] weights = {1, 2, 3, 4, 5, 6};
    ClassifierHead head = ClassifierHead.of(weights, new float[] {7, 8, 9}, labels);
    labels.set(0, "cow");
    assertEquals(PETS, head.labels());
    assertThrows(UnsupportedOperationException.class, () -> head.labels().set(0, "cow"));
    assertEquals(2, head.channels());
    assertEquals(9, head.parameterCount());
    assertEquals(8, head.bias(1));
    float[] row = head.weights(1);
    Numbers.assertBits(new float[] {3, 4}, row, "weights of class 1");
    row[0] = 99;
    Numbers.assertBits(new float[] {3, 4}, head.weights(1), "weights, after the copy changed");
    assertEquals(3, weights[2]);
    for (ClassifierHead any : List.of(head, ClassifierHead.withoutDense(PETS))) {
      for (int index : new int[] {-1, 3}) {
        assertThrows(IndexOutOfBoundsException.class, () -> any.weights(index));
        assertThrows(IndexOutOfBoundsException.class, () -> any.bias(index));
      }
    }
  }

  @Test
  void parameterCountIsThatOfTheReport() {
    ClassifierHead head = head(512, 1000);
    assertEquals(513_000, head.parameterCount());
    assertEquals(new HeadReport(512, 7, 7, 1000).pooledParameters(), head.parameterCount());
  }
}
