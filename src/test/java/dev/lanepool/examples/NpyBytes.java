package dev.lanepool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Builds .npy files byte by byte, good ones and damaged ones. */
final class NpyBytes {
  private NpyBytes() {}

  /** A good file of format 1.0. */
  static byte[] of(int[] shape, float... values) {
    return of(1, header("'<f4'", "False", tuple(shape)), values);
  }

  /** As NumPy writes it, with padding that ends in a line feed. */
  static String header(String descr, String fortranOrder, String shape) {
    return "{'descr': %s, 'fortran_order': %s, 'shape': %s, }    %n"
        .formatted(descr, fortranOrder, shape);
  }

  static String tuple(int... shape) {
    String extents =
        Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    return shape.length == 1 ? "(" + extents + ",)" : "(" + extents + ")";
  }

  static byte[] of(int major, String header, float... values) {
    byte[] text = header.getBytes(UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate((major == 1 ? 10 : 12) + text.length + values.length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, 0});
    if (major == 1) {
      file.putShort((short) text.length);
    } else {
      file.putInt(text.length);
    }
    file.put(text);
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }
}
