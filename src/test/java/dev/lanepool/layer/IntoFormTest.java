package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every layer does alike when it writes into given maps. */
class IntoFormTest {
  record Case(Layer layer, FeatureShape input, Layout layout) {
    FeatureMap maps() {
      return Numbers.map(Numbers.values(20, (int) input.elements()), layout, 0, input);
    }

    FeatureShape output() {
      return layer.outputShape(input);
    }
  }

  static List<Case> layers() {
    Dense dense = new Dense(Numbers.values(21, 4 * 6), Numbers.values(22, 6));
    FeatureShape planes = new FeatureShape(2, 4, 3, 5);
    FeatureShape vectors = new FeatureShape(2, 4, 1, 1);
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      for (String pooling : GlobalPool.names()) {
        cases.add(new Case(GlobalPool.of(pooling), planes, layout));
      }
      cases.add(new Case(new Flatten(), planes, layout));
      cases.add(new Case(SpatialPyramidPool.max(2, 1), planes, layout));
      cases.add(new Case(new AdaptiveAvgPool(1, 1), planes, layout));
      cases.add(new Case(new AdaptiveLpPool(2, 1, 1), planes, layout));
      cases.add(new Case(dense, vectors, layout));
      cases.add(new Case(new Softmax(), vectors, layout));
      cases.add(new Case(Numbers.layerNorm(25, 4), vectors, layout));
      cases.add(new Case(new Sequential(new GlobalAvgPool()), planes, layout));
      cases.add(new Case(new Sequential(new GlobalAvgPool(), dense), planes, layout));
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("layers")
  void givesWhatTheAllocatingFormGives(Case c) {
    FeatureMap input = c.maps();
    float[] before = input.array().clone();
    float[] expected = Numbers.contents(c.layer.forward(input));
    float[] array = new float[expected.length + 6];
    Arrays.fill(array, Float.NaN);
    FeatureMap output = FeatureMap.of(array, 5, c.layout, c.output());
    c.layer.forward(input, output);
    Numbers.assertBits(expected, Numbers.contents(output), "result");
    c.layer.forward(input, output);
    Numbers.assertBits(expected, Numbers.contents(output), "result of a second call");
    Numbers.assertBits(before, input.array(), "the input");
    assertEquals(Float.NaN, array[4]);
    assertEquals(Float.NaN, array[array.length - 1]);
  }

  /** The same bits from a map of any type and storage, with gaps or without. */
  @ParameterizedTest
  @MethodSource("layers")
  void readsMapsOfAnyTypeAndStorage(Case c) {
    FeatureMap floats = c.maps().toType(ElementType.BFLOAT16).toType(ElementType.FLOAT32);
    float[] expected = Numbers.contents(c.layer.forward(floats));
    FeatureShape s = c.input;
    for (ElementType type :
        List.of(ElementType.BFLOAT16, ElementType.FLOAT32, ElementType.FLOAT64)) {
      FeatureShape larger = new FeatureShape(s.n(), s.c(), s.h() + 2, s.w() + 3);
      FeatureMap crop = FeatureMap.allocate(type, c.layout, larger).crop(1, 2, s.h(), s.w());
      floats.copyTo(crop);
      Numbers.assertBits(expected, Numbers.contents(c.layer.forward(crop)), "from " + crop);
      FeatureMap whole = floats.toType(type);
      MemorySegment memory = Arena.ofAuto().allocate(whole.segment().byteSize(), Long.BYTES);
      FeatureMap inNative = FeatureMap.of(memory, type, c.layout, s);
      whole.copyTo(inNative);
      Numbers.assertBits(expected, Numbers.contents(c.layer.forward(inNative)), "from " + inNative);
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void anOutputThatIsNoFloatArrayIsAnError(Case c) {
    FeatureMap output = FeatureMap.allocate(ElementType.FLOAT64, c.layout, c.output());
    FeatureMap input = c.maps();
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> c.layer.forward(input, output));
    String message = "output is " + output + "; float32 in an array, without gaps, was needed";
    assertEquals(message, e.getMessage());
    assertEquals(0, output.get(0, 0, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void anOutputOfAnotherShapeIsAnError(Case c) {
    FeatureShape right = c.output();
    for (FeatureShape wrong :
        List.of(
            new FeatureShape(right.n() + 1, right.c(), 1, 1),
            new FeatureShape(right.n() - 1, right.c(), 1, 1),
            new FeatureShape(right.n(), right.c() + 1, 1, 1),
            new FeatureShape(right.n(), right.c() - 1, 1, 1),
            new FeatureShape(right.n(), right.c(), 2, 1),
            new FeatureShape(right.n(), right.c(), 1, 2),
            new FeatureShape(right.c(), right.n(), 1, 1))) {
      float[] array = new float[300];
      Arrays.fill(array, 42);
      FeatureMap output = FeatureMap.of(array, 3, c.layout, wrong);
      FeatureMap input = c.maps();
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> c.layer.forward(input, output));
      String message = "output has the shape " + wrong + "; " + right + " was needed";
      assertEquals(message, e.getMessage());
      assertUntouched(array);
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void nullIsAnError(Case c) {
    float[] array = new float[200];
    Arrays.fill(array, 42);
    FeatureMap output = FeatureMap.of(array, 3, c.layout, c.output());
    FeatureMap input = c.maps();
    Exception e = assertThrows(NullPointerException.class, () -> c.layer.forward(null, output));
    assertEquals("input is null; a FeatureMap was needed", e.getMessage());
    assertUntouched(array);
    e = assertThrows(NullPointerException.class, () -> c.layer.forward(input, null));
    assertEquals("output is null; a FeatureMap was needed", e.getMessage());
    e = assertThrows(NullPointerException.class, () -> c.layer.forward(null));
    assertEquals("input is null; a FeatureMap was needed", e.getMessage());
  }

  private static void assertUntouched(float[] array) {
    float[] untouched = array.clone();
    Arrays.fill(untouched, 42);
    Numbers.assertBits(untouched, array, "the output of a call that failed");
  }

  @ParameterizedTest
  @MethodSource("layers")
  void anOutputThatOverlapsTheInputIsAnError(Case c) {
    int inputs = (int) c.input.elements();
    int outputs = (int) c.output().elements();
    float[] array = Numbers.values(23, outputs + inputs + outputs);
    FeatureMap input = FeatureMap.of(array, outputs, c.layout, c.input);
    float[] before = array.clone();
    for (int at : new int[] {1, outputs - 1, outputs, outputs + 1, outputs + inputs - 1}) {
      FeatureMap output = FeatureMap.of(array, at, c.layout, c.output());
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> c.layer.forward(input, output));
      assertTrue(e.getMessage().contains("overlaps"), e.getMessage());
      assertTrue(e.getMessage().contains("elements " + at + " to "), e.getMessage());
      Numbers.assertBits(before, array, "the array of a call that failed");
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void neighboursInOneArrayAreFine(Case c) {
    int inputs = (int) c.input.elements();
    int outputs = (int) c.output().elements();
    float[] array = Numbers.values(24, outputs + inputs + outputs);
    FeatureMap input = FeatureMap.of(array, outputs, c.layout, c.input);
    float[] expected = Numbers.contents(c.layer.forward(input));
    for (int at : new int[] {0, outputs + inputs}) {
      FeatureMap output = FeatureMap.of(array, at, c.layout, c.output());
      c.layer.forward(input, output);
      Numbers.assertBits(expected, Numbers.contents(output), "output at " + at);
    }
  }
}
