package dev.lanepool.jmh.peers;

import ai.onnxruntime.OrtException;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.jmh.Peer;
import dev.lanepool.kernel.KernelSpec;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.Map;

/** ONNX Runtime's GlobalAveragePool and GlobalMaxPool, which only NCHW has. */
public final class OnnxRuntimePool implements Peer {
  private static final Map<Operation, String> OPERATORS =
      Map.of(
          Operation.MEAN, "GlobalAveragePool",
          Operation.MAX, "GlobalMaxPool");

  @Override
  public String name() {
    return "onnxruntime-pool";
  }

  @Override
  public boolean supports(KernelSpec spec) {
    return OPERATORS.containsKey(spec.operation()) && spec.layout() == Layout.NCHW;
  }

  @Override
  public Prepared prepare(KernelSpec spec, FeatureShape shape, float[] x) throws OrtException {
    long[] input = {shape.n(), shape.c(), shape.h(), shape.w()};
    long[] output = {shape.n(), shape.c(), 1, 1};
    byte[] model = OnnxModel.globalPool(OPERATORS.get(spec.operation()), input, output);
    return OnnxRuntimeCall.floats(model, x, input, output);
  }
}
