package dev.lanepool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** What is read is exact; what is written is rounded once. */
class ElementTypeTest {
  private final MemorySegment segment = MemorySegment.ofArray(new byte[24]);

  private double written(ElementType type, double value) {
    type.write(segment, 3, value);
    return type.read(segment, 3);
  }

  private static final ElementType[] HALVES = {ElementType.FLOAT16, ElementType.BFLOAT16};

  /** Every 16-bit float is read and written back, and so is everything halfway around it. */
  @Test
  void halvesRoundToNearestEven() {
    for (ElementType type : HALVES) {
      int infinity = type == ElementType.FLOAT16 ? 0x7c00 : 0x7f80;
      for (int bits = 0; bits < infinity - 1; bits++) {
        double low = read(type, bits);
        double high = read(type, bits + 1);
        double middle = (low + high) / 2;
        assertEquals(low, written(type, low));
        assertEquals(bits % 2 == 0 ? low : high, written(type, middle));
        // Rounded to float first, these would be in the middle.
        assertEquals(low, written(type, middle - (high - low) * 0x1p-40));
        assertEquals(high, written(type, middle + (high - low) * 0x1p-40));
        assertEquals(-high, written(type, -middle - (high - low) * 0x1p-40));
      }
      assertEquals(Double.POSITIVE_INFINITY, read(type, infinity));
      assertEquals(Double.POSITIVE_INFINITY, written(type, 1e300));
      assertEquals(Double.NEGATIVE_INFINITY, written(type, -1e39));
      assertEquals(Double.NEGATIVE_INFINITY, written(type, Double.NEGATIVE_INFINITY));
      assertEquals(Double.NaN, written(type, Double.NaN));
      assertEquals(Double.NaN, written(type, Float.intBitsToFloat(0x7f800001)));
      assertEquals(-0.0, written(type, -1e-300));
    }
  }

  private double read(ElementType type, int bits) {
    segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, 3, (short) bits);
    return type.read(segment, 3);
  }

  @Test
  void integersSaturate() {
    double[][] cases = {
      {0.5, 0, 0},
      {1.5, 2, 2},
      {-0.5, 0, 0},
      {-1.5, -2, 0},
      {127.5, 127, 128},
      {126.5, 126, 126},
      {-200, -128, 0},
      {254.5, 127, 254},
      {1e300, 127, 255},
      {-1e300, -128, 0},
      {Double.NaN, 0, 0},
      {Double.POSITIVE_INFINITY, 127, 255}
    };
    for (double[] c : cases) {
      assertEquals(c[1], written(ElementType.INT8, c[0]));
      assertEquals(c[2], written(ElementType.UINT8, c[0]));
    }
  }

  @Test
  void floatsRoundOnce() {
    assertEquals(0.1f, written(ElementType.FLOAT32, 0.1));
    assertEquals(0.1, written(ElementType.FLOAT64, 0.1));
    int size = 0;
    for (ElementType type : ElementType.values()) {
      size += type.bytes();
    }
    assertEquals(4 + 8 + 2 + 2 + 1 + 1, size);
  }
}
