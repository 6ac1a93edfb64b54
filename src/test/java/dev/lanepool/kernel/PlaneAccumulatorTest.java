package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PlaneAccumulatorTest {
  private static PlaneAccumulator of(Reduction r, float... x) {
    PlaneAccumulator all = new PlaneAccumulator(r);
    all.add(x, 0, x.length);
    return all;
  }

  @Test
  void resultsMayBeAskedAtAnyTime() {
    PlaneAccumulator mean = of(Reduction.MEAN, 1, 2);
    assertEquals(1.5f, mean.result());
    mean.add(new float[] {7, 6, 7}, 1, 1);
    mean.add(new float[0], 0, 0);
    assertEquals(3, mean.result());
    assertEquals(3, mean.count());
  }

  @Test
  void theFirstOfEqualMaximaWinsAcrossPieces() {
    PlaneAccumulator max = of(Reduction.MAX, 3, 9);
    max.merge(of(Reduction.MAX, 9, 4));
    assertEquals(1, max.index());
    max.merge(of(Reduction.MAX, 4, 10, Float.NaN));
    assertEquals(6, max.index());
    assertTrue(Float.isNaN(max.result()));
    PlaneAccumulator min = of(Reduction.MIN, 0);
    min.add(new float[] {-0.0f, -0.0f}, 0, 2);
    assertEquals(1, min.index());
    assertEquals(-0.0f, min.result());
  }

  /** An int holds 2^31 - 1; a plane may have more, and a maximum behind that place. */
  @Test
  void countsAndIndicesAreLong() {
    float[] zeros = new float[1 << 20];
    PlaneAccumulator max = of(Reduction.MAX, zeros);
    for (int i = 0; i < 12; i++) {
      PlaneAccumulator same = PlaneAccumulator.fromBytes(Reduction.MAX, max.toBytes());
      max.merge(same);
    }
    max.add(new float[] {1}, 0, 1);
    assertEquals(1L << 32, max.index());
    assertEquals((1L << 32) + 1, max.count());
  }

  /** The format as documented, so that another language can read and write it. */
  @Test
  void bytesAreAsDocumented() {
    float[] x = new float[4098];
    Arrays.fill(x, 0.5f);
    x[4097] = 3;
    byte[] name = "MEAN".getBytes(StandardCharsets.UTF_8);
    ByteBuffer expected = ByteBuffer.allocate(4 + 4 + 4 + 24 + 8 + 8 + 8);
    expected.order(ByteOrder.LITTLE_ENDIAN).putInt(0x4c504131).putInt(4).put(name);
    expected.putLong(4098).putDouble(0).putLong(0).putInt(1).putInt(2);
    expected.putDouble(2048).putFloat(0.5f).putFloat(3);
    assertArrayEquals(expected.array(), of(Reduction.MEAN, x).toBytes());
  }

  @Test
  void whatIsNoStateIsAnError() {
    byte[] good = of(Reduction.MEAN, 1, 2, 3).toBytes();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThrows(
          IllegalArgumentException.class, () -> PlaneAccumulator.fromBytes(Reduction.MEAN, cut));
    }
    readFails("bytes goes on for 1 elements", Arrays.copyOf(good, good.length + 1));
    readFails("bytes begins with no LPA1", changed(good, 0, 7));
    readFails("bytes is damaged: the name's length is -", changed(good, 7, 0x80));
    readFails("bytes is damaged: the number of blocks is 7", changed(good, 36, 7));
    readFails("bytes is damaged: the number of values is 65539", changed(good, 42, 1));
    readFails("bytes is damaged: the count is 2;", changed(good, 12, 2));
    fails(
        "the other accumulator is of MEAN; one of SUM",
        () -> PlaneAccumulator.fromBytes(Reduction.SUM, good));
    assertThrows(
        NullPointerException.class, () -> PlaneAccumulator.fromBytes(Reduction.MEAN, null));
  }

  private static byte[] changed(byte[] bytes, int at, int value) {
    byte[] other = bytes.clone();
    other[at] = (byte) value;
    return other;
  }

  private static void readFails(String message, byte[] bytes) {
    fails(message, () -> PlaneAccumulator.fromBytes(Reduction.MEAN, bytes));
  }

  @Test
  void whatReadsAPlaneTwiceIsAnError() {
    for (Reduction r :
        new Reduction[] {
          Reduction.variance(0), Reduction.logSumExp(1), Reduction.lpNorm(2.5), Reduction.gem(4, 0)
        }) {
      fails("reduction is " + r + "; one that reads a plane once", () -> new PlaneAccumulator(r));
    }
    assertThrows(NullPointerException.class, () -> new PlaneAccumulator(null));
  }

  @Test
  void badArgumentsAreErrorsAndChangeNothing() {
    PlaneAccumulator sum = of(Reduction.SUM, 1, 2);
    byte[] before = sum.toBytes();
    float[] x = new float[3];
    for (int[] range : new int[][] {{-1, 1}, {0, -1}, {0, 4}, {3, 1}, {1, Integer.MAX_VALUE}}) {
      fails(
          "xOffset is " + range[0] + " and n is " + range[1], () -> sum.add(x, range[0], range[1]));
    }
    assertThrows(NullPointerException.class, () -> sum.add(null, 0, 0));
    assertThrows(NullPointerException.class, () -> sum.merge(null));
    fails("next is this accumulator itself", () -> sum.merge(sum));
    fails("the other accumulator is of MEAN; one of SUM", () -> sum.merge(of(Reduction.MEAN, 1)));
    assertArrayEquals(before, sum.toBytes());
  }

  @Test
  void withoutValuesThereIsNoResult() {
    PlaneAccumulator none = new PlaneAccumulator(Reduction.MAX);
    none.merge(new PlaneAccumulator(Reduction.MAX));
    assertEquals(0, none.count());
    assertThrows(IllegalStateException.class, none::result);
    assertThrows(IllegalStateException.class, none::index);
    assertThrows(IllegalStateException.class, of(Reduction.SUM, 1)::index);
  }

  private static void fails(String message, Executable call) {
    Exception e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}
