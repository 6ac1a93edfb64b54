package dev.lanepool.jmh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

  private static final List<String> COMMAND =
      List.of("bench", "--kernels", "MEAN_FLOAT32_NCHW", "--shapes", "1x2048x7x7", "--forks", "3");

  private QuietRecording() {}

  /**
   * Records.
   *
   * @param args none
   * @throws Exception if a run fails, or can't be written
   */
  public static void main(String[] args) throws Exception {
    Path file = Files.createTempFile("quiet", ".json");
    List<Results> runs = new ArrayList<>();
    int quiet = 0;
    for (int run = 1; run <= RUNS; run++) {
      List<String> command = new ArrayList<>(COMMAND);
      command.addAll(List.of("-o", file.toString()));
      Main.run(command.toArray(String[]::new));
      runs.add(small(Results.read(file)));
      double noise = noise(runs.get(run - 1));
      quiet += noise <= Verdict.NOISE ? 1 : 0;
      System.out.println("run " + run + ": A/A ±" + Text.percent(noise));
    }
    Files.delete(file);
    if (quiet < QUIET_RUNS) {
      System.err.println(quiet + " runs are quiet; " + QUIET_RUNS + " are needed");
      System.exit(Verdict.INCONCLUSIVE.exitStatus());
    }
    for (int run = 1; run <= RUNS; run++) {
      runs.get(run - 1).write(FOLDER.resolve(String.format("%02d.json", run)));
    }
  }

  private static double noise(Results run) {
    return new Ratios(run).noise(run.cases().iterator().next()).orElseThrow();
  }

  /** Without JMH's own records and the scalar forks, and of the samples the median alone. */
  private static Results small(Results run) {
    return new Results(
        run.format(),
        run.date(),
        COMMAND,
        run.machine(),
        run.jdk(),
        run.measurements().stream()
            .filter(m -> !m.variant().equals(Variant.SCALAR))
            .map(m -> Recorded.fork(m.of(), m.variant(), m.fork(), m.median(), m.bytesPerCall()))
            .toList());
  }
}
