package dev.lanepool.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.layer.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
  /** Of 1×1 maps, whose values are the logits. */
  private static Prediction of(float... logits) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < logits.length; i++) {
      labels.add("class " + i);
    }
    FeatureShape shape = new FeatureShape(1, logits.length, 1, 1);
    FeatureMap maps = FeatureMap.of(logits, Layout.NCHW, shape);
    return ClassifierHead.withoutDense(labels).classify(maps);
  }

  private static List<Integer> top(Prediction p, int k) {
    return p.top(k).stream().map(ScoredClass::index).toList();
  }

  @Test
  void topIsInOrder() {
    Prediction p = of(-3, 5, 1, 4, -10);
    assertEquals(List.of(1), top(p, 1));
    assertEquals(List.of(1, 3, 2), top(p, 3));
    assertEquals(List.of(1, 3, 2, 0, 4), top(p, 5));
    ScoredClass second = p.top(2).get(1);
    assertEquals(new ScoredClass(3, "class 3", 4, p.probabilities()[3]), second);
  }

  @Test
  void ofEqualClassesTheLowerIndexIsFirst() {
    assertEquals(List.of(1, 3, 4, 0, 2), top(of(2, 7, 2, 7, 7), 5));
    assertEquals(List.of(0, 1, 2), top(of(0, 0, 0), 3));
  }

  @Test
  void whereProbabilitiesUnderflowLogitsStillRank() {
    Prediction p = of(-300, 0, -200, -250);
    Numbers.assertBits(new float[] {0, 1, 0, 0}, p.probabilities(), "probabilities");
    assertEquals(List.of(1, 2, 3, 0), top(p, 4));
  }

  @Test
  void outOfRangeIsAnError() {
    Prediction p = of(1, 2, 3);
    for (int k : new int[] {0, -1, 4, Integer.MAX_VALUE}) {
      Exception e = assertThrows(IllegalArgumentException.class, () -> p.top(k));
      String message = "k is " + k + "; 1 to the number of classes, 3, was needed";
      assertEquals(message, e.getMessage());
    }
  }

  @Test
  void isImmutable() {
    Prediction p = of(1, 2, 3);
    float[] probabilities = p.probabilities();
    p.logits()[0] = 99;
    p.probabilities()[0] = 99;
    Numbers.assertBits(new float[] {1, 2, 3}, p.logits(), "logits");
    Numbers.assertBits(probabilities, p.probabilities(), "probabilities");
    List<ScoredClass> top = p.top(2);
    ScoredClass other = new ScoredClass(0, "other", 9, 1);
    assertThrows(UnsupportedOperationException.class, () -> top.set(0, other));
    assertEquals(List.of(2, 1), top(p, 2));
  }

  @Test
  void doesNotChangeWithTheMaps() {
    float[] x = {1, 2, 3};
    Prediction p = of(x);
    x[0] = 99;
    Numbers.assertBits(new float[] {1, 2, 3}, p.logits(), "logits");
    assertEquals(2, p.top(1).get(0).index());
    assertEquals("Prediction[class 2, " + p.probabilities()[2] + "]", p.toString());
  }
}
