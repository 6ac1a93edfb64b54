package dev.lanepool.jmh.peers;

import ai.onnxruntime.OrtException;
import dev.lanepool.FeatureShape;
import dev.lanepool.jmh.Peer;
import dev.lanepool.kernel.KernelSpec;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.Map;

/** ONNX Runtime's ReduceMean and its kin, and ArgMax, over the spatial axes of either layout. */
public final class OnnxRuntimeReduce implements Peer {
  private static final Map<Operation, String> OPERATORS =
      Map.of(
          Operation.MEAN, "ReduceMean",
          Operation.SUM, "ReduceSum",
          Operation.MAX, "ReduceMax",
          Operation.MIN, "ReduceMin",
          Operation.ARG_MAX, "ArgMax");

  @Override
  public String name() {
    return "onnxruntime-reduce";
  }

  @Override
  public boolean supports(KernelSpec spec) {
    return OPERATORS.containsKey(spec.operation());
  }

  @Override
  public Prepared prepare(KernelSpec spec, FeatureShape shape, float[] x) throws OrtException {
    long[] output = {shape.n(), shape.c()};
    long[] input = Axes.extents(spec.layout(), shape);
    int axis = Axes.spatial(spec.layout());
    if (spec.operation() == Operation.ARG_MAX) {
      byte[] model = OnnxModel.argMax(input, axis, output);
      return OnnxRuntimeCall.indices(model, x, input, output);
    }
    byte[] model = OnnxModel.reduction(OPERATORS.get(spec.operation()), input, axis, output);
    return OnnxRuntimeCall.floats(model, x, input, output);
  }
}
