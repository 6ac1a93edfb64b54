package dev.lanepool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lanepool.kernel.Kernels;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * What the programs have in common: {@code --help}, and one line with exit status 2 for what can't
 * be used.
 *
 * @param <O> what its command line can say
 * @param name begins that line
 * @param options makes the options, with their defaults
 * @param body does the work, and prints what the user reads; throws an {@link InputException}
 *     before it writes anything where something given can't be used
 */
record Program<O extends ProgramOptions>(
    String name, Supplier<O> options, BiConsumer<O, PrintStream> body) {

  /** Runs the program and ends the JVM where the status isn't 0. */
  void main(String[] args) {
    // Behind Maven's pipe, or in a container, Java would take ASCII and print "0?" for "0°".
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    PrintStream err = new PrintStream(System.err, true, UTF_8);
    int status = run(args, out, err);
    if (status != 0) {
      System.exit(status);
    }
  }

  /**
   * Runs the program.
   *
   * @return the exit status
   */
  int run(String[] args, PrintStream out, PrintStream err) {
    O given = options.get();
    CommandLine command = new CommandLine(given).setCommandName(name).setSeparator(" ");
    command.setExpandAtFiles(false); // "@FILE" is a file of labels
    try {
      if (command.parseArgs(args).isUsageHelpRequested()) {
        command.usage(out, CommandLine.Help.Ansi.OFF);
        return 0;
      }
      requireBackend();
      body.accept(given, out);
      return 0;
    } catch (CommandLine.ParameterException e) {
      return refuse(err, e.getMessage().replace("Error: ", "") + "; see --help");
    } catch (InputException e) {
      return refuse(err, e.getMessage());
    } catch (OutOfMemoryError e) {
      return refuse(
          err, "the files don't fit into memory; smaller ones, or more of it, were needed");
    }
  }

  /** One line, whatever a file's name or header has in it. */
  private int refuse(PrintStream err, String message) {
    err.println(name + ": " + message.replaceAll("\\p{Cntrl}+", " "));
    return 2;
  }

  /** A backend that was asked for and can't be had is the user's to mend. */
  private static void requireBackend() {
    try {
      Kernels.backend();
    } catch (IllegalStateException e) {
      throw new InputException(e.getMessage());
    }
  }

  /**
   * Makes the folder that results go to.
   *
   * @throws InputException if it can't be
   */
  static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(folder.toString(), e, "a folder for the results");
    }
  }

  /**
   * Writes a file, wholly or not at all.
   *
   * @throws InputException if it can't be written
   */
  static void write(byte[] bytes, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try {
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new InputException(file.toString(), e, "a place for a result");
    }
  }
}
