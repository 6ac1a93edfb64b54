package dev.lanepool.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Arrays from the files that weights come in: {@code FILE.npy}, or one of several, {@code
 * FILE.npz#NAME} or {@code FILE.safetensors#NAME}.
 */
final class ArrayFile {
  private static final String NEED = "a .npy, .npz or .safetensors file";

  private ArrayFile() {}

  /**
   * Reads an array.
   *
   * @param place the file, and which of its arrays; a file of one array needs no name
   * @throws InputException if it can't be read, or if a value is not finite
   */
  static FloatArray load(Path place) {
    String text = place.toString();
    int mark = text.lastIndexOf('#');
    String file = mark < 0 ? text : text.substring(0, mark);
    String name = mark < 0 ? null : text.substring(mark + 1);
    if (holdsSeveral(file)) {
      return select(file, arrays(Path.of(file)), name).finite();
    }
    return Npy.parse(text, bytes(place, NEED)).finite();
  }

  private static boolean holdsSeveral(String file) {
    return file.endsWith(".npz") || file.endsWith(".safetensors");
  }

  /**
   * All arrays of an .npz or .safetensors file.
   *
   * @return by its name what gives each
   * @throws InputException if the file can't be read, or is another
   */
  static Map<String, Supplier<FloatArray>> arrays(Path file) {
    if (!holdsSeveral(file.toString())) {
      throw new InputException(file + " holds one array; an .npz or .safetensors file was needed");
    }
    return file.toString().endsWith(".npz")
        ? Npz.read(file)
        : Safetensors.parse(file.toString(), bytes(file, NEED));
  }

  private static FloatArray select(
      String file, Map<String, Supplier<FloatArray>> arrays, String name) {
    if (name == null && arrays.size() == 1) {
      return arrays.values().iterator().next().get();
    }
    Supplier<FloatArray> array = arrays.get(name);
    if (array == null) {
      throw new InputException(
          file
              + (name == null ? " holds several arrays" : " holds no array " + name)
              + "; "
              + file
              + "#NAME with one of "
              + arrays.keySet()
              + " was needed");
    }
    return array.get();
  }

  /**
   * Reads a whole file.
   *
   * @throws InputException if it can't be read
   */
  static byte[] bytes(Path file, String need) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException(file.toString(), e, need);
    }
  }
}
