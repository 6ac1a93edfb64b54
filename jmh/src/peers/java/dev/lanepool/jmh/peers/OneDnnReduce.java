package dev.lanepool.jmh.peers;

import dev.lanepool.FeatureShape;
import dev.lanepool.jmh.Peer;
import dev.lanepool.kernel.KernelSpec;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reduction;

/** oneDNN's reduction primitive over the spatial axes. */
public final class OneDnnReduce implements Peer {
  private static final Map<Operation, Integer> ALGORITHMS =
      Map.of(
          Operation.MEAN, dnnl.dnnl_reduction_mean,
          Operation.SUM, dnnl.dnnl_reduction_sum,
          Operation.MAX, dnnl.dnnl_reduction_max,
          Operation.MIN, dnnl.dnnl_reduction_min);

  @Override
  public String name() {
    return "onednn-reduce";
  }

  @Override
  public boolean supports(KernelSpec spec) {
    return ALGORITHMS.containsKey(spec.operation());
  }

  @Override
  public Prepared prepare(KernelSpec spec, FeatureShape shape, float[] x) {
    memory.desc input = OneDnnCall.maps(shape, spec.layout());
    memory.desc output = OneDnnCall.pooled(shape, spec.layout());
    int algorithm = ALGORITHMS.get(spec.operation());
    float unusedPower = 0;
    float unusedEpsilon = 0;
    reduction reduction =
        new reduction(
            new reduction.primitive_desc(
                OneDnnCall.CPU, algorithm, input, output, unusedPower, unusedEpsilon));
    return new OneDnnCall(reduction, input, output, x, (int) shape.planes());
  }
}
