package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A kernel's first call in a fresh JVM, the choice of the backend included, and how long it takes
 * from then on until calls are as fast as they get.
 */
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.SingleShotTime)
@Fork(
    value = 5,
    jvmArgsPrepend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 0)
@org.openjdk.jmh.annotations.Measurement(iterations = 1)
public class StartupBenchmark extends CaseBenchmark {
  private static final long HORIZON_NANOS = 3_000_000_000L;
  private static final int MOST_CALLS = 1 << 20;

  @Param({"best", "scalar"})
  public String backend;

  private Workload workload;
  private Object input;
  private KernelSet kernels;
  private long start;

  @Setup
  public void setUp() {
    workload = workload();
    input = workload.input();
  }

  @Benchmark
  public Object firstCall() {
    start = System.nanoTime();
    kernels = Inputs.kernels(backend);
    return workload.run(kernels, input);
  }

  @TearDown(Level.Iteration)
  public void callUntilSteady() {
    long[] ends = new long[MOST_CALLS];
    int calls = 0;
    do {
      workload.run(kernels, input);
      ends[calls++] = System.nanoTime() - start;
    } while (calls < MOST_CALLS && ends[calls - 1] < HORIZON_NANOS);
    ForkReport.steadyMicros = SteadyState.nanos(ends, calls) / 1e3;
    checkWidth();
  }
}
