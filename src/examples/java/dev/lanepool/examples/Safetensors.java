package dev.lanepool.examples;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Arrays from the file format safetensors (github.com/huggingface/safetensors): the length of a
 * JSON header, the header with the place of every array, the values. Reads F32, and F16 and BF16,
 * which widen exactly.
 */
final class Safetensors {
  private static final String METADATA = "__metadata__";

  private static final JsonMapper JSON = JsonMapper.shared();

  private enum Type {
    F32(4),
    F16(2),
    BF16(2);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    private float value(ByteBuffer data, int at) {
      return switch (this) {
        case F32 -> data.getFloat(at);
        case F16 -> Float.float16ToFloat(data.getShort(at));
        case BF16 -> Float.intBitsToFloat(data.getShort(at) << 16);
      };
    }
  }

  private final String name;
  private final ByteBuffer data;

  private Safetensors(String name, ByteBuffer data) {
    this.name = name;
    this.data = data;
  }

  /**
   * Reads a whole file.
   *
   * @param name what messages call it
   * @param file its bytes
   * @return by its name what gives each array, or an InputException if that is damaged or of
   *     another type: a network's file has counters beside its weights
   * @throws InputException if it is damaged
   */
  static Map<String, Supplier<FloatArray>> parse(String name, byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < Long.BYTES) {
      throw damaged(name, "it ends after " + file.length + " bytes");
    }
    long header = bytes.getLong();
    if (header < 2 || header > bytes.remaining()) {
      throw damaged(name, "its header would have " + header + " bytes");
    }
    byte[] json = new byte[(int) header];
    bytes.get(json);
    return new Safetensors(name, bytes.slice().order(ByteOrder.LITTLE_ENDIAN)).arrays(json);
  }

  private static InputException damaged(String name, String what) {
    return new InputException(name + " is damaged: " + what + "; a .safetensors file was needed");
  }

  private Map<String, Supplier<FloatArray>> arrays(byte[] json) {
    Map<String, Supplier<FloatArray>> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header(json).properties()) {
      if (!entry.getKey().equals(METADATA)) {
        arrays.put(entry.getKey(), () -> array(name + "#" + entry.getKey(), entry.getValue()));
      }
    }
    return arrays;
  }

  private JsonNode header(byte[] json) {
    try {
      JsonNode header = JSON.readTree(json);
      if (header.isObject()) {
        return header;
      }
    } catch (JacksonException e) {
      // Its words are for programmers; the user needs the line below.
    }
    throw damaged(name, "its header is not a JSON object");
  }

  private FloatArray array(String what, JsonNode entry) {
    Type type = type(what, entry.path("dtype").asString(""));
    int[] shape = integers(what, entry.path("shape"));
    int[] place = integers(what, entry.path("data_offsets"));
    if (place.length != 2
        || place[1] > data.limit()
        || type.bytes * FloatArray.count(shape) != place[1] - place[0]) {
      throw damaged(
          what,
          type
              + " of the shape "
              + Arrays.toString(shape)
              + " would lie at "
              + Arrays.toString(place)
              + " of "
              + data.limit()
              + " bytes");
    }
    float[] values = new float[(place[1] - place[0]) / type.bytes];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.value(data, place[0] + i * type.bytes);
    }
    return new FloatArray(what, shape, values);
  }

  private static Type type(String what, String dtype) {
    for (Type type : Type.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw new InputException(
        what
            + " has the type '"
            + dtype
            + "'; one of "
            + Arrays.toString(Type.values())
            + " was needed");
  }

  private static int[] integers(String what, JsonNode array) {
    int[] integers = new int[array.size()];
    for (int i = 0; i < integers.length; i++) {
      JsonNode value = array.get(i);
      if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < 0) {
        throw damaged(what, "its header has " + value + " for a size");
      }
      integers[i] = value.asInt();
    }
    return integers;
  }
}
