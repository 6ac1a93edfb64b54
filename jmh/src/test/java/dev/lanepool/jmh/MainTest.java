package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit statuses and messages, as a shell would see them. */
class MainTest {
  private static final Case CASE = new Case("MEAN_FLOAT32_NCHW", "1x2048x7x7", Mode.HOT, 256, 1);

  @TempDir private Path folder;

  private record Run(int status, String out, String err) {}

  private static Run run(String... args) throws Exception {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    try {
      int status = Main.run(args);
      return new Run(
          status,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private void usage(String message, String... args) throws Exception {
    Run run = run(args);
    assertEquals(2, run.status);
    assertEquals("benchmarks: " + message + System.lineSeparator(), run.err);
  }

  @Test
  void mistakesGetOneLine() throws Exception {
    usage("a command is missing; --help lists them");
    usage("no benchmark matches bonch", "bonch");
    usage("width is 64; one of max, 512, 256, 128, scalar was needed", "bench", "--widths", "64");
    String modes = Arrays.toString(Mode.values());
    usage("--modes is warm; one of " + modes + " was needed", "bench", "--modes", "warm");
    usage("--forks is 0; at least 1 was needed", "bench", "--forks", "0");
    usage("--time is soon; a time such as 100ms was needed", "bench", "--time", "soon");
    usage("--layouts is CHWN; one of [NCHW, NHWC] was needed", "bench", "--layouts", "CHWN");
    usage(
        "no kernel that was chosen is called MEEN_*; bench --help says how they are named",
        "bench",
        "--kernels",
        "MEEN_*");
    usage("there is no file " + folder.resolve("x"), "gate", folder.resolve("x").toString());
    usage("can't write " + folder, "bench", "-o", folder.toString());
    usage(
        "no kernel that was chosen takes a shape that was chosen",
        "bench",
        "--kernels",
        "MEAN_*",
        "--shapes",
        "1x2048x1000");
  }

  @Test
  void everyCommandHasHelp() throws Exception {
    assertTrue(run("--help").out.contains("bench"));
    for (String command : List.of("bench", "gate", "compare", "floors", "report")) {
      Run run = run(command, "--help");
      assertEquals(0, run.status);
      assertTrue(run.out.startsWith("Usage: benchmarks " + command), run.out);
    }
    assertTrue(run("-h").out.contains("-prof"), "JMH's own");
  }

  @Test
  void helpSaysHowKernelsAreNamed() throws Exception {
    String help = run("bench", "--help").out;
    for (Kernel kernel : Workloads.kernels()) {
      String listed =
          kernel.reduction().map(spec -> spec.operation().toString()).orElse(kernel.name() + ": ");
      assertTrue(help.contains(listed), listed);
    }
  }

  @Test
  void theGateTellsByItsExitStatus() throws Exception {
    Path floors = folder.resolve("floors.json");
    assertEquals(0, run("floors", results(2, 2, 2), "-o", floors.toString()).status);
    assertEquals(0, gate(floors, 2, 2.01, 2).status);
    assertEquals(1, gate(floors, 3, 3, 3).status);
    new Floors("empty", Map.of()).write(floors);
    assertEquals(3, gate(floors, 2, 2, 2).status);
  }

  private Run gate(Path floors, double... ratios) throws Exception {
    return run("gate", results(ratios), "--floors", floors.toString());
  }

  @Test
  void compareTellsByItsExitStatus() throws Exception {
    String before = folder.resolve("before.json").toString();
    Recorded.results(Recorded.ratio(CASE, 2, 2, 2)).write(Path.of(before));
    assertEquals(0, run("compare", before, results(2, 2, 2)).status);
    Run slower = run("compare", before, results(3, 3, 3));
    assertEquals(1, slower.status);
    assertTrue(slower.out.contains("FAIL: 50.0 % slower"), slower.out);
    assertTrue(slower.out.contains("0 pass, 0 inconclusive, 1 FAIL"), slower.out);
  }

  private String results(double... ratios) {
    Path file = folder.resolve("results.json");
    Recorded.results(Recorded.ratio(CASE, ratios)).write(file);
    return file.toString();
  }
}
