package dev.lanepool.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.jmh.Jdk;
import dev.lanepool.jmh.Results;
import dev.lanepool.jmh.UserException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path FILE = Path.of("README.md");
  private static final String BEFORE = "# title\n\n## Performance\n" + Readme.BEGIN + "\n";
  private static final String AFTER = Readme.END + "\n\n## Limits\n";
  private static final List<Results> RESULTS = List.of(Sample.everything());

  @Test
  void onlyWhatIsBetweenTheMarkersIsWritten() {
    String text = Readme.rewrite(FILE, BEFORE + "old\n" + AFTER, RESULTS);
    assertTrue(text.startsWith(BEFORE), text);
    assertTrue(text.endsWith(AFTER), text);
    assertTrue(!text.contains("old\n"), text);
  }

  @Test
  void onceMoreChangesNothing() {
    String once = Readme.rewrite(FILE, BEFORE + AFTER, RESULTS);
    assertEquals(once, Readme.rewrite(FILE, once, RESULTS));
  }

  @Test
  void theFiguresAreThoseOfTheFile() {
    List<String> lines = Readme.rewrite(FILE, BEFORE + AFTER, RESULTS).lines().toList();
    assertTrue(lines.contains("| mean float32 NHWC | 1.60 (4.87) | 1.60 (9.73) | 1.60 (38.9) |"));
    assertTrue(lines.contains("| mean float32 NHWC, 1×2048×7×7 | 6.88 | 1.88 | 3.54 | 5.21 |"));
    assertTrue(
        lines.contains("| 1×2048×7×7 | 1.60 of 1.5 | **1.60** of 1.8 | **1.60** of 1.6 |"),
        String.join("\n", lines));
    assertTrue(lines.get(4).startsWith("On a &lt;b>CPU&lt;/b>, JDK 25.0.3+9, "), lines.get(4));
    assertTrue(lines.contains("java -jar jmh/target/benchmarks.jar bench --peers"));
  }

  @Test
  void aMissingMarkerGetsOneLine() {
    assertEquals("README.md has no line " + Readme.BEGIN, problem("# title\n", RESULTS));
    assertEquals(
        "README.md has no line " + Readme.END + " after " + Readme.BEGIN,
        problem(Readme.END + "\n" + Readme.BEGIN + "\n", RESULTS));
  }

  @Test
  void severalMachinesOrJdksAreRefused() {
    Results one = RESULTS.get(0);
    Results other =
        new Results(
            one.format(),
            one.date(),
            one.command(),
            one.machine(),
            new Jdk("26", "a vendor", "a VM"),
            one.measurements());
    assertEquals(
        "the results are of several machines or JDKs; one was needed",
        problem(BEFORE + AFTER, List.of(one, other)));
  }

  @Test
  void severalFilesOfOneMachineAreOne() {
    String once = Readme.rewrite(FILE, BEFORE + AFTER, RESULTS);
    String twice = Readme.rewrite(FILE, BEFORE + AFTER, List.of(RESULTS.get(0), RESULTS.get(0)));
    assertEquals(once.replace("medians of 3 forks", "medians of 6 forks"), twice);
  }

  @Test
  void oneForkIsSaidAndFoldersAreNot() {
    Results all = Sample.everything();
    Results one =
        new Results(
            all.format(),
            all.date(),
            List.of("bench", "-o", "/home/me/results.json", "--output=/x/y.json", "--forks", "1"),
            all.machine(),
            all.jdk(),
            all.measurements().stream().filter(m -> m.fork() == 0).toList());
    String text = Readme.rewrite(FILE, BEFORE + AFTER, List.of(one));
    assertTrue(text.contains("one thread, from one fork. The"), text);
    assertTrue(text.contains("bench -o results.json --output=y.json --forks 1\n"), text);
  }

  private static String problem(String text, List<Results> results) {
    return assertThrows(UserException.class, () -> Readme.rewrite(FILE, text, results))
        .getMessage();
  }
}
