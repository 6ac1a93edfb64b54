package dev.lanepool.jmh.peers;

import ai.onnxruntime.OrtException;
import dev.lanepool.FeatureShape;
import dev.lanepool.jmh.Peer;
import dev.lanepool.kernel.KernelSpec;

/** ONNX Runtime's Gemm, as fully connected layers are exported. */
public final class OnnxRuntimeGemm implements Peer {
  @Override
  public String name() {
    return "onnxruntime-gemm";
  }

  @Override
  public boolean supports(KernelSpec spec) {
    return false;
  }

  @Override
  public Prepared prepare(KernelSpec spec, FeatureShape shape, float[] x) {
    throw new UnsupportedOperationException(name() + " has no reductions");
  }

  @Override
  public boolean supportsDense() {
    return true;
  }

  @Override
  public Prepared prepare(Dense dense) throws OrtException {
    byte[] model =
        OnnxModel.gemm(
            dense.rows(), dense.inputs(), dense.outputs(), dense.weights(), dense.bias());
    long[] input = {dense.rows(), dense.inputs()};
    long[] output = {dense.rows(), dense.outputs()};
    return OnnxRuntimeCall.floats(model, dense.x(), input, output);
  }
}
