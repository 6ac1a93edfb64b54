package dev.lanepool.jmh.peers;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lanepool.jmh.Peer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/** A session of one node on one thread; input and output are made once, in native memory. */
final class OnnxRuntimeCall implements Peer.Prepared {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
  private final OrtSession session;
  private final OnnxTensor output;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  private OnnxRuntimeCall(byte[] model, OnnxTensor input, OnnxTensor output) throws OrtException {
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    session = ENVIRONMENT.createSession(model, options);
    this.output = output;
    inputs = Map.of(OnnxModel.INPUT, input);
    outputs = Map.of(OnnxModel.OUTPUT, output);
  }

  /** A model with float results. */
  static OnnxRuntimeCall floats(byte[] model, float[] x, long[] input, long[] output)
      throws OrtException {
    FloatBuffer y = direct(size(output) * Float.BYTES).asFloatBuffer();
    return new OnnxRuntimeCall(
        model, tensor(x, input), OnnxTensor.createTensor(ENVIRONMENT, y, output));
  }

  /** A model whose results are indices. */
  static OnnxRuntimeCall indices(byte[] model, float[] x, long[] input, long[] output)
      throws OrtException {
    LongBuffer y = direct(size(output) * Long.BYTES).asLongBuffer();
    return new OnnxRuntimeCall(
        model, tensor(x, input), OnnxTensor.createTensor(ENVIRONMENT, y, output));
  }

  private static OnnxTensor tensor(float[] x, long[] extents) throws OrtException {
    FloatBuffer buffer = direct(x.length * Float.BYTES).asFloatBuffer().put(x).rewind();
    return OnnxTensor.createTensor(ENVIRONMENT, buffer, extents);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static int size(long[] extents) {
    return (int) Arrays.stream(extents).reduce(1, Math::multiplyExact);
  }

  @Override
  public void run() throws OrtException {
    session.run(inputs, outputs).close();
  }

  @Override
  public float[] result() {
    if (output.getInfo().type == OnnxJavaType.FLOAT) {
      FloatBuffer values = output.getFloatBuffer();
      float[] y = new float[values.remaining()];
      values.get(y);
      return y;
    }
    LongBuffer indices = output.getLongBuffer();
    float[] y = new float[indices.remaining()];
    for (int i = 0; i < y.length; i++) {
      y[i] = indices.get(i);
    }
    return y;
  }

  /**
   * In this order: ONNX Runtime frees its environment when the JVM exits, and whatever still uses
   * it then may crash.
   */
  @Override
  public void close() {
    try {
      session.close();
      options.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not close a session", e);
    }
    inputs.values().forEach(OnnxTensor::close);
    output.close();
  }
}
