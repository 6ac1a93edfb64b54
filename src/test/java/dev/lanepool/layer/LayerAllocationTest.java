package dev.lanepool.layer;

import dev.lanepool.Allocation;
import dev.lanepool.Allocation.Case;
import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.Selection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms that write into given maps allocate nothing once warm. */
class LayerAllocationTest {
  private static final int CALLS = 200;
  private static final FeatureShape SHAPE = new FeatureShape(2, 40, 7, 7);
  private static final FeatureShape VECTOR = new FeatureShape(2, 40, 1, 1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "globalPooling",
        "maskedPooling",
        "mapsThatAreNoFloatArray",
        "elementwiseAndGated",
        "adaptivePools",
        "vectors",
        "flattenAndSequential",
        "classifierHead"
      })
  void allocatesNothing(String group) throws Throwable {
    Allocation.assertNone(LayerAllocationTest.class, group);
  }

  private static Case forward(Layer layer, Layout layout, FeatureShape shape) {
    float[] x = Numbers.values(30, (int) shape.elements());
    return forward(layer, FeatureMap.of(x, layout, shape));
  }

  private static Case forward(Layer layer, FeatureMap input) {
    FeatureMap output = layer.forward(input);
    Runnable check =
        () ->
            Numbers.assertBits(
                Numbers.contents(layer.forward(input)), Numbers.contents(output), "once warm");
    return new Case(layer + " of " + input, CALLS, () -> layer.forward(input, output), check);
  }

  private static List<Case> globalPooling() {
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      for (String name : GlobalPool.names()) {
        cases.add(forward(GlobalPool.of(name), layout, SHAPE));
      }
    }
    return cases;
  }

  private static List<Case> maskedPooling() {
    List<Case> cases = new ArrayList<>();
    Selection selection = Selection.sizes(new int[] {7, 2}, new int[] {3, 7}, 7, 7);
    MaskedGlobalPool pool = new MaskedGlobalPool();
    for (Layout layout : Layout.values()) {
      FeatureMap input = FeatureMap.of(Numbers.values(38, (int) SHAPE.elements()), layout, SHAPE);
      FeatureMap output = pool.forward(input, selection);
      cases.add(
          new Case(pool + " of " + input, CALLS, () -> pool.forward(input, selection, output)));
    }
    return cases;
  }

  /** Also those that have to copy first, into what the thread keeps. */
  private static List<Case> mapsThatAreNoFloatArray() {
    List<Case> cases = new ArrayList<>();
    Dense dense = new Dense(Numbers.values(31, 8 * 10), Numbers.values(32, 10));
    for (Layout layout : Layout.values()) {
      FeatureMap maps =
          Numbers.map(Numbers.values(37, 480), layout, 0, new FeatureShape(2, 8, 5, 6));
      FeatureMap crop = maps.toType(ElementType.FLOAT16).crop(1, 0, 4, 5);
      cases.add(forward(GlobalPool.of("gem"), crop));
      cases.add(forward(GlobalPool.of("catavgmax"), crop));
      cases.add(forward(new AdaptiveAvgPool(3, 3), crop));
      cases.add(forward(new ReLU(), crop));
      cases.add(forward(dense, crop.crop(0, 0, 1, 1)));
    }
    return cases;
  }

  private static List<Case> elementwiseAndGated() {
    List<Case> cases = new ArrayList<>();
    Dense squeeze = Numbers.dense(34, 40, 4);
    Dense excite = Numbers.dense(35, 4, 40);
    for (Layout layout : Layout.values()) {
      cases.add(forward(new ReLU(), layout, SHAPE));
      cases.add(forward(new Sigmoid(), layout, SHAPE));
      cases.add(forward(new HardSigmoid(), layout, SHAPE));
      cases.add(forward(new SqueezeExcitation(squeeze, excite, new Sigmoid()), layout, SHAPE));
    }
    return cases;
  }

  private static List<Case> adaptivePools() {
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      cases.add(forward(new AdaptiveAvgPool(3, 3), layout, SHAPE));
      cases.add(forward(new AdaptiveMaxPool(3, 3), layout, SHAPE));
      cases.add(forward(new AdaptiveLpPool(2, 3, 3), layout, SHAPE));
      cases.add(forward(new AdaptiveAvgPool(Bins.ofVolume(7, 3, 1, 3)), layout, SHAPE));
      cases.add(forward(SpatialPyramidPool.max(3, 1), layout, SHAPE));
    }
    return cases;
  }

  private static List<Case> vectors() {
    return List.of(
        forward(Numbers.layerNorm(36, 40), Layout.NCHW, VECTOR),
        forward(Numbers.dense(31, 40, 10), Layout.NCHW, VECTOR),
        forward(new Softmax(), Layout.NCHW, VECTOR));
  }

  private static List<Case> flattenAndSequential() {
    List<Case> cases = new ArrayList<>();
    Layer head = new Sequential(new GlobalMaxPool(), Numbers.dense(31, 40, 10), new Softmax());
    for (Layout layout : Layout.values()) {
      cases.add(forward(new Flatten(), layout, SHAPE));
      cases.add(forward(head, layout, SHAPE));
    }
    return cases;
  }

  private static List<Case> classifierHead() {
    List<Case> cases = new ArrayList<>();
    List<String> labels = Collections.nCopies(10, "class");
    ClassifierHead head =
        ClassifierHead.of(Numbers.values(31, 40 * 10), Numbers.values(32, 10), labels);
    for (Layout layout : Layout.values()) {
      FeatureMap maps = FeatureMap.of(Numbers.values(33, (int) SHAPE.elements()), layout, SHAPE);
      FeatureMap logits = FeatureMap.allocate(Layout.NCHW, new FeatureShape(2, 10, 1, 1));
      FeatureMap probabilities = FeatureMap.allocate(Layout.NCHW, logits.shape());
      Runnable check =
          () ->
              Numbers.assertBits(
                  head.classifyAll(maps).get(0).logits(),
                  Numbers.contents(logits.sample(0)),
                  "once warm");
      Runnable call = () -> head.classify(maps, logits, probabilities);
      cases.add(new Case("head of " + maps, CALLS, call, check));
    }
    return cases;
  }
}
