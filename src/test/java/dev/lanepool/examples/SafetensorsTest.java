package dev.lanepool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final String HEADER =
      """
      {"__metadata__":{"format":"pt"},
       "fc.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},
       "half":{"dtype":"F16","shape":[1],"data_offsets":[8,10]},
       "brain":{"dtype":"BF16","shape":[],"data_offsets":[10,12]}}  """;

  /** 1.5 and −2 as F32, 0.5 as F16, −3 as BF16. */
  private static final byte[] DATA = {
    0, 0, (byte) 0xc0, 0x3f, 0, 0, 0, (byte) 0xc0, 0, 0x38, 0x40, (byte) 0xc0
  };

  private static final byte[] GOOD = file(HEADER, DATA);

  @Test
  void everyArrayIsRead() {
    Map<String, FloatArray> arrays = read("x", GOOD);
    assertEquals(Set.of("fc.weight", "half", "brain"), arrays.keySet());
    assertArrayEquals(new int[] {2, 1}, arrays.get("fc.weight").shape());
    assertArrayEquals(new float[] {1.5f, -2}, arrays.get("fc.weight").values());
    assertArrayEquals(new float[] {0.5f}, arrays.get("half").values());
    assertArrayEquals(new int[0], arrays.get("brain").shape());
    assertArrayEquals(new float[] {-3}, arrays.get("brain").values());
  }

  private static Map<String, FloatArray> read(String name, byte[] file) {
    Map<String, FloatArray> arrays = new HashMap<>();
    Safetensors.parse(name, file).forEach((key, array) -> arrays.put(key, array.get()));
    return arrays;
  }

  /** Networks count batches in int64 beside their weights. */
  @Test
  void arraysOfOtherTypesDoNotMatterToWhoWantsNone() {
    String header =
        "{\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";
    var arrays = Safetensors.parse("x", file(header, DATA));
    assertArrayEquals(new float[] {-2}, arrays.get("w").get().values());
    assertThrows(InputException.class, () -> arrays.get("n").get());
  }

  @Test
  void everyCutIsNoticed() {
    for (int length = 0; length < GOOD.length; length++) {
      assertTrue(refusal(Arrays.copyOf(GOOD, length)).contains("damaged"));
    }
  }

  /** Whatever bit of the header is damaged: arrays, or a refusal. */
  @Test
  void noDamagedBitDoesHarm() {
    int refused = 0;
    for (int i = 0; i < GOOD.length - DATA.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = GOOD.clone();
        damaged[i] ^= (byte) (1 << bit);
        try {
          assertTrue(read("x.safetensors", damaged).size() >= 1);
        } catch (InputException e) {
          assertTrue(e.getMessage().startsWith("x.safetensors"), e.getMessage());
          refused++;
        }
      }
    }
    assertTrue(refused > 1000, refused + " refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{} {}",
        "{\"a\":1}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0.5,8.5]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":\"0,8\"}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e99],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
      })
  void damagedHeadersAreRefused(String header) {
    refusal(file(header, DATA));
  }

  @Test
  void aHeaderLongerThanAnyFileIsRefused() {
    byte[] file = GOOD.clone();
    Arrays.fill(file, 0, 8, (byte) 0x7f);
    assertTrue(refusal(file).contains("its header would have 9187201950435737471 bytes"));
  }

  private static String refusal(byte[] file) {
    String message =
        assertThrows(InputException.class, () -> read("x.safetensors", file)).getMessage();
    assertTrue(message.startsWith("x.safetensors") && message.contains("needed"), message);
    return message;
  }

  /** A file of a header and the bytes that follow it. */
  static byte[] file(String header, byte[] data) {
    byte[] text = header.getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }
}
