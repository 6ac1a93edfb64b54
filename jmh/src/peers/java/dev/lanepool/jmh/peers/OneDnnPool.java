package dev.lanepool.jmh.peers;

import dev.lanepool.FeatureShape;
import dev.lanepool.jmh.Peer;
import dev.lanepool.kernel.KernelSpec;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;

/** oneDNN's pooling with the whole plane as its window. */
public final class OneDnnPool implements Peer {
  private static final Map<Operation, Integer> ALGORITHMS =
      Map.of(
          Operation.MEAN, dnnl.dnnl_pooling_avg_exclude_padding,
          Operation.MAX, dnnl.dnnl_pooling_max);

  @Override
  public String name() {
    return "onednn-pool";
  }

  @Override
  public boolean supports(KernelSpec spec) {
    return ALGORITHMS.containsKey(spec.operation());
  }

  @Override
  public Prepared prepare(KernelSpec spec, FeatureShape shape, float[] x) {
    memory.desc input = OneDnnCall.maps(shape, spec.layout());
    memory.desc output = OneDnnCall.pooled(shape, spec.layout());
    long[] window = {shape.h(), shape.w()};
    long[] one = {1, 1};
    long[] none = {0, 0};
    pooling_forward pooling =
        new pooling_forward(
            new pooling_forward.primitive_desc(
                OneDnnCall.CPU,
                dnnl.dnnl_forward_inference,
                ALGORITHMS.get(spec.operation()),
                input,
                output,
                one,
                window,
                none,
                none,
                none));
    return new OneDnnCall(pooling, input, output, x, (int) shape.planes());
  }
}
