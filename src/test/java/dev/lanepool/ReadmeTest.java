package dev.lanepool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.examples.QuickStart;
import dev.lanepool.kernel.KernelSpec;
import dev.lanepool.kernel.Kernels;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Ties;
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
        new StringBuilder(
            "| operation | type | layout | storage | gradient |\n| --- | --- | --- | --- | --- |\n");
    for (KernelSpec.Operation operation : KernelSpec.Operation.values()) {
      table.append("| ").append(words(operation)).append(" | ");
      table.append(column(operation, spec -> words(spec.type()))).append(" | ");
      table.append(column(operation, spec -> spec.layout().name())).append(" | ");
      table.append(column(operation, spec -> words(spec.storage()))).append(" | ");
      table.append(gradient(operation)).append(" |\n");
    }

    assertContains("\n" + table + "\n");
  }

  /** "yes" if the gradient of a plane of 1 and 2 is one: its values are numbers, and not all 0. */
  private static String gradient(KernelSpec.Operation operation) {
    Reduction r = operation.reduction();
    if (r == null) {
      return "of each";
    }
    float[] x = {1, 2};
    float[] gx = new float[2];
    FeatureMap map = FeatureMap.of(x, Layout.NCHW, new FeatureShape(1, 1, 1, 2));
    Kernels.best().gradient(r, Ties.FIRST, map, new float[] {1}, 0, gx, 0);
    float magnitude = Math.abs(gx[0]) + Math.abs(gx[1]);
    return magnitude > 0 && magnitude < Float.POSITIVE_INFINITY ? "yes" : "no";
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
