package dev.lanepool.layer;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.head.ClassifierHead;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forms that write into given maps allocate nothing once warm. */
class LayerAllocationTest {
  private static final FeatureShape SHAPE = new FeatureShape(2, 40, 7, 7);

  private static void assertNone(Layer layer, Layout layout, FeatureShape shape) throws Throwable {
    float[] x = Numbers.values(30, (int) shape.elements());
    assertNone(layer, FeatureMap.of(x, layout, shape));
  }

  private static void assertNone(Layer layer, FeatureMap input) throws Throwable {
    FeatureMap output = layer.forward(input);
    Allocation.assertNone(layer + " of " + input, () -> layer.forward(input, output));
    Numbers.assertBits(
        Numbers.contents(layer.forward(input)), Numbers.contents(output), "the result, once warm");
  }

  @ParameterizedTest
  @EnumSource
  void globalPooling(Layout layout) throws Throwable {
    for (String name : GlobalPool.names()) {
      assertNone(GlobalPool.of(name), layout, SHAPE);
    }
  }

  /** Also those that have to copy first, into what the thread keeps. */
  @ParameterizedTest
  @EnumSource
  void mapsThatAreNoFloatArray(Layout layout) throws Throwable {
    FeatureMap halves =
        Numbers.map(Numbers.values(37, 480), layout, 0, new FeatureShape(2, 8, 5, 6));
    FeatureMap crop = halves.toType(ElementType.FLOAT16).crop(1, 0, 4, 5);
    assertNone(GlobalPool.of("gem"), crop);
    assertNone(GlobalPool.of("catavgmax"), crop);
    assertNone(new AdaptiveAvgPool(3, 3), crop);
    assertNone(new ReLU(), crop);
    assertNone(
        new Dense(Numbers.values(31, 8 * 10), Numbers.values(32, 10)), crop.crop(0, 0, 1, 1));
  }

  @ParameterizedTest
  @EnumSource
  void elementwiseAndGated(Layout layout) throws Throwable {
    assertNone(new ReLU(), layout, SHAPE);
    assertNone(new Sigmoid(), layout, SHAPE);
    assertNone(new HardSigmoid(), layout, SHAPE);
    Dense squeeze = Numbers.dense(34, 40, 4);
    Dense excite = Numbers.dense(35, 4, 40);
    assertNone(new SqueezeExcitation(squeeze, excite, new Sigmoid()), layout, SHAPE);
  }

  @Test
  void layerNorm() throws Throwable {
    assertNone(Numbers.layerNorm(36, 40), Layout.NCHW, new FeatureShape(2, 40, 1, 1));
  }

  @ParameterizedTest
  @EnumSource
  void adaptivePools(Layout layout) throws Throwable {
    assertNone(new AdaptiveAvgPool(3, 3), layout, SHAPE);
    assertNone(new AdaptiveMaxPool(3, 3), layout, SHAPE);
    assertNone(new AdaptiveLpPool(2, 3, 3), layout, SHAPE);
    assertNone(SpatialPyramidPool.max(3, 1), layout, SHAPE);
  }

  @ParameterizedTest
  @EnumSource
  void flatten(Layout layout) throws Throwable {
    assertNone(new Flatten(), layout, SHAPE);
  }

  @Test
  void dense() throws Throwable {
    Dense dense = new Dense(Numbers.values(31, 40 * 10), Numbers.values(32, 10));
    assertNone(dense, Layout.NCHW, new FeatureShape(2, 40, 1, 1));
  }

  @Test
  void softmax() throws Throwable {
    assertNone(new Softmax(), Layout.NCHW, new FeatureShape(2, 40, 1, 1));
  }

  @ParameterizedTest
  @EnumSource
  void sequential(Layout layout) throws Throwable {
    Dense dense = new Dense(Numbers.values(31, 40 * 10), Numbers.values(32, 10));
    assertNone(new Sequential(new GlobalMaxPool(), dense, new Softmax()), layout, SHAPE);
  }

  @ParameterizedTest
  @EnumSource
  void classifierHead(Layout layout) throws Throwable {
    List<String> labels = Collections.nCopies(10, "class");
    ClassifierHead head =
        ClassifierHead.of(Numbers.values(31, 40 * 10), Numbers.values(32, 10), labels);
    float[] x = Numbers.values(33, (int) SHAPE.elements());
    FeatureMap maps = FeatureMap.of(x, layout, SHAPE);
    FeatureMap logits = FeatureMap.allocate(Layout.NCHW, new FeatureShape(2, 10, 1, 1));
    FeatureMap probabilities = FeatureMap.allocate(Layout.NCHW, logits.shape());
    Allocation.assertNone("head " + layout, () -> head.classify(maps, logits, probabilities));
    Numbers.assertBits(
        head.classifyAll(maps).get(0).logits(),
        Numbers.contents(logits.sample(0)),
        "the logits, once warm");
  }
}
