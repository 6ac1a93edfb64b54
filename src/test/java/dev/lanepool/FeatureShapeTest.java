package dev.lanepool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FeatureShapeTest {
  private static final int MOST = Integer.MAX_VALUE;

  @Test
  void sizesAreProducts() {
    FeatureShape shape = new FeatureShape(2, 3, 5, 7);
    assertEquals(6, shape.planes());
    assertEquals(35, shape.planeSize());
    assertEquals(210, shape.elements());
    assertEquals("[2, 3, 5, 7]", shape.toString());
    assertEquals(new FeatureShape(2, 3, 5, 7), shape);
  }

  @Test
  void sizesPassIntegers() {
    FeatureShape shape = new FeatureShape(MOST, MOST, 1, 2);
    assertEquals((long) MOST * MOST, shape.planes());
    assertEquals(2L * MOST * MOST, shape.elements());
    assertEquals(1L << 32, new FeatureShape(1, 1, 65_536, 65_536).planeSize());
  }

  @Test
  void extentsMayBeZero() {
    assertEquals(0, new FeatureShape(0, 0, 0, 0).elements());
    assertEquals(0, new FeatureShape(0, MOST, MOST, MOST).elements());
    assertEquals(0, new FeatureShape(MOST, MOST, MOST, 0).elements());
  }

  @Test
  void oneAndThreeSpatialAxesAndTokens() {
    assertEquals(new FeatureShape(2, 3, 1, 9), FeatureShape.line(2, 3, 9));
    assertEquals(new FeatureShape(2, 3, 20, 6), FeatureShape.volume(2, 3, 4, 5, 6));
    assertEquals(new FeatureShape(2, 768, 1, 197), FeatureShape.tokens(2, 197, 768));
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> FeatureShape.volume(1, 1, 65_536, 32_768, 1));
    assertEquals("depth·h is 2147483648; at most 2147483647 was needed", e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> FeatureShape.volume(1, 1, -2, -2, 1));
    assertEquals("depth is -2; an extent must be 0 or more", e.getMessage());
  }

  @Test
  void negativeExtentsAreNamed() {
    assertMessage("n is -1; an extent must be 0 or more", -1, 1, 1, 1);
    assertMessage("c is -2; an extent must be 0 or more", 1, -2, 1, 1);
    assertMessage("h is -3; an extent must be 0 or more", 1, 1, -3, 1);
    assertMessage("w is -2147483648; an extent must be 0 or more", 1, 1, 1, MOST + 1);
    // Two signs make a product that looks right.
    assertMessage("h is -2; an extent must be 0 or more", 1, 1, -2, -2);
  }

  @Test
  void productsBeyondLongAreNamed() {
    int half = 1 << 30;
    assertEquals(1L << 62, new FeatureShape(half, half, 2, 2).elements());
    String more = " has more than 2^63 - 1 values";
    // 2^63, then 2^64, which is 0 in 64 bits, then about 2^124.
    assertMessage("shape [1073741824, 1073741824, 2, 4]" + more, half, half, 2, 4);
    assertMessage("shape [1073741824, 1073741824, 4, 4]" + more, half, half, 4, 4);
    String extents = MOST + ", " + MOST + ", " + MOST + ", " + MOST;
    assertMessage("shape [" + extents + "]" + more, MOST, MOST, MOST, MOST);
  }

  private static void assertMessage(String message, int n, int c, int h, int w) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new FeatureShape(n, c, h, w));
    assertEquals(message, e.getMessage());
  }
}
