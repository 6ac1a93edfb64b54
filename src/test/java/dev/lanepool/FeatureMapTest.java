package dev.lanepool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FeatureMapTest {
  private static final FeatureShape SHAPE = new FeatureShape(2, 3, 5, 7);

  @Test
  void viewSharesTheArray() {
    float[] array = new float[215];
    FeatureMap map = FeatureMap.of(array, 5, Layout.NHWC, SHAPE);
    assertSame(array, map.array());
    assertEquals(5, map.offset());
    assertEquals(Layout.NHWC, map.layout());
    assertEquals(SHAPE, map.shape());
    assertEquals(ElementType.FLOAT32, map.type());
    array[5] = 42;
    assertEquals(42, map.get(0, 0, 0, 0));
    assertEquals(0, FeatureMap.of(array, Layout.NCHW, SHAPE).offset());
  }

  @Test
  void getFollowsTheLayout() {
    float[] array = counted(213);
    FeatureMap nchw = FeatureMap.of(array, 3, Layout.NCHW, SHAPE);
    FeatureMap nhwc = FeatureMap.of(array, 3, Layout.NHWC, SHAPE);
    for (int n = 0; n < 2; n++) {
      for (int c = 0; c < 3; c++) {
        for (int h = 0; h < 5; h++) {
          for (int w = 0; w < 7; w++) {
            assertEquals(3 + ((n * 3 + c) * 5 + h) * 7 + w, nchw.get(n, c, h, w));
            assertEquals(3 + ((n * 5 + h) * 7 + w) * 3 + c, nhwc.get(n, c, h, w));
          }
        }
      }
    }
  }

  @Test
  void getChecksEveryIndex() {
    FeatureMap map = FeatureMap.allocate(Layout.NCHW, SHAPE);
    int[][] outside = {
      {2, 0, 0, 0}, {0, 3, 0, 0}, {0, 0, 5, 0}, {0, 0, 0, 7},
      {-1, 0, 0, 0}, {0, -1, 0, 0}, {0, 0, -1, 0}, {0, 0, 0, -1}
    };
    for (int[] i : outside) {
      assertThrows(IndexOutOfBoundsException.class, () -> map.get(i[0], i[1], i[2], i[3]));
    }
  }

  @Test
  void allocatedMapIsZero() {
    for (Layout layout : Layout.values()) {
      FeatureMap map = FeatureMap.allocate(layout, SHAPE);
      assertArrayEquals(new float[210], map.array());
      assertEquals(0, map.offset());
      assertEquals(layout, map.layout());
      assertEquals(SHAPE, map.shape());
    }
    FeatureShape none = new FeatureShape(0, 64, 7, 7);
    assertEquals(0, FeatureMap.allocate(Layout.NCHW, none).array().length);
  }

  @Test
  void sampleIsAView() {
    float[] array = counted(220);
    for (Layout layout : Layout.values()) {
      FeatureMap map = FeatureMap.of(array, 10, layout, SHAPE);
      for (int n = 0; n < 2; n++) {
        FeatureMap sample = map.sample(n);
        assertSame(array, sample.array());
        assertEquals(10 + n * 105, sample.offset());
        assertEquals(layout, sample.layout());
        assertEquals(new FeatureShape(1, 3, 5, 7), sample.shape());
        assertEquals(map.get(n, 2, 4, 6), sample.get(0, 2, 4, 6));
        assertEquals(map.get(n, 1, 2, 3), sample.get(0, 1, 2, 3));
      }
      assertThrows(IndexOutOfBoundsException.class, () -> map.sample(2));
      assertThrows(IndexOutOfBoundsException.class, () -> map.sample(-1));
    }
  }

  @Test
  void otherLayoutHasTheSameValues() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int n = random.nextInt(3);
      int c = random.nextInt(40);
      int h = random.nextInt(9);
      int w = random.nextInt(9);
      FeatureShape shape = new FeatureShape(n, c, h, w);
      int offset = random.nextInt(20);
      float[] array = counted(offset + (int) shape.elements());
      Layout layout = Layout.values()[round % 2];
      Layout other = Layout.values()[1 - round % 2];
      FeatureMap map = FeatureMap.of(array, offset, layout, shape);
      FeatureMap copy = map.toLayout(other);
      assertEquals(other, copy.layout());
      assertEquals(shape, copy.shape());
      assertNotSame(array, copy.array());
      assertSameValues(map, copy);
      FeatureMap back = copy.toLayout(layout);
      assertSameValues(map, back);
      assertSame(map, map.toLayout(layout));
      assertArrayEquals(counted(array.length), array, "the source was written");
    }
  }

  private static void assertSameValues(FeatureMap expected, FeatureMap actual) {
    FeatureShape s = expected.shape();
    for (int i = 0; i < s.elements(); i++) {
      int w = i % s.w();
      int h = i / s.w() % s.h();
      int c = i / s.w() / s.h() % s.c();
      int n = i / s.w() / s.h() / s.c();
      assertEquals(expected.get(n, c, h, w), actual.get(n, c, h, w));
    }
  }

  @Test
  void badArgumentsAreNamed() {
    float[] array = new float[210];
    String forArray = "array is null; a float[] was needed";
    assertNull(forArray, () -> FeatureMap.of((float[]) null, Layout.NCHW, SHAPE));
    String forLayout = "layout is null; NCHW or NHWC was needed";
    assertNull(forLayout, () -> FeatureMap.of(array, null, SHAPE));
    assertNull(forLayout, () -> FeatureMap.allocate(null, SHAPE));
    String forShape = "shape is null; a FeatureShape was needed";
    assertNull(forShape, () -> FeatureMap.of(array, Layout.NCHW, null));
    assertNull(forShape, () -> FeatureMap.allocate(Layout.NCHW, null));
    String forWanted = "wanted is null; NCHW or NHWC was needed";
    assertNull(forWanted, () -> FeatureMap.allocate(Layout.NCHW, SHAPE).toLayout(null));

    for (int offset : new int[] {-1, 211, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      String message = "offset is " + offset + "; 0 to array.length = 210 was needed";
      assertIllegal(message, () -> FeatureMap.of(array, offset, Layout.NCHW, SHAPE));
    }
    assertIllegal(
        "array holds 209 values from offset 1; shape [2, 3, 5, 7] needs 210",
        () -> FeatureMap.of(array, 1, Layout.NCHW, SHAPE));
    assertIllegal(
        "array holds 209 values from offset 0; shape [2, 3, 5, 7] needs 210",
        () -> FeatureMap.of(new float[209], Layout.NCHW, SHAPE));
    // 2^32 values: none, if 32 bits were counted.
    assertIllegal(
        "array holds 210 values from offset 0; shape [1, 1, 65536, 65536] needs 4294967296",
        () -> FeatureMap.of(array, Layout.NCHW, new FeatureShape(1, 1, 65_536, 65_536)));
    assertIllegal(
        "shape [1, 2, 32768, 32768] has 2147483648 values; an array holds 2147483647 at most",
        () -> FeatureMap.allocate(Layout.NCHW, new FeatureShape(1, 2, 32_768, 32_768)));
  }

  private static void assertNull(String message, Executable call) {
    assertEquals(message, assertThrows(NullPointerException.class, call).getMessage());
  }

  private static void assertIllegal(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static float[] counted(int length) {
    float[] array = new float[length];
    for (int i = 0; i < length; i++) {
      array[i] = i;
    }
    return array;
  }

  @Test
  void anEmptyMapOfHugePlanesChangesLayout() {
    FeatureShape shape = new FeatureShape(1, 0, 1, Integer.MAX_VALUE);
    FeatureMap map = FeatureMap.of(new float[0], Layout.NHWC, shape).toLayout(Layout.NCHW);
    assertEquals(Layout.NCHW, map.layout());
    assertEquals(shape, map.shape());
  }
}
