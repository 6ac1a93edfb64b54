package dev.lanepool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Maps over every storage, type and stride. */
class FeatureMapStorageTest {
  private static final FeatureShape SHAPE = new FeatureShape(2, 3, 5, 7);

  @Test
  void everyTypeKeepsItsValues() {
    for (ElementType type : ElementType.values()) {
      for (Layout layout : Layout.values()) {
        FeatureMap map = FeatureMap.allocate(type, layout, SHAPE);
        double value = type == ElementType.UINT8 ? 200 : -100;
        type.write(map.segment(), map.position(1, 2, 3, 4) * type.bytes(), value);
        assertEquals(value, map.getDouble(1, 2, 3, 4));
        assertEquals((float) value, map.get(1, 2, 3, 4));
        assertEquals(0, map.get(1, 2, 4, 3));
        assertEquals(type, map.type());
        assertEquals(value, map.toLayout(Layout.NHWC).toType(ElementType.FLOAT64).get(1, 2, 3, 4));
        assertSame(map, map.toType(type));
      }
    }
  }

  @Test
  void arraysOfEveryTypeAreViews() {
    double[] doubles = new double[210];
    doubles[1] = 0.1;
    short[] halves = new short[210];
    halves[1] = (short) 0x3c00;
    byte[] bytes = new byte[210];
    bytes[1] = -1;
    assertEquals(0.1, FeatureMap.of(doubles, Layout.NCHW, SHAPE).getDouble(0, 0, 0, 1));
    assertEquals(1, at1(FeatureMap.of(halves, ElementType.FLOAT16, Layout.NCHW, SHAPE)));
    assertEquals(0x1p-7f, at1(FeatureMap.of(halves, ElementType.BFLOAT16, Layout.NCHW, SHAPE)));
    assertEquals(-1, at1(FeatureMap.of(bytes, ElementType.INT8, Layout.NCHW, SHAPE)));
    assertEquals(255, at1(FeatureMap.of(bytes, ElementType.UINT8, Layout.NCHW, SHAPE)));
    assertIllegal(
        "type is INT8; FLOAT16 or BFLOAT16 was needed",
        () -> FeatureMap.of(halves, ElementType.INT8, Layout.NCHW, SHAPE));
    assertIllegal(
        "type is FLOAT16; INT8 or UINT8 was needed",
        () -> FeatureMap.of(bytes, ElementType.FLOAT16, Layout.NCHW, SHAPE));
    assertIllegal(
        "array holds 209 values from offset 0; shape [2, 3, 5, 7] needs 210",
        () -> FeatureMap.of(new double[209], Layout.NCHW, SHAPE));
  }

