package dev.lanepool.jmh.report;

import dev.lanepool.jmh.Results;
import dev.lanepool.jmh.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a report about result files, or a README's performance section. */
@Command(
    name = "report",
    description = {
      "Makes one HTML page of result files, which opens without a server or a network.",
      "With --readme it rewrites the performance section of a README instead, between the lines",
      Readme.BEGIN + " and " + Readme.END + "."
    })
public final class ReportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Result files of bench.")
  private List<Path> files;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Receives the page; default: report.html.")
  private Path output;

  @Option(
      names = "--readme",
      paramLabel = "FILE",
      description = "A Markdown file with both markers; the page is written only if -o is given.")
  private Path readme;

  @Override
  public void run() {
    List<Results> results = files.stream().map(Results::read).toList();
    if (readme != null) {
      write(readme, Readme.rewrite(readme, read(readme), results));
    }
    if (output != null || readme == null) {
      write(output == null ? Path.of("report.html") : output, Report.html(results));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserException("can't read " + file);
    }
  }

  private void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UserException("can't write " + file);
    }
    spec.commandLine().getOut().println("written: " + file);
  }
}
