package dev.lanepool.jmh;

import dev.lanepool.kernel.Backend;
import dev.lanepool.kernel.Kernels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks a JVM with the flags of a width at which one the library really runs there. */
final class Probe {
  private static final String ANSWER = "lanepool bits ";

  private Probe() {}

  /** Runs in that JVM. */
  public static void main(String[] args) {
    Backend backend = Kernels.backend();
    System.out.println(ANSWER + backend.bits() + " " + backend);
  }

  /**
   * The bits that a width has here.
   *
   * @throws UserException if this machine lacks it
   */
  static int bits(Width width) {
    String output = ask(width.flags());
    String answer = output.lines().filter(line -> line.startsWith(ANSWER)).findFirst().orElse("");
    if (answer.isEmpty()) {
      throw missing(width, output.lines().findFirst().orElse("the JVM says nothing"));
    }
    String[] words = answer.substring(ANSWER.length()).split(" ", 2);
    int bits = Integer.parseInt(words[0]);
    if (!width.accepts(bits)) {
      throw missing(width, "the library runs on " + words[1]);
    }
    return bits;
  }

  private static UserException missing(Width width, String reason) {
    return new UserException("width " + width + " can't be had on this machine: " + reason);
  }

  private static String ask(List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UserException("can't start " + command.get(0) + ": " + e.getMessage());
    }
  }
}
