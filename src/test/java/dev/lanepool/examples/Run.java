package dev.lanepool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run of a program and what it said. */
record Run(Program<?> program, int status, String out, String err) {
  static Run of(Program<?> program, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        program.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    return new Run(program, status, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Exit status 0 and nothing on stderr. */
  Run assertFine() {
    assertEquals(0, status, err);
    assertEquals("", err);
    return this;
  }

  /** One line that holds the message, says what was needed, and exit status 2. */
  void assertRefused(String message) {
    assertEquals(2, status, err);
    assertTrue(err.startsWith(program.name() + ": ") && err.contains(message), err);
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.contains("needed") || err.contains("see --help"), err);
  }

  /** The names of a folder's files. */
  static Set<String> written(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
