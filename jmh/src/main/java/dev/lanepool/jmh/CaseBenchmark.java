package dev.lanepool.jmh;

import com.sun.management.ThreadMXBean;
import dev.lanepool.kernel.Kernels;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the benchmarks have in common: a kernel, a shape, a mode, and a check of the width. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgsPrepend = {"--add-modules", "jdk.incubator.vector", CaseBenchmark.ALIGNED})
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@org.openjdk.jmh.annotations.Measurement(
    iterations = 3,
    time = 500,
    timeUnit = TimeUnit.MILLISECONDS)
public abstract class CaseBenchmark {
  /** The width that the fork must run at; where it is unset, any will do. */
  static final String BITS = "lanepool.jmh.bits";

  /**
   * Arrays begin where large ones always do, 16 bytes behind a line of the cache. At any of eight
   * places, as they do else, vectors lie across lines or not by luck: the read roof of one fork was
   * 1.8 times as fast as that of the next.
   */
  static final String ALIGNED = "-XX:ObjectAlignmentInBytes=64";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Beyond the caches of today's processors. */
  private static final long COLD_BYTES = 256L << 20;

  /** A name of {@link Workloads}; without one, {@link PlainJmh} sets the usual reductions. */
  @Param("MEAN_FLOAT32_NCHW")
  public String kernel;

  /** A name as {@link Shapes} takes them. */
  @Param({"1x2048x7x7", "1x1024x14x14", "1x64x112x112"})
  public String shape;

  /** {@code hot}, {@code cold} or {@code polluted}. */
  @Param("hot")
  public String mode;

  private int inputs;
  private int next;
  private boolean allocates;
  private long calls;
  private long allocatedBefore;

  Workload workload() {
    Workload workload = Workloads.of(kernel, shape);
    allocates = workload.allocates();
    return workload;
  }

  /** The inputs that are used in turn: one, or in the cold so many that none stays in a cache. */
  <T> Stream<T> inputs(long bytes, Supplier<T> input) {
    boolean cold = mode.equals(Mode.COLD.toString());
    inputs = cold ? Math.toIntExact(Math.ceilDiv(COLD_BYTES, bytes)) : 1;
    return Stream.generate(input).limit(inputs);
  }

  /** Which input the next call takes. */
  int turn() {
    calls++;
    next = next + 1 == inputs ? 0 : next + 1;
    return next;
  }

  /** Runs in the thread that calls. */
  @Setup(Level.Iteration)
  public void startCounting() {
    calls = 0;
    allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
  }

  /** Runs in the thread that called; says nothing of what allocates by design. */
  @TearDown(Level.Iteration)
  public void reportAllocation() {
    if (allocates) {
      return;
    }
    ForkReport.allocatedBytes.add(THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore);
    ForkReport.calls.add(calls);
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
