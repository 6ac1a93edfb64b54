package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The dense layer of ResNet-50's head, 2048 → 1000. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgsPrepend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class DenseBenchmark {
  private static final int INPUTS = 2048;
  private static final int OUTPUTS = 1000;

  @Param({"1", "32"})
  public int batch;

  @Param({"best", "scalar"})
  public String backend;

  private KernelSet kernels;
  private float[] x;
  private float[] weights;
  private float[] bias;
  private float[] y;

  @Setup
  public void setUp() {
    kernels = Inputs.kernels(backend);
    x = Inputs.gaussian((long) batch * INPUTS);
    weights = Inputs.gaussian((long) OUTPUTS * INPUTS);
    bias = Inputs.gaussian(OUTPUTS);
    y = new float[batch * OUTPUTS];
  }

  @Benchmark
  public float[] dense() {
    kernels.dense(x, 0, batch, INPUTS, weights, 0, bias, 0, OUTPUTS, y, 0);
    return y;
  }
}
