package dev.lanepool.jmh;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures, and keeps the results in a file. */
@Command(
    name = "bench",
    description = {
      "Measures kernels, each beside the scalar one, the read roof and itself.",
      "Exit status 1 where a kernel allocates in half of its forks or more, 3 where in fewer."
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private BenchOptions options;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Receives the results; default: ${DEFAULT-VALUE}.")
  private Path output = Path.of("results.json");

  @Override
  public Integer call() {
    List<String> command = spec.root().commandLine().getParseResult().originalArgs();
    Results results = new Bench(options, command, spec.commandLine().getErr()).run(output);
    spec.commandLine().getOut().println(new Summary(results));
    spec.commandLine().getOut().println("results: " + output);
    return Verdict.worst(
            results.cases().stream().map(of -> Allocations.verdict(results, of)).toList())
        .exitStatus();
  }
}
