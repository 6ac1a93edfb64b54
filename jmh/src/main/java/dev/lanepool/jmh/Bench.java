package dev.lanepool.jmh;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Runs all forks of a plan, and keeps what they measured in a file. */
final class Bench {
  private final BenchOptions options;
  private final List<String> command;
  private final PrintWriter err;

  /** Runs what the options of a command say. */
  Bench(BenchOptions options, CommandSpec spec) {
    this.options = options;
    this.command = spec.root().commandLine().getParseResult().originalArgs();
    this.err = spec.commandLine().getErr();
  }

  /** Measures; the file has the results after every round. */
  Results run() {
    Path file = options.output();
    JsonFile.checkWritable(file);
    Timing timing = options.timing();
    Map<Integer, Width> widths = options.widths();
    List<Case> cases = options.cases(widths.keySet());
    List<Peer> peers = options.peers();
    List<Job> jobs = Plan.of(cases, of -> Peers.beside(of, peers), options.forks());
    Path log = log();
    JmhFork forks = new JmhFork(timing, log);
    Progress progress = new Progress(err, jobs.size());
    Results results = start();
    for (int i = 0; i < jobs.size(); i++) {
      Job job = jobs.get(i);
      Measurement measurement = forks.run(job, widths.get(job.of().bits()));
      results.measurements().add(measurement);
      progress.done(job, measurement.median());
      if (i + 1 == jobs.size() || jobs.get(i + 1).fork() != job.fork()) {
        results.write(file);
      }
    }
    delete(log);
    return results;
  }

  private Results start() {
    return new Results(
        Results.FORMAT,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        command,
        Machine.here(),
        Jdk.here(),
        new ArrayList<>());
  }

  private static Path log() {
    try {
      return Files.createTempFile("lanepool-jmh", ".log");
    } catch (IOException e) {
      throw new UserException("can't write a log: " + e.getMessage());
    }
  }

  private static void delete(Path log) {
    try {
      Files.delete(log);
    } catch (IOException e) {
      throw new UserException("can't delete " + log + ": " + e.getMessage());
    }
  }
}
