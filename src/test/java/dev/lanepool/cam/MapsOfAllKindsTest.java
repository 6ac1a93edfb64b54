package dev.lanepool.cam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanepool.Allocation;
import dev.lanepool.Allocation.Case;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.layer.GlobalMaxPool;
import dev.lanepool.layer.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapsOfAllKindsTest {
  private static final float[] WEIGHTS = {1, -2, 0, 3};
  private static final List<String> LABELS = List.of("a", "b");
  private static final ClassifierHead HEAD = ClassifierHead.of(WEIGHTS, new float[2], LABELS);

  /** Two channels of 1 × 4 pixels. */
  private static final FeatureMap MAPS =
      FeatureMap.of(
          new float[] {1, 5, 2, 0, 4, 0, 0, 8}, Layout.NCHW, new FeatureShape(1, 2, 1, 4));

  @Test
  void gradCamIsThePositivePartOverThePixels() {
    float[] expected = {0, 1.25f, 0.5f, 0};
    Numbers.assertBits(expected, GradCam.of(HEAD, MAPS, 0).values(), "GAP");
    // All of the gradient at one pixel has the same mean.
    ClassifierHead max = ClassifierHead.of(new GlobalMaxPool(), WEIGHTS, new float[2], LABELS);
    Numbers.assertBits(expected, GradCam.of(max, MAPS, 0).values(), "max");
  }

  @Test
  void withMaxPoolingAChannelCountsWhereItIsLargest() {
    ClassifierHead max = ClassifierHead.of(new GlobalMaxPool(), WEIGHTS, new float[2], LABELS);
    float[] map = ClassActivationMap.of(max, MAPS, 0).values();
    Numbers.assertBits(new float[] {0, 20, 0, -64}, map, "max");
    assertEquals(5 - 16, max.classify(MAPS).logits()[0]);
  }

  @ParameterizedTest
  @EnumSource
  void aBatchHasAMapPerSample(Layout layout) {
    FeatureShape shape = new FeatureShape(3, 2, 2, 2);
    FeatureMap maps = Numbers.map(Numbers.values(90, 24), layout, 2, shape);
    List<Heatmap> all = ClassActivationMap.batch(HEAD, maps, 1, 0, 1);
    for (int n = 0; n < 3; n++) {
      float[] alone = ClassActivationMap.of(HEAD, maps.sample(n), n == 1 ? 0 : 1).values();
      Numbers.assertBits(alone, all.get(n).values(), "sample " + n);
    }
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> ClassActivationMap.batch(HEAD, maps, 1, 0));
    assertEquals(
        "classIndices has 2 classes; one per sample of [3, 2, 2, 2] was needed", e.getMessage());
    assertThrows(
        IndexOutOfBoundsException.class, () -> ClassActivationMap.batch(HEAD, maps, 0, 0, 2));
  }

  @Test
  void intoWritesTheMapAndNothingElse() {
    float[] y = {7, 7, 7, 7, 7, 7};
    ClassActivationMap.into(HEAD, MAPS, 0, y, 1);
    Numbers.assertBits(new float[] {7, -7, 5, 2, -16, 7}, y, "with dense");
    ClassActivationMap.into(ClassifierHead.withoutDense(LABELS), MAPS, 1, y, 1);
    Numbers.assertBits(new float[] {7, 4, 0, 0, 8, 7}, y, "without dense");
    assertThrows(
        IndexOutOfBoundsException.class, () -> ClassActivationMap.into(HEAD, MAPS, 0, y, 3));
    assertThrows(NullPointerException.class, () -> ClassActivationMap.into(HEAD, MAPS, 0, null, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> ClassActivationMap.into(HEAD, MAPS, 2, y, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"into", "resize"})
  void allocatesNothing(String group) throws Throwable {
    Allocation.assertNone(MapsOfAllKindsTest.class, group);
  }

  private static List<Case> into() {
    float[] weights = Numbers.values(92, 3 * 40);
    ClassifierHead head = ClassifierHead.of(weights, new float[3], List.of("a", "b", "c"));
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      FeatureMap maps =
          FeatureMap.of(Numbers.values(93, 40 * 49), layout, new FeatureShape(1, 40, 7, 7));
      float[] y = new float[49];
      Runnable call = () -> ClassActivationMap.into(head, maps, 1, y, 0);
      Runnable check =
          () -> Numbers.assertBits(ClassActivationMap.of(head, maps, 1).values(), y, "once warm");
      cases.add(new Case("into " + layout, 200, call, check));
    }
    return cases;
  }

  private static List<Case> resize() {
    Bilinear bilinear = new Bilinear(7, 7, 56, 56);
    float[] map = Numbers.values(91, 49);
    float[] y = new float[56 * 56];
    Runnable check =
        () -> Numbers.assertBits(Heatmap.of(map, 7, 7).upsample(56, 56).values(), y, "once warm");
    return List.of(new Case("resize", 200, () -> bilinear.resize(map, 0, y, 0), check));
  }

  @Test
  void resizingWritesIntoAnotherArray() {
    Bilinear bilinear = new Bilinear(7, 7, 56, 56);
    float[] map = new float[49];
    float[] y = new float[56 * 56];
    assertThrows(IllegalArgumentException.class, () -> bilinear.resize(y, 0, y, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> bilinear.resize(map, 1, y, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> bilinear.resize(map, 0, y, 1));
  }

  @Test
  void reluKeepsWhatSpeaksForTheClass() {
    Heatmap map = Heatmap.of(new float[] {-1, 0, 2, -3}, 2, 2);
    Numbers.assertBits(new float[] {0, 0, 2, 0}, map.relu().values(), "ReLU");
    float[] negative = Heatmap.of(new float[] {-1, -2}, 1, 2).relu().normalize().values();
    Numbers.assertBits(new float[2], negative, "all negative");
  }

  @Test
  void fusedMapsAreTheMeanOfNormalizedOnes() {
    Heatmap small = Heatmap.of(new float[] {-3}, 1, 1);
    Heatmap large = Heatmap.of(new float[] {0, 10, 20, 40}, 2, 2);
    float[] fused = Heatmap.fuse(List.of(small, large), 2, 2).values();
    Numbers.assertBits(new float[] {0, 0.125f, 0.25f, 0.5f}, fused, "fused");
    assertThrows(IllegalArgumentException.class, () -> Heatmap.fuse(List.of(), 2, 2));
    assertThrows(NullPointerException.class, () -> Heatmap.fuse(null, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> Heatmap.fuse(List.of(small), 0, 2));
  }
}
