package dev.lanepool.examples;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every program's command line has. */
@Command(
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {"", "What can't be used is one line on stderr and exit status 2."})
abstract class ProgramOptions {
  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the results go: ${DEFAULT-VALUE} if left out.")
  Path out;

  @Option(names = "--help", usageHelp = true, description = "This text.")
  boolean help;

  ProgramOptions(String out) {
    this.out = Path.of(out);
  }
}
