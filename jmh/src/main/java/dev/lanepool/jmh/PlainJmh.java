package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSpec.Storage;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** JMH's own command line, where the usual reductions are measured unless some are named. */
final class PlainJmh {
  private PlainJmh() {}

  static void run(String[] args) throws Exception {
    try {
      CommandLineOptions options = new CommandLineOptions(args);
      if (options.shouldHelp()) {
        options.showHelp();
        return;
      }
      if (options.shouldList()) {
        new Runner(options).list();
        return;
      }
      ChainedOptionsBuilder builder = new OptionsBuilder().parent(options);
      if (!options.getParameter("kernel").hasValue()) {
        builder.param("kernel", usual());
      }
      new Runner(builder.build()).run();
    } catch (NoBenchmarksException e) {
      throw new UserException("no benchmark matches " + String.join(" ", args));
    } catch (CommandLineOptionException | RunnerException e) {
      throw new UserException(e.getMessage());
    }
  }

  private static String[] usual() {
    return Workloads.matching(Workloads.USUAL, kernel -> kernel.storage() == Storage.ARRAY).stream()
        .filter(kernel -> kernel.reduction().isPresent())
        .map(Kernel::name)
        .toArray(String[]::new);
  }
}
