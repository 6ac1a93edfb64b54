package dev.lanepool.jmh;

import com.sun.management.ThreadMXBean;
import dev.lanepool.kernel.KernelSet;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A kernel, called once per invocation. */
public class KernelBenchmark extends CaseBenchmark {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Param({"best", "scalar"})
  public String backend;

  private KernelSet kernels;
  private Workload workload;
  private Object[] inputs;
  private int next;
  private long calls;
  private long allocatedBefore;

  @Setup
  public void setUp() {
    kernels = Inputs.kernels(backend);
    workload = workload();
    inputs = IntStream.range(0, inputs(workload.bytes())).mapToObj(i -> workload.input()).toArray();
    if (mode.equals(Mode.POLLUTED.toString())) {
      Pollution.run(kernels);
    }
    checkWidth();
  }

  @Setup(Level.Iteration)
  public void startCounting() {
    calls = 0;
    allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
  }

  @TearDown(Level.Iteration)
  public void report() {
    ForkReport.allocatedBytes.add(THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore);
    ForkReport.calls.add(calls);
  }

  @Benchmark
  public Object call() {
    calls++;
    next = next + 1 == inputs.length ? 0 : next + 1;
    return workload.run(kernels, inputs[next]);
  }
}
