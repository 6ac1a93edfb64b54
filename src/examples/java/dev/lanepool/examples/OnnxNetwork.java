package dev.lanepool.examples;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.lanepool.FeatureShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network in ONNX Runtime that hands out its last feature map in memory that ONNX Runtime wrote
 * itself: the tensor is given to it as the place for the output, and nothing is copied afterwards.
 */
final class OnnxNetwork implements AutoCloseable {
  /** A cache line, and the widest vector. */
  private static final int ALIGNMENT = 64;

  private final OrtEnvironment environment =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "lanepool");

  private final String name;
  private final String features;
  private final String logits;
  private final OrtSession session;

  /**
   * Loads a network.
   *
   * @param model the file
   * @param features the name of the feature map
   * @param logits the name of the scores to compare with, or null
   * @throws InputException if ONNX Runtime can't run it
   */
  OnnxNetwork(OnnxModel model, String features, String logits) {
    this.name = model.name();
    this.features = features;
    this.logits = logits;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      // A picture takes milliseconds; threads that wait for the next one by spinning take a core.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      byte[] cut =
          model.withOutputs(logits == null ? List.of(features) : List.of(features, logits));
      this.session = environment.createSession(cut, options);
    } catch (OrtException e) {
      throw refused(e);
    }
  }

  private InputException refused(OrtException e) {
    return new InputException(
        name + ": ONNX Runtime says " + e.getMessage() + "; a network that it runs was needed");
  }

  /**
   * What a network made of a picture.
   *
   * @param memory the feature maps, native memory, C order
   * @param shape their shape, NCHW
   * @param logits the network's own scores, or null
   */
  record Result(MemorySegment memory, FeatureShape shape, float[] logits) {}

  /**
   * Runs the network.
   *
   * @param values 3·height·width values
   * @param arena owns the memory of the result
   * @throws InputException if the network can't take them, or the tensor is no feature map
   */
  Result run(float[] values, int height, int width, Arena arena) {
    long[] inputShape = {1, 3, height, width};
    String input = session.getInputNames().iterator().next();
    try (OnnxTensor picture =
        OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), inputShape)) {
      Map<String, OnnxTensor> inputs = Map.of(input, picture);
      FeatureShape shape = shape(inputs);
      long bytes = shape.elements() * Float.BYTES;
      MemorySegment memory = arena.allocate(bytes, ALIGNMENT);
      FloatBuffer place = memory.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
      long[] outputShape = {shape.n(), shape.c(), shape.h(), shape.w()};
      try (OnnxTensor output = OnnxTensor.createTensor(environment, place, outputShape);
          OrtSession.Result result = session.run(inputs, others(), Map.of(features, output))) {
        return new Result(memory, shape, logits == null ? null : floats(result));
      }
    } catch (OrtException e) {
      throw refused(e);
    }
  }

  private Set<String> others() {
    return logits == null ? Set.of() : Set.of(logits);
  }

  /** Known for certain only once the network has run. */
  private FeatureShape shape(Map<String, OnnxTensor> inputs) throws OrtException {
    try (OrtSession.Result result = session.run(inputs, Set.of(features))) {
      TensorInfo info = (TensorInfo) result.get(0).getInfo();
      long[] shape = info.getShape();
      if (shape.length != 4 || info.getNumElements() == 0 || info.type != OnnxJavaType.FLOAT) {
        throw new InputException(
            name
                + ": "
                + features
                + " is a tensor of "
                + info.type
                + " and of the shape "
                + Arrays.toString(shape)
                + "; float32 of the shape [N, C, H, W] was needed");
      }
      return new FeatureShape((int) shape[0], (int) shape[1], (int) shape[2], (int) shape[3]);
    }
  }

  private float[] floats(OrtSession.Result result) throws OrtException {
    FloatBuffer buffer = ((OnnxTensor) result.get(logits).orElseThrow()).getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw refused(e);
    }
  }
}
