package dev.lanepool.jmh.peers;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An ONNX model of one node, from the input x to the output y, as the bytes of its protocol buffer
 * (onnx.proto of ONNX IR version 7). The numbers below are that file's field numbers.
 */
final class OnnxModel {
  static final String INPUT = "x";
  static final String OUTPUT = "y";

  /** The last operator set in which all reductions have their axes as an attribute. */
  private static final int OPERATOR_SET = 12;

  private static final int IR_VERSION = 7;
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_INTS = 7;

  private OnnxModel() {}

  /** Reduces an axis to one number, without keeping it. */
  static byte[] reduction(String operator, long[] input, int axis, long[] output) {
    byte[] attributes =
        message(
            node -> {
              node.writeByteArray(5, ints("axes", axis));
              node.writeByteArray(5, integer("keepdims", 0));
            });
    return model(operator, attributes, input, FLOAT, output);
  }

  /** x·Wᵀ + b, with W and b as constants, which ONNX Runtime brings into the form it likes best. */
  static byte[] gemm(int rows, int inputs, int outputs, float[] weights, float[] bias) {
    byte[] node =
        message(
            m -> {
              m.writeString(1, INPUT);
              m.writeString(1, "w");
              m.writeString(1, "b");
              m.writeString(2, OUTPUT);
              m.writeString(4, "Gemm");
              m.writeByteArray(5, integer("transB", 1));
            });
    byte[] graph =
        message(
            m -> {
              m.writeByteArray(1, node);
              m.writeString(2, "Gemm");
              m.writeByteArray(5, constant("w", weights, outputs, inputs));
              m.writeByteArray(5, constant("b", bias, outputs));
              m.writeByteArray(11, tensor(INPUT, FLOAT, new long[] {rows, inputs}));
              m.writeByteArray(12, tensor(OUTPUT, FLOAT, new long[] {rows, outputs}));
            });
    return model(graph);
  }

  private static byte[] constant(String name, float[] values, long... extents) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return message(
        m -> {
          for (long extent : extents) {
            m.writeInt64(1, extent);
          }
          m.writeInt32(2, FLOAT);
          m.writeString(8, name);
          m.writeByteArray(9, bytes.array());
        });
  }

  /** The index of the first largest value along an axis, which is not kept. */
  static byte[] argMax(long[] input, int axis, long[] output) {
    byte[] attributes =
        message(
            node -> {
              node.writeByteArray(5, integer("axis", axis));
              node.writeByteArray(5, integer("keepdims", 0));
            });
    return model("ArgMax", attributes, input, INT64, output);
  }

  /** A global pooling operator, whose output keeps the spatial axes. */
  static byte[] globalPool(String operator, long[] input, long[] output) {
    return model(operator, new byte[0], input, FLOAT, output);
  }

  private static byte[] model(
      String operator, byte[] attributes, long[] input, int outputType, long[] output) {
    byte[] node =
        message(
            m -> {
              m.writeString(1, INPUT);
              m.writeString(2, OUTPUT);
              m.writeString(4, operator);
              m.writeRawBytes(attributes);
            });
    byte[] graph =
        message(
            m -> {
              m.writeByteArray(1, node);
              m.writeString(2, operator);
              m.writeByteArray(11, tensor(INPUT, FLOAT, input));
              m.writeByteArray(12, tensor(OUTPUT, outputType, output));
            });
    return model(graph);
  }

  private static byte[] model(byte[] graph) {
    return message(
        m -> {
          m.writeInt64(1, IR_VERSION);
          m.writeByteArray(7, graph);
          m.writeByteArray(8, message(set -> set.writeInt64(2, OPERATOR_SET)));
        });
  }

  private static byte[] tensor(String name, int type, long[] extents) {
    byte[] shape =
        message(
            m -> {
              for (long extent : extents) {
                m.writeByteArray(1, message(dimension -> dimension.writeInt64(1, extent)));
              }
            });
    byte[] tensor =
        message(
            m -> {
              m.writeInt32(1, type);
              m.writeByteArray(2, shape);
            });
    return message(
        m -> {
          m.writeString(1, name);
          m.writeByteArray(2, message(t -> t.writeByteArray(1, tensor)));
        });
  }

  private static byte[] integer(String name, long value) {
    return message(
        m -> {
          m.writeString(1, name);
          m.writeInt64(3, value);
          m.writeInt32(20, ATTRIBUTE_INT);
        });
  }

  private static byte[] ints(String name, int onlyValue) {
    return message(
        m -> {
          m.writeString(1, name);
          m.writeInt64(8, onlyValue);
          m.writeInt32(20, ATTRIBUTE_INTS);
        });
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a stream in memory failed", e);
    }
    return bytes.toByteArray();
  }

  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }
}
