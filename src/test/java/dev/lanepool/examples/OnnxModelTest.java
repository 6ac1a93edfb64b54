package dev.lanepool.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Networks of a few nodes: a ReLU whose output is pooled, and a head of each kind. */
class OnnxModelTest {
  /** [2 classes, 3 channels], and the same turned. */
  private static final float[] WEIGHTS = {1, 2, 3, -1, 0, 0.5f};

  private static final float[] TURNED = {1, -1, 2, 0, 3, 0.5f};
  private static final float[] BIAS = {0.25f, -2};

  private static final NodeProto RELU = node("Relu", "features", "picture");
  private static final NodeProto POOL = node("GlobalAveragePool", "pooled", "features");
  private static final NodeProto FLATTEN = node("Flatten", "flat", "pooled");

  @Test
  void gemmWithARowForEachClass() {
    NodeProto gemm =
        node("Gemm", "logits", "flat", "w", "b").toBuilder().addAttribute(one("transB")).build();
    assertHead(
        true,
        parse(List.of(raw("w", WEIGHTS, 2, 3), raw("b", BIAS, 2)), RELU, POOL, FLATTEN, gemm));
  }

  @Test
  void gemmWithAColumnForEachClass() {
    NodeProto gemm = node("Gemm", "logits", "flat", "w", "b");
    assertHead(
        true,
        parse(List.of(floats("w", TURNED, 3, 2), raw("b", BIAS, 2)), RELU, POOL, FLATTEN, gemm));
  }

  @Test
  void matMulAndAdd() {
    NodeProto product = node("MatMul", "product", "flat", "w");
    for (NodeProto add :
        List.of(node("Add", "logits", "product", "b"), node("Add", "logits", "b", "product"))) {
      assertHead(
          true,
          parse(
              List.of(raw("w", TURNED, 3, 2), floats("b", BIAS, 2)),
              RELU,
              POOL,
              FLATTEN,
              product,
              add));
    }
  }

  @Test
  void matMulAlone() {
    NodeProto product = node("MatMul", "logits", "flat", "w");
    assertHead(false, parse(List.of(raw("w", TURNED, 3, 2)), RELU, POOL, FLATTEN, product));
  }

  /** The head that is found, and that the network's logits are what it says of the features. */
  private static void assertHead(boolean withBias, OnnxModel model) {
    assertEquals("features", model.lastFeatures());
    OnnxModel.Head head = model.head("features");
    assertEquals("logits", head.logits());
    assertArrayEquals(new int[] {2, 3}, head.weights().shape());
    assertArrayEquals(WEIGHTS, head.weights().values());
    if (withBias) {
      assertArrayEquals(BIAS, head.bias().values());
    } else {
      assertNull(head.bias());
    }
    float[] picture = {1, 3, 5, 7, -1, 0, 4, 0, 2, 2, -9, 2};
    try (OnnxNetwork network = new OnnxNetwork(model, "features", "logits");
        Arena arena = Arena.ofConfined()) {
      OnnxNetwork.Result result = network.run(picture, 2, 2, arena);
      float[] features = {1, 3, 5, 7, 0, 0, 4, 0, 2, 2, 0, 2};
      assertArrayEquals(features, result.memory().toArray(ValueLayout.JAVA_FLOAT));
      // The means of the features are 4, 1 and 1.5.
      float[] bias = withBias ? BIAS : new float[2];
      assertEquals(1 * 4 + 2 * 1 + 3 * 1.5 + bias[0], result.logits()[0], 1e-5);
      assertEquals(-1 * 4 + 0 * 1 + 0.5 * 1.5 + bias[1], result.logits()[1], 1e-5);
    }
  }

  @Test
  void whatIsNoHeadIsRefused() {
    NodeProto product = node("MatMul", "logits", "flat", "w");
    refused("has no GlobalAveragePool", () -> parse(List.of(), RELU).lastFeatures());
    refused("goes to []", () -> parse(List.of(), RELU, POOL).head("features"));
    refused(
        "goes to [Sigmoid]",
        () -> parse(List.of(), RELU, POOL, node("Sigmoid", "y", "pooled")).head("features"));
    refused(
        "w is not a constant",
        () -> parse(List.of(), RELU, POOL, FLATTEN, product).head("features"));
    refused(
        "holds 6 values; the shape [3, 3]",
        () ->
            parse(List.of(raw("w", TURNED, 3, 3)), RELU, POOL, FLATTEN, product).head("features"));
    TensorProto integers =
        raw("w", TURNED, 3, 2).toBuilder().setDataType(TensorProto.DataType.INT32_VALUE).build();
    refused(
        "w is not a constant of float32",
        () -> parse(List.of(integers), RELU, POOL, FLATTEN, product).head("features"));
  }

  private static void refused(String message, Executable work) {
    String refusal = assertThrows(InputException.class, work).getMessage();
    assertTrue(refusal.contains(message) && refusal.contains("needed"), refusal);
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addOutput(output)
        .addAllInput(List.of(inputs))
        .build();
  }

  private static AttributeProto one(String name) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(1)
        .build();
  }

  private static TensorProto raw(String name, float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return tensor(name, shape).setRawData(ByteString.copyFrom(bytes)).build();
  }

  private static TensorProto floats(String name, float[] values, long... shape) {
    TensorProto.Builder tensor = tensor(name, shape);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static TensorProto.Builder tensor(String name, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long extent : shape) {
      tensor.addDims(extent);
    }
    return tensor;
  }

  private static OnnxModel parse(List<TensorProto> constants, NodeProto... nodes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long extent : new long[] {1, 3, 2, 2}) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(shape)
            .build();
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("graph")
            .addInput(
                ValueInfoProto.newBuilder()
                    .setName("picture")
                    .setType(TypeProto.newBuilder().setTensorType(type)))
            .addAllInitializer(constants)
            .addAllNode(List.of(nodes))
            .build();
    byte[] file =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
            .setGraph(graph)
            .build()
            .toByteArray();
    return OnnxModel.parse("small.onnx", file);
  }
}
