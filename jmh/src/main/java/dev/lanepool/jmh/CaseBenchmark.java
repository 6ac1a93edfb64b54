package dev.lanepool.jmh;

import dev.lanepool.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the benchmarks have in common: a kernel, a shape, a mode, and a check of the width. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgsPrepend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@org.openjdk.jmh.annotations.Measurement(
    iterations = 3,
    time = 500,
    timeUnit = TimeUnit.MILLISECONDS)
public abstract class CaseBenchmark {
  /** The width that the fork must run at; where it is unset, any will do. */
  static final String BITS = "lanepool.jmh.bits";

  /** Beyond the caches of today's processors. */
  private static final long COLD_BYTES = 256L << 20;

  /** A name of {@link Workloads#kernels}; without one, {@link PlainJmh} sets all reductions. */
  @Param("MEAN_FLOAT32_NCHW")
  public String kernel;

  /** A name as {@link Shapes} takes them. */
  @Param({"1x2048x7x7", "1x1024x14x14", "1x64x112x112"})
  public String shape;

  /** {@code hot}, {@code cold} or {@code polluted}. */
  @Param("hot")
  public String mode;

  Workload workload() {
    return Workloads.of(kernel, shape);
  }

  /** How many inputs of this size are used in turn. */
  int inputs(long bytes) {
    return mode.equals(Mode.COLD.toString()) ? Math.toIntExact(Math.ceilDiv(COLD_BYTES, bytes)) : 1;
  }

  /** Fails unless the library runs at the width that was asked for, and reports it. */
  static void checkWidth() {
    int bits = Kernels.backend().bits();
    int wanted = Integer.getInteger(BITS, bits);
    if (bits != wanted) {
      throw new IllegalStateException(
          "the fork runs on " + Kernels.backend() + "; " + wanted + " bits were needed");
    }
    ForkReport.bits = bits;
  }
}
