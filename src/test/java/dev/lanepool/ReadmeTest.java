package dev.lanepool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.examples.QuickStart;
import dev.lanepool.kernel.KernelSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README shows is what the library does. */
class ReadmeTest {
  private static final Path SNIPPET =
      Path.of("src/examples/java/dev/lanepool/examples/QuickStart.java");

  @Test
  void theSnippetIsTheOneThatIsCompiled() throws IOException {
    List<String> lines = Files.readAllLines(SNIPPET);
    int begin = lines.indexOf("    // README: begin");
    int end = lines.indexOf("    // README: end");
    assertTrue(begin >= 0 && end > begin, "no README marks in " + SNIPPET);
    String snippet =
        lines.subList(begin + 1, end).stream()
            .map(line -> line.isEmpty() ? line : line.substring(4))
            .collect(Collectors.joining("\n"));

    assertContains("```java\n" + snippet + "\n```");
  }

  @Test
  void theSnippetRuns() {
    float[] x = new float[2 * 49];
    Arrays.fill(x, 0, 49, 1);
    BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);

    BufferedImage shown =
        QuickStart.run(x, new float[] {1, 0, 0, 1}, new float[2], List.of("a", "b"), picture);

    assertEquals(28, shown.getWidth());
    assertEquals(28, shown.getHeight());
  }

  @Test
  void theTableIsTheListOfKernels() throws IOException {
    StringBuilder table =
        new StringBuilder("| operation | type | layout | storage |\n| --- | --- | --- | --- |\n");
    for (KernelSpec.Operation operation : KernelSpec.Operation.values()) {
      table.append("| ").append(words(operation)).append(" | ");
      table.append(column(operation, spec -> words(spec.type()))).append(" | ");
      table.append(column(operation, spec -> spec.layout().name())).append(" | ");
      table.append(column(operation, spec -> words(spec.storage()))).append(" |\n");
    }

    assertContains("\n" + table + "\n");
  }

  private static String column(KernelSpec.Operation operation, Function<KernelSpec, String> value) {
    return KernelSpec.all().stream()
        .filter(spec -> spec.operation() == operation)
        .map(value)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void assertContains(String expected) throws IOException {
    assertTrue(
        Files.readString(Path.of("README.md")).contains(expected),
        "README.md should contain\n" + expected);
  }
}
