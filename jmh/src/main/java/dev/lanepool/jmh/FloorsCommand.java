package dev.lanepool.jmh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes floors of what was measured. */
@Command(
    name = "floors",
    description =
        "Takes what was measured as the floors from now on; floors of other kernels stay.")
final class FloorsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RESULTS", description = "A result file.")
  private Path given;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The floors to be changed, or to be made; default: ${DEFAULT-VALUE}.")
  private Path output = Path.of("jmh/src/main/resources/dev/lanepool/jmh", Floors.COMMITTED);

  @Override
  public Integer call() {
    Results results = Results.read(given);
    Floors old = Files.exists(output) ? Floors.read(output) : new Floors("", Map.of());
    old.with(results).write(output);
    return 0;
  }
}
