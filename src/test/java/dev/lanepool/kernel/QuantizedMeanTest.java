package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class QuantizedMeanTest {
  private static final Quantization UNIT = Quantization.perTensor(1, 0);

  private static byte[] means(Rounding rounding, int pixels, byte... x) {
    int channels = x.length / pixels;
    FeatureShape shape = new FeatureShape(1, channels, 1, pixels);
    byte[] y = new byte[channels];
    FeatureMap to =
        FeatureMap.of(y, ElementType.INT8, Layout.NCHW, new FeatureShape(1, channels, 1, 1));
    FeatureMap from = FeatureMap.of(x, ElementType.INT8, Layout.NCHW, shape);
    Kernels.best().quantizedMean(from, UNIT, to, UNIT, rounding);
    return y;
  }

  /**
   * Means of 0.5, 1.5, 2.5 and their negatives.
   *
   * @see <a href="https://github.com/apache/tvm/issues/20298">apache/tvm#20298</a>
   */
  @Test
  @DisplayName("apache/tvm#20298: halves are rounded as the caller says, not towards zero")
  void halves() {
    byte[] x = {0, 1, 1, 2, 2, 3, 0, -1, -1, -2, -2, -3};
    assertArrayEquals(new byte[] {0, 2, 2, 0, -2, -2}, means(Rounding.HALF_EVEN, 2, x));
    assertArrayEquals(new byte[] {1, 2, 3, -1, -2, -3}, means(Rounding.HALF_AWAY_FROM_ZERO, 2, x));
    // The number below a half is no half, and to add one to it would make it 1.
    assertEquals(0, Rounding.HALF_AWAY_FROM_ZERO.round(0.49999999999999994));
  }

  @Test
  void resultsStayInTheirRange() {
    byte[] x = {127, 127, -128, -128};
    FeatureMap map = FeatureMap.of(x, ElementType.INT8, Layout.NCHW, new FeatureShape(1, 2, 1, 2));
    Quantization tenth = Quantization.perTensor(0.1f, 5);
    byte[] y = new byte[2];
    FeatureShape two = new FeatureShape(1, 2, 1, 1);
    Rounding even = Rounding.HALF_EVEN;
    Kernels.best()
        .quantizedMean(
            map, UNIT, FeatureMap.of(y, ElementType.INT8, Layout.NHWC, two), tenth, even);
    assertArrayEquals(new byte[] {127, -128}, y);
    Kernels.best()
        .quantizedMean(
            map, UNIT, FeatureMap.of(y, ElementType.UINT8, Layout.NHWC, two), tenth, even);
    assertArrayEquals(new byte[] {(byte) 255, 0}, y);
  }

  @Test
  void aMeanOfManyIsExact() {
    int pixels = 70_000;
    byte[] x = new byte[pixels];
    Arrays.fill(x, (byte) -128);
    assertArrayEquals(new byte[] {-128}, means(Rounding.HALF_EVEN, pixels, x));
  }

  @Test
  void emptyBatches() {
    FeatureMap none =
        FeatureMap.of(new byte[0], ElementType.INT8, Layout.NCHW, new FeatureShape(0, 3, 2, 2));
    FeatureMap y =
        FeatureMap.of(new byte[0], ElementType.INT8, Layout.NCHW, new FeatureShape(0, 3, 1, 1));
    Kernels.best().quantizedMean(none, UNIT, y, UNIT, Rounding.HALF_EVEN);
  }

  @Test
  void badArgumentsAreErrors() {
    byte[] bytes = new byte[12];
    FeatureShape shape = new FeatureShape(1, 3, 2, 2);
    FeatureShape pooled = new FeatureShape(1, 3, 1, 1);
    FeatureMap x = FeatureMap.of(bytes, ElementType.UINT8, Layout.NCHW, shape);
    byte[] results = {7, 7, 7};
    FeatureMap y = FeatureMap.of(results, ElementType.INT8, Layout.NCHW, pooled);
    Rounding even = Rounding.HALF_EVEN;
    Quantization two = Quantization.perChannel(new float[] {1, 1}, new int[2]);
    FeatureMap floats = FeatureMap.of(new float[12], Layout.NCHW, shape);
    FeatureMap empty =
        FeatureMap.of(bytes, ElementType.INT8, Layout.NCHW, new FeatureShape(1, 3, 0, 2));
    for (KernelSet k : Maps.backends()) {
      fails("x is null", () -> k.quantizedMean(null, UNIT, y, UNIT, even));
      fails("from is null", () -> k.quantizedMean(x, null, y, UNIT, even));
      fails("y is null", () -> k.quantizedMean(x, UNIT, null, UNIT, even));
      fails("to is null", () -> k.quantizedMean(x, UNIT, y, null, even));
      fails("rounding is null", () -> k.quantizedMean(x, UNIT, y, UNIT, null));
      fails("x has the type FLOAT32", () -> k.quantizedMean(floats, UNIT, y, UNIT, even));
      fails("from is per channel of 2", () -> k.quantizedMean(x, two, y, UNIT, even));
      fails("y has the shape", () -> k.quantizedMean(x, UNIT, x, UNIT, even));
      fails("shape is [1, 3, 0, 2]", () -> k.quantizedMean(empty, UNIT, y, UNIT, even));
      Quantization minusOne = Quantization.perTensor(1, -1);
      fails("from has the zero point -1", () -> k.quantizedMean(x, minusOne, y, UNIT, even));
      Quantization high = Quantization.perTensor(1, 128);
      fails("to has the zero point 128", () -> k.quantizedMean(x, UNIT, y, high, even));
    }
    assertArrayEquals(new byte[] {7, 7, 7}, results, "y was written");
    for (float bad : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      fails("scale 0 is " + bad, () -> Quantization.perTensor(bad, 0));
    }
    fails("scales is null", () -> Quantization.perChannel(null, new int[1]));
    fails("zeroPoints is null", () -> Quantization.perChannel(new float[1], null));
    fails("zeroPoints has 2", () -> Quantization.perChannel(new float[] {1}, new int[2]));
  }

  private static void fails(String message, Executable call) {
    Exception e = assertThrows(RuntimeException.class, call);
    assertTrue(e.getMessage().startsWith(message), e::getMessage);
  }
}
