package dev.lanepool.jmh;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges one result file against another. */
@Command(
    name = "compare",
    description = {
      "Judges what got slower from one result file to another: two JDKs, two commits.",
      "Ratios to the read roof are compared where both files have them, times elsewhere.",
      "Exit status: 0 nothing is slower, 1 something is, 3 too noisy to tell."
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "A", description = "The result file to compare with.")
  private Path before;

  @Parameters(paramLabel = "B", description = "The result file to judge.")
  private Path after;

  @Override
  public Integer call() {
    Results a = Results.read(before);
    Results b = Results.read(after);
    List<Finding> findings = new Comparison(a, b).findings();
    PrintWriter out = spec.commandLine().getOut();
    out.println("A: " + before + ", " + Floors.place(a));
    out.println("B: " + after + ", " + Floors.place(b) + "\n");
    out.println(Finding.table(findings, "B / A", "of"));
    out.println(Finding.count(findings));
    return Finding.exitStatus(findings);
  }
}
