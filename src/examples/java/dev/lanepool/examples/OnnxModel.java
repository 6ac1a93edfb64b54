package dev.lanepool.examples;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A network in an ONNX file: what stands at its end, and the same network with other outputs. */
final class OnnxModel {
  /** What may stand between the pooling and the dense layer: only the shape changes. */
  private static final Set<String> RESHAPES = Set.of("Flatten", "Reshape", "Squeeze", "Identity");

  private static final Set<String> DENSE_OR_RESHAPE =
      Set.of("Flatten", "Reshape", "Squeeze", "Identity", "Gemm", "MatMul");

  private final String name;
  private final ModelProto model;
  private final Map<String, TensorProto> constants = new HashMap<>();

  private OnnxModel(String name, ModelProto model) {
    this.name = name;
    this.model = model;
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      constants.put(tensor.getName(), tensor);
    }
    for (NodeProto node : nodes()) {
      for (AttributeProto attribute : node.getAttributeList()) {
        if (node.getOpType().equals("Constant") && attribute.hasT()) {
          constants.put(node.getOutput(0), attribute.getT());
        }
      }
    }
  }

  /**
   * Reads a model.
   *
   * @param name what messages call it
   * @param file its bytes
   * @throws InputException if it is not one
   */
  static OnnxModel parse(String name, byte[] file) {
    try {
      ModelProto model = ModelProto.parseFrom(file);
      if (model.getGraph().getNodeCount() > 0) {
        return new OnnxModel(name, model);
      }
    } catch (InvalidProtocolBufferException e) {
      // Its words are for programmers; the user needs the line below.
    }
    throw new InputException(name + " is not an ONNX model; a whole .onnx file was needed");
  }

  /** What messages call it. */
  String name() {
    return name;
  }

  private List<NodeProto> nodes() {
    return model.getGraph().getNodeList();
  }

  private Stream<NodeProto> readers(String tensor) {
    return nodes().stream().filter(node -> node.getInputList().contains(tensor));
  }

  /**
   * Where the network pools.
   *
   * @return the name of the last feature map: what the last global average pooling reads
   * @throws InputException if the network has no such node
   */
  String lastFeatures() {
    return nodes().stream()
        .filter(node -> node.getOpType().equals("GlobalAveragePool"))
        .reduce((first, second) -> second)
        .map(node -> node.getInput(0))
        .orElseThrow(
            () ->
                new InputException(
                    name
                        + " has no GlobalAveragePool; the name of a tensor, --tensor, was needed"));
  }

  /**
   * Whether the network computes a tensor of that name.
   *
   * @throws InputException if it doesn't
   */
  void require(String tensor) {
    if (nodes().stream().noneMatch(node -> node.getOutputList().contains(tensor))) {
      throw new InputException(
          name + " has no tensor " + tensor + "; the name of one that a node computes was needed");
    }
  }

  /**
   * The dense layer behind the global average pooling of a tensor.
   *
   * @param weights [classes, channels]
   * @param bias [classes], or null
   * @param logits the name of what it computes
   */
  record Head(FloatArray weights, FloatArray bias, String logits) {}

  /**
   * Finds the head of the network: global average pooling, perhaps a change of shape, then Gemm, or
   * MatMul and perhaps Add.
   *
   * @param tensor the name of what is pooled
   * @throws InputException if something else follows it
   */
  Head head(String tensor) {
    NodeProto dense = reader(tensor, Set.of("GlobalAveragePool"));
    do {
      dense = reader(dense.getOutput(0), DENSE_OR_RESHAPE);
    } while (RESHAPES.contains(dense.getOpType()));
    FloatArray weights = constant(dense.getInput(1));
    if (dense.getOpType().equals("Gemm")) {
      boolean rowPerClass = number(dense, "transB") == 1;
      FloatArray bias = dense.getInputCount() > 2 ? constant(dense.getInput(2)) : null;
      return new Head(rowPerClass ? weights : weights.transpose(), bias, dense.getOutput(0));
    }
    String product = dense.getOutput(0);
    return readers(product)
        .filter(node -> node.getOpType().equals("Add"))
        .findFirst()
        .map(
            add ->
                new Head(
                    weights.transpose(),
                    constant(add.getInput(add.getInput(0).equals(product) ? 1 : 0)),
                    add.getOutput(0)))
        .orElseGet(() -> new Head(weights.transpose(), null, product));
  }

  private NodeProto reader(String tensor, Set<String> operators) {
    return readers(tensor)
        .filter(node -> operators.contains(node.getOpType()))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    name
                        + ": "
                        + tensor
                        + " goes to "
                        + readers(tensor).map(NodeProto::getOpType).distinct().toList()
                        + "; one of "
                        + new TreeSet<>(operators)
                        + " was needed, or the classifier's weights, --weights"));
  }

  private static long number(NodeProto node, String attribute) {
    return node.getAttributeList().stream()
        .filter(each -> each.getName().equals(attribute))
        .mapToLong(AttributeProto::getI)
        .findFirst()
        .orElse(0);
  }

  private FloatArray constant(String tensor) {
    TensorProto constant = constants.get(tensor);
    String what = name + ": " + tensor;
    if (constant == null || constant.getDataType() != TensorProto.DataType.FLOAT_VALUE) {
      throw new InputException(what + " is not a constant of float32, which was needed");
    }
    int[] shape = constant.getDimsList().stream().mapToInt(Long::intValue).toArray();
    ByteBuffer raw = constant.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    float[] values =
        new float[Math.max(raw.remaining() / Float.BYTES, constant.getFloatDataCount())];
    for (int i = 0; i < values.length; i++) {
      values[i] = raw.hasRemaining() ? raw.getFloat() : constant.getFloatData(i);
    }
    if (FloatArray.count(shape) != values.length) {
      throw new InputException(
          what
              + " holds "
              + values.length
              + " values; the shape "
              + Arrays.toString(shape)
              + " was needed");
    }
    return new FloatArray(what, shape, values);
  }

  /**
   * The same network with other outputs.
   *
   * @param tensors the names of tensors that its nodes compute
   * @return a whole .onnx file
   */
  byte[] withOutputs(List<String> tensors) {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
    for (String tensor : tensors) {
      graph.addOutput(ValueInfoProto.newBuilder().setName(tensor));
    }
    return model.toBuilder().setGraph(graph).build().toByteArray();
  }
}
