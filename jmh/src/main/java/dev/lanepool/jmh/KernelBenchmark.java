package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A kernel, called once per invocation. */
public class KernelBenchmark extends CaseBenchmark {
  @Param({"best", "scalar"})
  public String backend;

  private KernelSet kernels;
  private Workload workload;
  private Object[] inputs;

  @Setup
  public void setUp() throws Exception {
    kernels = Inputs.kernels(backend);
    workload = workload();
    inputs = inputs(workload.bytes(), workload::input).toArray();
    if (mode.equals(Mode.POLLUTED.toString())) {
      Pollution.run(kernels);
    }
    WarmUp.run(() -> workload.run(kernels, inputs[0]));
    checkWidth();
  }

  @Benchmark
  public Object call() {
    return workload.run(kernels, inputs[turn()]);
  }
}
