package dev.lanepool.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Records the runs that {@link QuietTest} reads, where the machine is quiet: else nothing is
 * written. After {@code ./mvnw package} in the folder jmh, and there:
 *
 * <pre>java -cp target/test-classes:target/benchmarks.jar dev.lanepool.jmh.QuietRecording</pre>
 */
public final class QuietRecording {
  static final Path FOLDER = Path.of("src/test/resources/quiet");
  static final int RUNS = 20;

  /** So many must be able to tell. */
  private static final int QUIET_RUNS = 15;

  private static final int FORKS = 5;
  private static final Timing TIMING = new Timing(30, 60, TimeValue.milliseconds(2));
  private static final Case CASE =
      new Case("MEAN_FLOAT32_NCHW", "1x2048x7x7", Mode.HOT, Probe.bits(Width.MAX), 1);

  private QuietRecording() {}

  /**
   * Records.
   *
   * @param args none
   * @throws IOException if there is no room for a log
   */
  public static void main(String[] args) throws IOException {
    List<Results> runs = new ArrayList<>();
    int quiet = 0;
    for (int run = 1; run <= RUNS; run++) {
      Results results = record();
      double noise = new Ratios(results).noise(CASE).orElseThrow();
      System.out.println("run " + run + ": A/A ±" + Text.percent(noise));
      quiet += noise <= Verdict.NOISE ? 1 : 0;
      runs.add(results);
    }
    if (quiet < QUIET_RUNS) {
      System.err.println(quiet + " runs are quiet; " + QUIET_RUNS + " are needed");
      System.exit(Verdict.INCONCLUSIVE.exitStatus());
    }
    for (int run = 1; run <= RUNS; run++) {
      runs.get(run - 1).write(FOLDER.resolve(String.format("%02d.json", run)));
    }
  }

  /** As bench does, without the scalar forks. */
  private static Results record() throws IOException {
    Path log = Files.createTempFile("quiet", ".log");
    JmhFork forks = new JmhFork(TIMING, log);
    List<Measurement> measurements = new ArrayList<>();
    for (Job job : Plan.of(List.of(CASE), of -> List.of(), FORKS)) {
      if (!job.variant().equals(Variant.SCALAR)) {
        measurements.add(forks.run(job, Width.MAX));
      }
    }
    Files.delete(log);
    return Recorded.here("QuietRecording", CASE, measurements);
  }
}
