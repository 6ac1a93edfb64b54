package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The gate catches kernels that were made slower, really measured by JMH in forks. */
class PlantedTest {
  /** Iterations shorter than what a scheduler gives a process at a time: most are undisturbed. */
  private static final Timing TIMING = new Timing(10, 60, TimeValue.milliseconds(2));

  private static final int FORKS = 3;

  /** Where the machine is busy. */
  private static final int MOST_FORKS = 12;

  /** In the first-level cache, where an addition takes longer than a load. */
  private static final Case CASE =
      new Case("MEAN_FLOAT32_NCHW", "1x128x7x7", Mode.HOT, Probe.bits(Width.MAX), 1);

  /** The planted kernels are the roof's loop; a quarter more is all that it may take. */
  private static final Floors FLOORS =
      new Floors("nowhere", Map.of()).with(Recorded.results(Recorded.ratio(CASE, 1.25, 1.25)));

  @TempDir private Path folder;

  @Test
  void oneAccumulatorIsCaught() {
    Finding finding = judge("one-accumulator", FORKS);
    assertEquals(Verdict.FAIL, finding.verdict(), finding.toString());
    assertTrue(finding.reason().contains("past the floor"), finding.toString());
  }

  /** Whatever the clock says: bytes are counted, and one fork shows them. */
  @Test
  void boxingIsCaught() {
    Finding finding = judge("boxing", 1);
    assertEquals(Verdict.FAIL, finding.verdict(), finding.toString());
    assertTrue(finding.reason().contains("bytes per call"), finding.toString());
  }

  /** Takes more forks while the gate can't tell. */
  private Finding judge(String planted, int least) {
    List<Measurement> measurements = new ArrayList<>();
    Finding finding = null;
    for (int fork = 0; fork < MOST_FORKS; fork++) {
      measurements.addAll(measure(planted, fork));
      finding = new Gate(Recorded.results(measurements), FLOORS).findings().get(0);
      if (fork + 1 >= least && finding.verdict() != Verdict.INCONCLUSIVE) {
        break;
      }
    }
    return finding;
  }

  private List<Measurement> measure(String planted, int fork) {
    JmhFork forks = new JmhFork(TIMING, folder.resolve("log"));
    return List.of(
        forks.run(new Job(CASE, Variant.KERNEL, fork), Width.MAX, plant(planted)),
        forks.run(new Job(CASE, Variant.ROOF, fork), Width.MAX),
        forks.run(new Job(CASE, Variant.AGAIN, fork), Width.MAX, plant(planted)));
  }

  private static ChainedOptionsBuilder plant(String planted) {
    return JmhFork.include(PlantedBenchmark.class, new OptionsBuilder()).param("planted", planted);
  }
}
