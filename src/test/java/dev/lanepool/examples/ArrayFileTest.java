package dev.lanepool.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.head.ClassifierHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayFileTest {
  private static final byte[] WEIGHTS = NpyBytes.of(new int[] {2, 3}, 1, 2, 3, 4, 5, 6);
  private static final byte[] BIAS = NpyBytes.of(new int[] {2}, 7, 8);

  @TempDir Path folder;

  /** The same head from each kind of file. */
  @Test
  void headsAreBuiltFromEveryFormat() throws IOException {
    write("w.npy", WEIGHTS);
    write("b.npy", BIAS);
    write("h.npz", npz(ZipEntry.DEFLATED));
    write("h.safetensors", safetensors());
    ClassifierHead expected = head("w.npy", "b.npy");
    for (String file : List.of("h.npz", "h.safetensors")) {
      ClassifierHead head = head(file + "#fc.weight", file + "#fc.bias");
      for (int c = 0; c < 2; c++) {
        assertArrayEquals(expected.weights(c), head.weights(c), file);
        assertEquals(expected.bias(c), head.bias(c), file);
      }
    }
  }

  private ClassifierHead head(String weights, String bias) {
    return Heads.of(3, load(weights), load(bias), List.of("a", "b"));
  }

  @Test
  void aFileOfOneArrayNeedsNoName() throws IOException {
    String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    write("one.safetensors", SafetensorsTest.file(header, new byte[4]));
    assertArrayEquals(new float[1], load("one.safetensors").values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"h.npz", "h.npz#fc", "h.safetensors", "h.safetensors#fc", "h.npz#"})
  void theNamesAreListedWhereOneIsNeeded(String place) throws IOException {
    write("h.npz", npz(ZipEntry.DEFLATED));
    write("h.safetensors", safetensors());
    assertTrue(refusal(place).contains("[fc.weight, fc.bias]"), refusal(place));
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() throws IOException {
    write("nan.npy", NpyBytes.of(new int[] {1}, Float.NaN));
    assertTrue(refusal("nan.npy").contains("NaN"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no.npy", "no.npz", "no.safetensors#x"})
  void missingFilesAreRefused(String place) {
    assertTrue(refusal(place).contains("there is no such file"), refusal(place));
  }

  @Test
  void everyCutOfAnArchiveIsNoticed() throws IOException {
    byte[] good = npz(ZipEntry.STORED);
    for (int length = 0; length < good.length; length++) {
      write("cut.npz", Arrays.copyOf(good, length));
      assertTrue(refusal("cut.npz#fc.weight").contains("needed"));
    }
  }

  /** Stored values have nothing but the checksum to protect them. */
  @Test
  void damagedValuesInAnArchiveAreNoticed() throws IOException {
    byte[] bytes = npz(ZipEntry.STORED);
    int at = bytes.length / 4;
    bytes[at] ^= 1;
    write("bad.npz", bytes);
    assertTrue(refusal("bad.npz#fc.weight").contains("damaged"), refusal("bad.npz#fc.weight"));
  }

  @Test
  void archivesOfOtherThingsAreRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "readme.txt", new byte[9], ZipEntry.DEFLATED);
    }
    write("other.npz", bytes.toByteArray());
    assertTrue(refusal("other.npz").contains("a zip file of .npy files was needed"));
  }

  private static byte[] npz(int method) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "fc.weight.npy", WEIGHTS, method);
      put(zip, "fc.bias.npy", BIAS, method);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes, int method)
      throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(method);
    entry.setSize(bytes.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static byte[] safetensors() {
    String header =
        "{\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
            + "\"fc.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}}";
    byte[] data = Arrays.copyOfRange(WEIGHTS, WEIGHTS.length - 24, WEIGHTS.length + 8);
    System.arraycopy(BIAS, BIAS.length - 8, data, 24, 8);
    return SafetensorsTest.file(header, data);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private FloatArray load(String place) {
    return ArrayFile.load(folder.resolve(place));
  }

  private String refusal(String place) {
    return assertThrows(InputException.class, () -> load(place)).getMessage();
  }
}
