package dev.lanepool.jmh;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Override
  public Integer call() {
    Results results = new Bench(options, spec).run();
    spec.commandLine().getOut().println(new Summary(results));
    spec.commandLine().getOut().println("results: " + options.output());
    return Verdict.worst(
            results.cases().stream().map(of -> Allocations.verdict(results, of)).toList())
        .exitStatus();
  }
}
