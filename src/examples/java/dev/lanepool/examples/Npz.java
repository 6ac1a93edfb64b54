package dev.lanepool.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Arrays from NumPy's archive .npz: a zip file of {@link Npy} files. */
final class Npz {
  private static final String SUFFIX = ".npy";

  private Npz() {}

  /**
   * Reads a whole archive.
   *
   * @return by its name what gives each array, or an InputException if that is damaged or of
   *     another type
   * @throws InputException if it is damaged or holds something else
   */
  static Map<String, Supplier<FloatArray>> read(Path file) {
    Map<String, Supplier<FloatArray>> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        if (name.endsWith(SUFFIX)) {
          byte[] bytes = bytes(zip, entry);
          arrays.put(
              name.substring(0, name.length() - SUFFIX.length()),
              () -> Npy.parse(file + "#" + name, bytes));
        }
      }
    } catch (ZipException e) {
      throw damaged(file);
    } catch (IOException e) {
      throw new InputException(file.toString(), e, "a .npz file");
    }
    if (arrays.isEmpty()) {
      throw damaged(file);
    }
    return arrays;
  }

  private static InputException damaged(Path file) {
    return new InputException(
        file + " is not a .npz file, or damaged; a zip file of .npy files was needed");
  }

  /** ZipFile leaves it to its user to compare checksums. */
  private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
    byte[] bytes = zip.getInputStream(entry).readAllBytes();
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    if (checksum.getValue() != entry.getCrc()) {
      throw new ZipException("checksum");
    }
    return bytes;
  }
}
