package dev.lanepool.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  private static final float[] SIX = {1.5f, -0f, Float.MIN_VALUE, Float.NaN, -1e30f, 6};
  private static final byte[] GOOD = NpyBytes.of(new int[] {2, 3}, SIX);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyVersionIsReadBitForBit(int major) {
    String header = NpyBytes.header("'<f4'", "False", "(2, 3)");
    FloatArray npy = Npy.parse("x.npy", NpyBytes.of(major, header, SIX));
    assertEquals("x.npy", npy.name());
    assertArrayEquals(new int[] {2, 3}, npy.shape());
    assertArrayEquals(bits(SIX), bits(npy.values()));
  }

  @Test
  void everyRankIsRead() {
    assertArrayEquals(new int[0], Npy.parse("x", NpyBytes.of(new int[0], 1)).shape());
    assertArrayEquals(new int[] {1}, Npy.parse("x", NpyBytes.of(new int[] {1}, 1)).shape());
    int[] five = {1, 2, 1, 3, 1};
    assertArrayEquals(five, Npy.parse("x", NpyBytes.of(five, SIX)).shape());
    int[] empty = {2, 0, 3};
    assertArrayEquals(empty, Npy.parse("x", NpyBytes.of(empty)).shape());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'shape': (6,), 'descr': '<f4', 'fortran_order': False}",
        "{'fortran_order':False,'shape':(6,),'descr':'<f4'}\n",
        "{ 'descr' : '<f4' , 'fortran_order' : False , 'shape' : (6, ) , }   ",
      })
  void theOrderOfFieldsAndTheSpacesDontMatter(String header) {
    assertEquals(6, Npy.parse("x", NpyBytes.of(1, header, SIX)).values().length);
  }

  @Test
  void everyCutIsNoticed() {
    for (int length = 0; length < GOOD.length; length++) {
      String message = refusal(Arrays.copyOf(GOOD, length));
      assertTrue(message.contains("needed"), message);
    }
  }

  @Test
  void moreBytesThanValuesAreNoticed() {
    String message = refusal(Arrays.copyOf(GOOD, GOOD.length + 1));
    assertTrue(message.contains("25 bytes") && message.contains("[2, 3]"), message);
  }

  /** Whatever a byte becomes: either an array of the right size, or a refusal. */
  @Test
  void noDamagedByteDoesHarm() {
    for (int i = 0; i < GOOD.length - SIX.length * Float.BYTES; i++) {
      for (int value = 0; value < 256; value++) {
        byte[] damaged = GOOD.clone();
        damaged[i] = (byte) value;
        try {
          assertEquals(6, Npy.parse("x.npy", damaged).values().length);
        } catch (InputException e) {
          assertTrue(e.getMessage().startsWith("x.npy "), e.getMessage());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"'<f8'", "'>f4'", "'|f4'", "'<i4'", "[('x', '<f4')]", "''"})
  void otherTypesAreRefused(String descr) {
    String message = refusal(NpyBytes.of(1, NpyBytes.header(descr, "False", "(2, 3)"), SIX));
    assertTrue(message.contains(descr) && message.contains("'<f4'"), message);
  }

  @Test
  void fortranOrderIsRefused() {
    String message = refusal(NpyBytes.of(1, NpyBytes.header("'<f4'", "True", "(2, 3)"), SIX));
    assertTrue(message.contains("fortran_order"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(2, 4)", "(5,)", "(0,)", "(999999999, 999999999, 999999999)"})
  void shapesThatDontFitTheDataAreRefused(String shape) {
    String message = refusal(NpyBytes.of(1, NpyBytes.header("'<f4'", "False", shape), SIX));
    assertTrue(message.contains("24 bytes"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(6)", "(2,,3)", "(,)", "(6000000000,)"})
  void shapesThatAreNoneAreRefused(String shape) {
    String message = refusal(NpyBytes.of(1, NpyBytes.header("'<f4'", "False", shape), SIX));
    assertTrue(message.contains(shape), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{'descr': '<f4', 'shape': (6,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), ",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), } garbage",
        "{'descr': '<f4', 'descr': '<f4', 'shape': (6,), }",
        "{'descr': False, 'fortran_order': False, 'shape': (6,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-6,), }",
        "{'descr': '<f4' 'fortran_order': False 'shape': (6,)}",
      })
  void damagedHeadersAreRefused(String header) {
    String message = refusal(NpyBytes.of(1, header, SIX));
    assertTrue(message.contains("header"), message);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "4,0", "1,1", "255,0"})
  void otherVersionsAreRefused(int major, int minor) {
    byte[] file = GOOD.clone();
    file[6] = (byte) major;
    file[7] = (byte) minor;
    String message = refusal(file);
    assertTrue(message.contains(major + "." + minor + ";"), message);
  }

  @Test
  void aHeaderLongerThanAnyFileIsRefused() {
    byte[] file = NpyBytes.of(2, "{}");
    Arrays.fill(file, 8, 12, (byte) 0xff);
    assertTrue(refusal(file).contains("4294967307 were needed"), refusal(file));
  }

  private static String refusal(byte[] file) {
    String message =
        assertThrows(InputException.class, () -> Npy.parse("x.npy", file)).getMessage();
    assertTrue(message.startsWith("x.npy ") && message.contains("needed"), message);
    return message;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
