package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.KernelSpec;
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

/** Every reduction of the list of kernels, on the shapes of real heads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgsPrepend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ReductionBenchmark {
  /** A place of {@link KernelSpec#all()} by name; {@link Main} sets all of them. */
  @Param("MEAN_FLOAT32_NCHW")
  public String kernel;

  @Param({"1x2048x7x7", "1x1024x14x14", "1x64x112x112"})
  public String shape;

  @Param({"best", "scalar"})
  public String backend;

  private KernelSpec spec;
  private KernelSet kernels;
  private FeatureShape extents;
  private float[] x;
  private float[] y;
  private int[] index;

  @Setup
  public void setUp() {
    spec = KernelNames.find(kernel);
    kernels = Inputs.kernels(backend);
    extents = Shapes.parse(shape);
    int planes = Math.toIntExact(extents.planes());
    x = Inputs.gaussian(extents.elements());
    y = new float[spec.operation().outputs() * planes];
    index = new int[planes];
  }

  @Benchmark
  public float[] reduce() {
    spec.run(kernels, x, 0, extents, y, 0, index, 0);
    return y;
  }
}
