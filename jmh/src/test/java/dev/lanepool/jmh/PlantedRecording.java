package dev.lanepool.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures kernels that were made slower, and records one for {@link PlantedTest}, where the
 * machine is quiet: else nothing is written. To be run as {@link QuietRecording}.
 */
public final class PlantedRecording {
  static final Path FILE = Path.of("src/test/resources/planted/one-accumulator.json");

  /** In the first-level cache, where an addition takes longer than a load. */
  static final Case CASE =
      new Case("MEAN_FLOAT32_NCHW", "1x128x7x7", Mode.HOT, Probe.bits(Width.MAX), 1);

  private static final int FORKS = 10;

  /** Iterations shorter than what a scheduler gives a process at a time: most are undisturbed. */
  private static final Timing TIMING = new Timing(10, 60, TimeValue.milliseconds(2));

  private PlantedRecording() {}

  /**
   * Records.
   *
   * @param args none
   * @throws IOException if there is no room for a log
   */
  public static void main(String[] args) throws IOException {
    Path log = Files.createTempFile("planted", ".log");
    List<Measurement> measurements = new ArrayList<>();
    for (int fork = 0; fork < FORKS; fork++) {
      measurements.addAll(measure("one-accumulator", fork, log));
    }
    Files.delete(log);
    Results results = Recorded.here("PlantedRecording", CASE, measurements);
    double noise = new Ratios(results).noise(CASE).orElseThrow();
    System.out.println("A/A ±" + Text.percent(noise));
    if (noise > Verdict.NOISE) {
      System.err.println("more than " + Text.percent(Verdict.NOISE) + " is too much");
      System.exit(Verdict.INCONCLUSIVE.exitStatus());
    }
    Files.createDirectories(FILE.getParent());
    results.write(FILE);
  }

  /** A planted kernel, the roof beside it, and the kernel again. */
  static List<Measurement> measure(String planted, int fork, Path log) {
    JmhFork forks = new JmhFork(TIMING, log);
    return List.of(
        forks.run(new Job(CASE, Variant.KERNEL, fork), Width.MAX, plant(planted)),
        forks.run(new Job(CASE, Variant.ROOF, fork), Width.MAX),
        forks.run(new Job(CASE, Variant.AGAIN, fork), Width.MAX, plant(planted)));
  }

  private static ChainedOptionsBuilder plant(String planted) {
    return JmhFork.include(PlantedBenchmark.class, new OptionsBuilder()).param("planted", planted);
  }
}
