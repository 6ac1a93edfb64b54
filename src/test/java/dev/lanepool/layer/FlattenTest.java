package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FlattenTest {
  private final Flatten flatten = new Flatten();

  @ParameterizedTest
  @EnumSource
  void theOrderIsChannelRowColumn(Layout layout) {
    // The value at (n, c, h, w) is the number nchw.
    float[] x = {
      0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112,
      1000, 1001, 1002, 1010, 1011, 1012, 1100, 1101, 1102, 1110, 1111, 1112
    };
    FeatureShape shape = new FeatureShape(2, 2, 2, 3);
    FeatureMap flat = flatten.forward(Numbers.map(x, layout, 2, shape));
    assertEquals(new FeatureShape(2, 12, 1, 1), flat.shape());
    assertEquals(112, flat.get(0, 11, 0, 0));
    assertEquals(1010, flat.get(1, 3, 0, 0));
    Numbers.assertBits(x, Numbers.contents(flat), "flattened");
  }

  @ParameterizedTest
  @CsvSource({
    "NCHW, 17, 5, 7",
    "NHWC, 17, 5, 7",
    "NHWC, 1, 9, 9",
    "NHWC, 33, 1, 1",
    "NHWC, 16, 4, 4",
    "NHWC, 15, 4, 8",
    "NHWC, 40, 13, 10",
    "NCHW, 40, 13, 10"
  })
  void bothLayoutsOfAnySizeGiveTheSame(Layout layout, int c, int h, int w) {
    FeatureShape shape = new FeatureShape(3, c, h, w);
    float[] x = Numbers.values(3, (int) shape.elements());
    float[] array = new float[x.length + 7];
    Arrays.fill(array, 42);
    FeatureMap flat = FeatureMap.of(array, 2, layout, new FeatureShape(3, c * h * w, 1, 1));
    flatten.forward(Numbers.map(x, layout, 3, shape), flat);
    float[] expected = array.clone();
    Arrays.fill(expected, 42);
    System.arraycopy(x, 0, expected, 2, x.length);
    Numbers.assertBits(expected, array, "flattened and what is around it");
  }

  @Test
  void theWeightsBehindItMeanTheSameForBothLayouts() {
    FeatureShape shape = new FeatureShape(2, 3, 4, 5);
    float[] x = Numbers.values(4, (int) shape.elements());
    Layer dense = new Dense(Numbers.values(5, 60 * 4), Numbers.values(6, 4));
    Layer net = new Sequential(flatten, dense);
    float[] first = Numbers.contents(net.forward(Numbers.map(x, Layout.NCHW, 0, shape)));
    float[] last = Numbers.contents(net.forward(Numbers.map(x, Layout.NHWC, 0, shape)));
    Numbers.assertBits(first, last, "logits");
    Numbers.assertBits(Numbers.contents(dense.forward(Numbers.vectors(2, x))), first, "by hand");
  }

  @Test
  void vggFlattensTo25088Features() {
    FeatureShape flat = flatten.outputShape(new FeatureShape(1, 512, 7, 7));
    assertEquals(new FeatureShape(1, 25_088, 1, 1), flat);
    assertEquals(0, flatten.parameterCount());
    assertEquals("Flatten", flatten.toString());
  }

  @Test
  void moreFeaturesThanAnExtentHoldsAreAnError() {
    // 2^32 features: in 32 bits it would be 0 of them.
    FeatureShape shape = new FeatureShape(1, 65_536, 256, 256);
    Exception e = assertThrows(IllegalArgumentException.class, () -> flatten.outputShape(shape));
    assertTrue(e.getMessage().contains("[1, 65536, 256, 256]"), e.getMessage());
    assertTrue(e.getMessage().contains("4294967296 features"), e.getMessage());
  }

  @Test
  void anEmptyBatchAndEmptyPlanesStayEmpty() {
    FeatureMap none = FeatureMap.allocate(Layout.NHWC, new FeatureShape(0, 3, 2, 2));
    assertEquals(new FeatureShape(0, 12, 1, 1), flatten.forward(none).shape());
    FeatureMap planes = FeatureMap.allocate(Layout.NHWC, new FeatureShape(2, 3, 0, 2));
    assertEquals(new FeatureShape(2, 0, 1, 1), flatten.forward(planes).shape());
  }
}
