package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir private Path folder;
  private Path results;
  private Path page;
  private Path readme;

  @BeforeEach
  void writeResults() {
    results = folder.resolve("results.json");
    page = folder.resolve("report.html");
    readme = folder.resolve("README.md");
    new Results(
            Results.FORMAT,
            "2026-01-01T00:00:00Z",
            List.of("bench"),
            new Machine("a CPU", 2, 4, List.of(), 1L << 34, "an OS"),
            new Jdk("25", "a vendor", "a VM"),
            List.of())
        .write(results);
  }

  @Test
  void aPageIsWritten() throws Exception {
    assertEquals(0, Main.run("report", results.toString(), "-o", page.toString()));
    assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
  }

  @Test
  void aReadmeIsRewrittenAndNoPageBesideIt() throws Exception {
    Files.writeString(readme, "<!-- performance: begin -->\n<!-- performance: end -->\n");
    assertEquals(0, Main.run("report", results.toString(), "--readme", readme.toString()));
    assertTrue(Files.readString(readme).contains("On a CPU, JDK 25"));
    assertFalse(Files.exists(page));
  }

  @Test
  void whatCantBeDoneWritesNothing() throws Exception {
    Files.writeString(readme, "no marker\n");
    String results = this.results.toString();
    String output = page.toString();
    assertEquals(2, Main.run("report", "-o", output));
    assertEquals(2, Main.run("report", results + "x", "-o", output));
    assertEquals(2, Main.run("report", results, "--readme", readme.toString(), "-o", output));
    assertFalse(Files.exists(page));
    assertEquals("no marker\n", Files.readString(readme));
  }
}
