package dev.lanepool.jmh;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks. Takes JMH's own options; unless {@code -p kernel=…} names some, all
 * reductions of the list of kernels are measured.
 */
public final class Main {
  private Main() {}

  /**
   * Runs what the command line asks for.
   *
   * @param args JMH's options
   * @throws Exception if JMH can't write its output
   */
  public static void main(String[] args) throws Exception {
    try {
      CommandLineOptions options = new CommandLineOptions(args);
      if (options.shouldHelp()) {
        System.out.println(
            "JMH's options; \"-p kernel=MEAN_FLOAT32_NCHW,…\" chooses reductions, of these:");
        System.out.println("  " + String.join("\n  ", KernelNames.all()) + "\n");
        options.showHelp();
        return;
      }
      run(options);
    } catch (CommandLineOptionException | RunnerException e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void run(CommandLineOptions options) throws Exception {
    Runner list = new Runner(options);
    if (options.shouldList()) {
      list.list();
      return;
    }
    ChainedOptionsBuilder builder = new OptionsBuilder().parent(options);
    if (!options.getParameter("kernel").hasValue()) {
      builder.param("kernel", KernelNames.all());
    }
    new Runner(builder.build()).run();
  }
}
