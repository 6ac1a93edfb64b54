package dev.lanepool.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.cam.ClassActivationMap;
import dev.lanepool.cam.Heatmap;
import dev.lanepool.layer.Numbers;
import dev.lanepool.layer.Sequential;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KnownHeadTest {
  private static final List<String> LABELS = Collections.nCopies(1000, "class");

  @ParameterizedTest
  @CsvSource({
    "NETWORK_IN_NETWORK, 1000, 6, 0",
    "GOOGLENET, 1024, 7, 1025000",
    "RESNET18, 512, 7, 513000",
    "RESNET50, 2048, 7, 2049000",
    "DENSENET121, 1024, 7, 1025000",
    "DENSENET161, 2208, 7, 2209000",
    "SQUEEZENET, 1000, 13, 0",
    "MOBILENET_V2, 1280, 7, 1281000",
    "EFFICIENTNET_B0, 1280, 7, 1281000",
    // Two values per channel for the LayerNorm: 1536 + 769,000
    "CONVNEXT_T, 768, 7, 770536",
    "VIT_B16, 768, 14, 770536",
    // 102,764,544 + 16,781,312 + 4,097,000
    "VGG16, 512, 7, 123642856",
    // 37,752,832 + 16,781,312 + 4,097,000
    "ALEXNET, 256, 6, 58631144",
    // (2048 + 1)·128 + (128 + 1)·2048
    "SE_RESNET50_GATE, 2048, 7, 526464"
  })
  void publishedShapesAndParameterCounts(KnownHead head, int c, int size, long parameters) {
    assertEquals(new FeatureShape(1, c, size, size), head.inputShape());
    assertEquals(parameters, head.parameterCount());
  }

  private static Map<String, float[]> weights(KnownHead head, long seed) {
    Map<String, float[]> weights = new HashMap<>();
    for (KnownHead.Parameter parameter : head.parameters()) {
      weights.put(parameter.name(), Numbers.values(seed++, (int) parameter.size()));
    }
    weights.put("conv1.weight", new float[3]);
    return weights;
  }

  /** The flattened heads would take 230 and 490 MB here. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"VGG16", "ALEXNET"})
  void runsFromWeights(KnownHead head) {
    Sequential layers = head.layers(weights(head, 80));
    assertEquals(head.parameterCount(), layers.parameterCount());
    FeatureShape output = layers.outputShape(head.inputShape());
    boolean gate = head == KnownHead.SE_RESNET50_GATE;
    assertEquals(gate ? head.inputShape() : new FeatureShape(1, 1000, 1, 1), output);
    float[] x = Numbers.values(81, (int) head.inputShape().elements());
    FeatureMap maps = FeatureMap.of(x, Layout.NHWC, head.inputShape());
    FeatureMap result = layers.forward(maps);
    assertTrue(Float.isFinite(result.get(0, 0, 0, 0)));
    if (!gate) {
      ClassifierHead classifier = head.classifier(weights(head, 80), LABELS);
      float[] logits = classifier.classify(maps).logits();
      Numbers.assertBits(Numbers.contents(result), logits, head.title());
    }
  }

  /** A batch of tokens as a vision transformer gives them, each sample's class token first. */
  @Test
  void theTokenMeanGoesWithoutTheClassToken() {
    KnownHead vit = KnownHead.VIT_B16;
    float[] x = Numbers.values(85, 2 * 197 * 768);
    FeatureMap tokens = FeatureMap.of(x, Layout.NHWC, FeatureShape.tokens(2, 197, 768));
    ClassifierHead head = vit.classifier(weights(vit, 86), LABELS);
    List<Prediction> predictions = head.classifyAll(tokens.patches(1, 14, 14));
    for (int n = 0; n < 2; n++) {
      int from = (n * 197 + 1) * 768;
      float[] patches = Arrays.copyOfRange(x, from, from + 196 * 768);
      FeatureMap alone = FeatureMap.of(patches, Layout.NHWC, vit.inputShape());
      Numbers.assertBits(head.classify(alone).logits(), predictions.get(n).logits(), "sample " + n);
      // So does the map of its decision, which has a value for every patch.
      Heatmap map = ClassActivationMap.of(head, tokens.sample(n).patches(1, 14, 14), 7);
      Numbers.assertBits(ClassActivationMap.of(head, alone, 7).values(), map.values(), "map " + n);
      assertEquals(14, map.height());
    }
  }

  @Test
  void namesAndParameters() {
    assertEquals("ResNet-50 [1, 2048, 7, 7]", KnownHead.RESNET50.toString());
    assertEquals(
        List.of(
            new KnownHead.Parameter("fc.weight", List.of(1000, 2048)),
            new KnownHead.Parameter("fc.bias", List.of(1000))),
        KnownHead.RESNET50.parameters());
    assertEquals(0, KnownHead.NETWORK_IN_NETWORK.parameters().size());
    assertEquals(6, KnownHead.VGG16.parameters().size());
  }

  @Test
  void weightsThatDontFitAreErrors() {
    Map<String, float[]> weights = weights(KnownHead.RESNET18, 82);
    weights.put("fc.weight", new float[5]);
    fails(
        "fc.weight has 5 values; 512000 values of shape [1000, 512] were needed",
        () -> KnownHead.RESNET18.layers(weights));
    weights.remove("fc.weight");
    fails(
        "weights has no fc.weight; 512000 values of shape [1000, 512] were needed",
        () -> KnownHead.RESNET18.layers(weights));
    assertThrows(NullPointerException.class, () -> KnownHead.RESNET18.layers(null));
  }

  @Test
  void whatDoesNotPoolIsNoClassifier() {
    KnownHead gate = KnownHead.SE_RESNET50_GATE;
    fails("layers is [SqueezeExcitation", () -> gate.classifier(weights(gate, 83), LABELS));
    KnownHead resNet = KnownHead.RESNET18;
    fails(
        "labels has 2 names; bias has 1000 classes",
        () -> resNet.classifier(weights(resNet, 84), List.of("a", "b")));
  }

  private static void fails(String message, Runnable call) {
    Exception e = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(
        message, e.getMessage().substring(0, Math.min(message.length(), e.getMessage().length())));
  }
}
