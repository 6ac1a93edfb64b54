package dev.lanepool.jmh;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges against the floors. */
@Command(
    name = "gate",
    description = {
      "Judges kernels by their ratio to the read roof, against the floors: measures first, unless a"
          + " result file is given.",
      "Exit status: 0 all pass, 1 some kernel is slower than its floor or allocates, 3 too noisy to"
          + " tell."
    })
final class GateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private BenchOptions options;

  @Parameters(
      arity = "0..1",
      paramLabel = "RESULTS",
      description = "A result file to judge; without one, the options below say what is measured.")
  private Path given;

  @Option(
      names = "--floors",
      paramLabel = "FILE",
      description = "The floors; default: those that came with the jar.")
  private Path floors;

  @Override
  public Integer call() {
    Floors allowed = floors == null ? Floors.committed() : Floors.read(floors);
    Results results = given == null ? new Bench(options, spec).run() : Results.read(given);
    List<Finding> findings = new Gate(results, allowed).findings();
    PrintWriter out = spec.commandLine().getOut();
    out.println("floors: " + allowed.recorded());
    out.println("here:   " + Floors.place(results) + "\n");
    out.println(Finding.table(findings, "/ roof", "floor"));
    out.println(Finding.count(findings));
    return Finding.exitStatus(findings);
  }
}