  @Test
  void patchesAreTokensWithoutThoseBeforeThem() {
    float[] x = new float[2 * 7 * 3]; // two samples of seven tokens of three values
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    FeatureMap tokens = FeatureMap.of(x, Layout.NHWC, FeatureShape.tokens(2, 7, 3));
    FeatureMap patches = tokens.patches(1, 2, 3);
    assertEquals(new FeatureShape(2, 3, 2, 3), patches.shape());
    for (int n = 0; n < 2; n++) {
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < 6; i++) {
          assertEquals(n * 21 + (1 + i) * 3 + c, patches.get(n, c, i / 3, i % 3));
        }
      }
    }
    assertFalse(patches.isDense());
    assertTrue(patches.sample(1).isDense());
    assertSame(x, patches.sample(1).array());
    assertEquals(24, patches.sample(1).offset());
    FeatureMap first = FeatureMap.of(x, Layout.NCHW, FeatureShape.line(2, 3, 7)).patches(3, 2, 2);
    assertEquals(7 + 3 + 2, first.get(0, 1, 1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> tokens.patches(2, 2, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> tokens.patches(-1, 2, 3));
    assertIllegal(
        "the map has the shape [2, 3, 2, 3]; tokens, [N, C, 1, T], were needed",
        () -> patches.patches(0, 1, 3));
  }

  private static float at1(FeatureMap map) {
    return map.get(0, 0, 0, 1);
  }

  @Test
  void onlyDenseFloatArraysAreOfferedAsSuch() {
    float[] array = new float[300];
    MemorySegment heap = MemorySegment.ofArray(array).asSlice(40);
    FeatureMap map = FeatureMap.of(heap, ElementType.FLOAT32, Layout.NHWC, SHAPE);
    assertSame(array, map.array());
    assertEquals(10, map.offset());
    array[10] = 5;
    assertEquals(5, map.get(0, 0, 0, 0));
    assertTrue(FeatureMap.of(array, 10, Layout.NHWC, SHAPE).hasArray());
    FeatureMap crop = FeatureMap.of(array, Layout.NCHW, SHAPE).crop(1, 1, 2, 2);
    FeatureMap doubles = FeatureMap.allocate(ElementType.FLOAT64, Layout.NCHW, SHAPE);
    for (FeatureMap other : List.of(crop, doubles)) {
      assertFalse(other.hasArray());
      String message = assertThrows(IllegalStateException.class, other::array).getMessage();
      assertTrue(message.contains(other.toString()), message);
      assertThrows(IllegalStateException.class, other::offset);
    }
    assertEquals("FLOAT32 NCHW [2, 3, 2, 2] with gaps in a float[]", crop.toString());
    assertEquals(0, map.position());
  }

  @Test
  void cropsAndSamplesAreViews() {
    for (Layout layout : Layout.values()) {
      FeatureMap map = FeatureMap.allocate(layout, SHAPE);
      for (int i = 0; i < 210; i++) {
        map.array()[i] = i;
      }
      FeatureMap crop = map.crop(1, 2, 3, 4).sample(1).crop(1, 1, 2, 3);
      assertEquals(new FeatureShape(1, 3, 2, 3), crop.shape());
      assertFalse(crop.isDense());
      for (int c = 0; c < 3; c++) {
        for (int h = 0; h < 2; h++) {
          for (int w = 0; w < 3; w++) {
            assertEquals(map.get(1, c, 2 + h, 3 + w), crop.get(0, c, h, w));
          }
        }
      }
      float[] copy = new float[18];
      crop.copyTo(copy, 0, Layout.NCHW);
      assertEquals(map.get(1, 2, 3, 5), copy[17]);
      assertTrue(map.crop(0, 0, 5, 7).isDense());
      assertTrue(map.crop(0, 0, 0, 7).isDense());
      assertTrue(crop.overlaps(map));
      assertFalse(map.sample(0).overlaps(crop));
      assertThrows(IndexOutOfBoundsException.class, () -> map.crop(0, 1, 5, 7));
      assertThrows(IndexOutOfBoundsException.class, () -> map.crop(-1, 0, 5, 7));
      assertThrows(IndexOutOfBoundsException.class, () -> map.crop(6, 0, 0, 7));
    }
  }

  @Test
  void nativeAndMappedMemoryAreViews(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("maps");
    Files.write(file, new byte[850]);
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file)) {
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, 850, arena);
      MemorySegment allocated = arena.allocate(850, 8);
      allocated.set(ValueLayout.JAVA_FLOAT, 836, 3);
      List<FeatureMap> maps = new ArrayList<>();
      for (MemorySegment segment : List.of(mapped, allocated)) {
        maps.add(FeatureMap.of(segment, ElementType.FLOAT32, Layout.NCHW, SHAPE));
        ByteBuffer buffer = segment.asByteBuffer().order(ByteOrder.nativeOrder());
        maps.add(FeatureMap.of(buffer, ElementType.FLOAT32, Layout.NCHW, SHAPE));
      }
      assertEquals(0, maps.get(0).get(1, 2, 4, 6));
      assertEquals(3, maps.get(2).get(1, 2, 4, 6));
      assertEquals(3, maps.get(3).get(1, 2, 4, 6));
      assertTrue(maps.get(2).overlaps(maps.get(3)));
      assertFalse(maps.get(0).overlaps(maps.get(3)));
      assertFalse(maps.get(2).overlaps(FeatureMap.allocate(Layout.NCHW, SHAPE)));
    }
  }

  @Test
  void badSegmentsAreNamed() throws Exception {
    Arena arena = Arena.ofConfined();
    MemorySegment segment = arena.allocate(848, 8);
    FeatureMap map = FeatureMap.of(segment, ElementType.FLOAT32, Layout.NCHW, SHAPE);
    assertIllegal(
        "segment holds 209 values from offset 0; shape [2, 3, 5, 7] with Strides[batch=105,"
            + " channel=35, row=7, column=1] needs 210",
        () -> floats(segment.asSlice(0, 839), Layout.NCHW, SHAPE));
    String address = Long.toHexString(segment.address() + 2);
    assertIllegal(
        "segment begins at address 0x"
            + address
            + "; a multiple of 4, the bytes of a FLOAT32, was"
            + " needed",
        () -> floats(segment.asSlice(2), Layout.NCHW, SHAPE));
    assertIllegal(
        "offset is 213; 0 to 212, the segment's values, was needed",
        () ->
            FeatureMap.strided(
                segment, ElementType.FLOAT32, 213, Layout.NCHW, SHAPE, map.strides()));
    // Beyond 2^63, where a wrapped sum would be a small one.
    Strides huge = new Strides(Long.MAX_VALUE, 0, 1L << 61, 1);
    IllegalArgumentException tooFar =
        assertThrows(
            IllegalArgumentException.class,
            () -> FeatureMap.strided(segment, ElementType.FLOAT32, 0, Layout.NCHW, SHAPE, huge));
    assertTrue(tooFar.getMessage().endsWith("needs 9223372036854775807"), tooFar::getMessage);
    assertIllegal("row is -7; a stride of 0 or more was needed", () -> new Strides(105, 35, -7, 1));
    assertIllegal(
        "buffer has the order BIG_ENDIAN; LITTLE_ENDIAN, this machine's, was needed: call"
            + " order(ByteOrder.nativeOrder()) if that is what its bytes are in",
        () -> FeatureMap.of(segment.asByteBuffer(), ElementType.FLOAT32, Layout.NCHW, SHAPE));
    List<Throwable> elsewhere = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> elsewhere.add(assertThrows(WrongThreadException.class, () -> map.checkAccess())),
            "other");
    thread.start();
    thread.join();
    assertEquals(
        "segment belongs to another thread; one that thread other may read was needed",
        elsewhere.get(0).getMessage());
    arena.close();
    String closed = "segment is closed; an open one was needed";
    assertEquals(closed, assertThrows(IllegalStateException.class, map::checkAccess).getMessage());
    assertEquals(
        closed,
        assertThrows(IllegalStateException.class, () -> floats(segment, Layout.NCHW, SHAPE))
            .getMessage());
  }

  private static FeatureMap floats(MemorySegment segment, Layout layout, FeatureShape shape) {
    return FeatureMap.of(segment, ElementType.FLOAT32, layout, shape);
  }

  private static void assertIllegal(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
