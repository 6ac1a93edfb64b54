package dev.lanepool.jmh;

import dev.lanepool.jmh.report.ReportCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The suite's command line. */
@Command(
    name = "benchmarks",
    description = {
      "Measures lanepool's kernels, and judges what was measured.",
      "What begins with no command is taken as JMH's own options (-h lists them)."
    },
    subcommands = {
      BenchCommand.class,
      GateCommand.class,
      CompareCommand.class,
      FloorsCommand.class,
      ReportCommand.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all is well",
      "1:a kernel got slower, or allocates",
      "2:the command line or a file is wrong",
      "3:too noisy to tell"
    })
public final class Main implements Runnable {
  private static final String[] HELP = Workloads.help().toArray(String[]::new);

  @Spec private CommandSpec spec;

  @Option(
      names = "--help",
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this and exit.")
  private boolean help;

  /**
   * Runs what the command line asks for.
   *
   * @param args a command and its options, or JMH's options
   * @throws Exception if JMH can't write its output
   */
  public static void main(String[] args) throws Exception {
    System.exit(run(args));
  }

  /** Runs a command line; returns the exit status. */
  static int run(String... args) throws Exception {
    CommandLine commands = new CommandLine(new Main());
    for (String measuring : List.of("bench", "gate")) {
      commands.getSubcommands().get(measuring).getCommandSpec().usageMessage().footer(HELP);
    }
    if (args.length > 0 && !isOurs(commands, args[0])) {
      return jmh(args);
    }
    commands.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          if (e instanceof UserException) {
            command.getErr().println("benchmarks: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
          }
          throw e;
        });
    commands.setParameterExceptionHandler(
        (e, arguments) -> {
          commands.getErr().println("benchmarks: " + e.getMessage());
          return CommandLine.ExitCode.USAGE;
        });
    return commands.execute(args);
  }

  private static boolean isOurs(CommandLine commands, String first) {
    return commands.getSubcommands().containsKey(first)
        || commands.getCommandSpec().findOption(first) != null;
  }

  private static int jmh(String[] args) throws Exception {
    try {
      PlainJmh.run(args);
      return CommandLine.ExitCode.OK;
    } catch (UserException e) {
      System.err.println("benchmarks: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing; --help lists them");
  }
}
