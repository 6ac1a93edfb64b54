package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.kernel.Kernels;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What needs no clock: every benchmark runs, at the right width, and nothing allocates. */
class ForksTest {
  private static final Timing SHORT = new Timing(1, 1, TimeValue.milliseconds(20));

  @TempDir private Path folder;

  private Measurement run(Mode mode, Width width, int bits, int threads, Timing timing) {
    Case of = new Case("MEAN_FLOAT32_NCHW", "1x256x7x7", mode, bits, threads);
    return new JmhFork(timing, folder.resolve("log")).run(new Job(of, Variant.KERNEL, 0), width);
  }

  @Test
  void everyWidthIsTheOneThatRuns() {
    for (Width width : List.of(Width.MAX, Width.BITS_128, Width.SCALAR)) {
      int bits = Probe.bits(width);
      assertTrue(width.accepts(bits));
      Measurement measurement = run(Mode.HOT, width, bits, 1, SHORT);
      assertEquals(bits == 0 ? "scalar" : "vector", measurement.backend());
      assertTrue(measurement.vmFlags().containsAll(width.flags()));
      assertEquals(bits, reported(measurement));
    }
  }

  private static int reported(Measurement measurement) {
    Object metrics = measurement.jmh().get("secondaryMetrics");
    Object metric = ((Map<?, ?>) metrics).get(ForkProfiler.BITS);
    return ((Number) ((Map<?, ?>) metric).get("score")).intValue();
  }

  @Test
  void aForkAtAnotherWidthFails() {
    UserException e =
        assertThrows(UserException.class, () -> run(Mode.HOT, Width.BITS_128, 256, 1, SHORT));
    assertTrue(e.getMessage().startsWith("MEAN_FLOAT32_NCHW 1x256x7x7 hot 256 bits, kernel: "));
  }

  /** Hot runs in the other tests, which a sweep is a row of, and so does allocation. */
  @Test
  void everyOtherModeRuns() {
    int bits = Kernels.backend().bits();
    for (Mode mode : EnumSet.complementOf(EnumSet.of(Mode.HOT, Mode.SWEEP, Mode.ALLOCATION))) {
      int threads = mode == Mode.THREADS ? 2 : 1;
      Measurement measurement = run(mode, Width.MAX, bits, threads, SHORT);
      assertEquals(mode, measurement.mode());
      assertTrue(measurement.median() > 0);
    }
  }

  /** Long enough for C2 on a busy machine. */
  @Test
  void aKernelAllocatesNothing() {
    Timing patient = new Timing(10, 3, TimeValue.milliseconds(50));
    Measurement measurement = run(Mode.ALLOCATION, Width.MAX, Kernels.backend().bits(), 1, patient);
    assertTrue(measurement.bytesPerCall() < 1, measurement.toString());
    assertTrue(measurement.jmh().toString().contains("gc.alloc.rate.norm"));
  }

  /** In this JVM, since each would need a fork of its own: one kernel of every kind. */
  @Test
  void everyKindOfBenchmarkRuns() throws Exception {
    assertEquals(6, runOnce("1x32x7x7", "MEAN_FLOAT32_NCHW", "MAX_GRADIENT_FLOAT32_NHWC"));
    assertEquals(3, runOnce("1x32x7x7-14x14", "CLASS_ACTIVATION_MAP_FLOAT32_NCHW"));
    assertEquals(3, runOnce("2x64x10", DenseLayer.NAME));
  }

  /** How many ran: kernel and scalar, and the roof. */
  private static int runOnce(String shape, String... kernels) throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(KernelBenchmark.class.getName())
                    .include(RoofBenchmark.class.getName())
                    .param("kernel", kernels)
                    .param("shape", shape)
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(1))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    return results.size();
  }
}
