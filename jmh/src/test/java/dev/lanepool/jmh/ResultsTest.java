package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final Measurement MEAN =
      new Measurement(
          "MEAN_FLOAT32_NCHW",
          "1x2048x7x7",
          Mode.FIRST_CALL,
          256,
          Variant.KERNEL,
          "vector",
          1,
          0,
          List.of("-XX:UseAVX=2"),
          List.of(4.5, 4.25, 5.0),
          4.5,
          0.0,
          Map.of("mode", "avgt"));

  @TempDir private Path folder;

  private static Results results(Measurement... measurements) {
    return new Results(
        Results.FORMAT,
        "2026-01-01T00:00:00Z",
        List.of("bench", "--quick"),
        new Machine("a CPU", 2, 4, List.of(new Machine.Cache(1, "data", 32768)), 1L << 34, "an OS"),
        new Jdk("25", "a vendor", "a VM"),
        List.of(measurements));
  }

  @Test
  void whatIsWrittenIsRead() {
    Path file = folder.resolve("results.json");
    results(MEAN).write(file);
    assertEquals(results(MEAN), Results.read(file));
  }

  @Test
  void casesAndForksAreFound() {
    Results results = results(MEAN);
    assertEquals(Set.of(MEAN.of()), results.cases());
    assertEquals(List.of(MEAN), results.forks(MEAN.of(), Variant.KERNEL));
    assertEquals(List.of(), results.forks(MEAN.of(), Variant.ROOF));
  }

  @Test
  void aFileAppearsWholeOrNotAtAll() throws IOException {
    Path missing = folder.resolve("missing/results.json");
    assertThrows(UserException.class, () -> results(MEAN).write(missing));
    results(MEAN).write(folder.resolve("results.json"));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void whatCantBeReadGetsOneLine() throws IOException {
    assertEquals("there is no file " + folder.resolve("none"), problem("none"));

    results(MEAN).write(folder.resolve("whole"));
    String whole = Files.readString(folder.resolve("whole"));
    damaged("cut", whole.substring(0, whole.length() / 2));
    damaged("empty", "");
    damaged("other", "{\"format\": \"something else\"}");
    damaged("array", "[1, 2]");
    damaged("fork", whole.replace("\"fork\" : 0", "\"fork\" : null"));
    damaged("median", whole.replace("\"median\" : 4.5", "\"median\" : -1"));
    damaged("mode", whole.replace("first-call", "lukewarm"));
    damaged("kernel", whole.replace("\"kernel\" : \"MEAN_FLOAT32_NCHW\"", "\"kernel\" : null"));
    damaged("measurements", whole.replace("\"measurements\"", "\"measures\""));
  }

  private void damaged(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
    String problem = problem(name);
    assertTrue(problem.startsWith(folder.resolve(name) + " is "), problem);
    assertFalse(problem.contains("\n"), problem);
  }

  private String problem(String name) {
    return assertThrows(UserException.class, () -> Results.read(folder.resolve(name))).getMessage();
  }
}
