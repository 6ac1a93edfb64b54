package dev.lanepool.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array from NumPy's file format .npy, versions 1.0 to 3.0: little-endian float32 in C order.
 * Everything is checked before an array is made; what doesn't fit is a {@link InputException} that
 * names the file.
 */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final String DTYPE = "'[^']*'|\\[[^\\]]*\\]";
  private static final String ORDER = "True|False";
  private static final String SHAPE = "\\([0-9, ]*\\)";

  /** A Python dictionary of the three fields, in any order, and padding. */
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*(?:'(?:descr|fortran_order|shape)'\\s*:\\s*(?:"
              + String.join("|", DTYPE, ORDER, SHAPE)
              + ")\\s*(?:,\\s*|(?=\\}))){3}\\}\\s*");

  private Npy() {}

  /**
   * Reads a whole file.
   *
   * @param name what messages call it
   * @param file its bytes
   * @return the array
   * @throws InputException if it is damaged or of another kind
   */
  static FloatArray parse(String name, byte[] file) {
    if (file.length < MAGIC.length
        || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new InputException(
          name + " is not a .npy file; one that begins with \\x93NUMPY was needed");
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    require(name, file.length, MAGIC.length + 2, "its version");
    int major = file[MAGIC.length] & 0xff;
    int minor = file[MAGIC.length + 1] & 0xff;
    if (major < 1 || major > 3 || minor != 0) {
      throw new InputException(
          name + " has the format " + major + "." + minor + "; 1.0, 2.0 or 3.0 was needed");
    }
    int headerStart = major == 1 ? 10 : 12;
    require(name, file.length, headerStart, "its header");
    long headerLength = major == 1 ? bytes.getChar(8) : bytes.getInt(8) & 0xffffffffL;
    require(name, file.length, headerStart + headerLength, "its header");
    int dataStart = headerStart + (int) headerLength;
    String header =
        new String(file, headerStart, (int) headerLength, major == 3 ? UTF_8 : ISO_8859_1);

    int[] shape = shape(name, header);
    float[] values = new float[elements(name, shape, file.length - dataStart)];
    bytes.position(dataStart).asFloatBuffer().get(values);
    return new FloatArray(name, shape, values);
  }

  private static void require(String name, int length, long needed, String part) {
    if (length < needed) {
      throw new InputException(
          name + " ends after " + length + " bytes; " + needed + " were needed for " + part);
    }
  }

  private static int[] shape(String name, String header) {
    if (!HEADER.matcher(header).matches()) {
      throw new InputException(
          name
              + " has a damaged header; a dictionary of descr, fortran_order and shape was needed");
    }
    String dtype = field(name, header, "descr", DTYPE);
    if (!dtype.equals("'<f4'")) {
      throw new InputException(
          name + " has the type " + dtype + "; '<f4', little-endian float32, was needed");
    }
    if (field(name, header, "fortran_order", ORDER).equals("True")) {
      throw new InputException(
          name + " has fortran_order True; False, which is C order, was needed");
    }
    String tuple = field(name, header, "shape", SHAPE);
    String extents = tuple.substring(1, tuple.length() - 1).replace(" ", "");
    if (!extents.matches("|([0-9]{1,9},)+([0-9]{1,9})?")) {
      throw new InputException(
          name + " has the shape " + tuple + "; a tuple of extents below 10^9 was needed");
    }
    return Pattern.compile(",")
        .splitAsStream(extents)
        .filter(extent -> !extent.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static String field(String name, String header, String key, String value) {
    Matcher field = Pattern.compile("'" + key + "'\\s*:\\s*(" + value + ")").matcher(header);
    if (!field.find()) {
      throw new InputException(name + " has no usable " + key + " in its header; one was needed");
    }
    return field.group(1);
  }

  /** How many values there are, which is what the shape says, or it is an error. */
  private static int elements(String name, int[] shape, int dataBytes) {
    long bytes = Float.BYTES * FloatArray.count(shape);
    if (bytes != dataBytes) {
      throw new InputException(
          name
              + (dataBytes < bytes ? " is truncated: " : " goes on after its values: ")
              + dataBytes
              + " bytes follow its header; float32 of the shape "
              + Arrays.toString(shape)
              + " was needed");
    }
    return dataBytes / Float.BYTES;
  }
}
