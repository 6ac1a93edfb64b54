package dev.lanepool.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.head.HeadReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The guide shows code that runs, and the results that it has. */
class GuideTest {
  private static final Path GUIDE = Path.of("docs/global-average-pooling.md");
  private static final Path CODE = Path.of("src/examples/java/dev/lanepool/examples/Guide.java");

  @Test
  void everySnippetIsCompiled() throws IOException {
    List<String> compiled =
        blocks(Files.readString(CODE), "(?s) {4}// docs: begin\n(.*?) {4}// docs: end\n").stream()
            .map(block -> block.replaceAll("(?m)^ {4}", ""))
            .toList();
    assertEquals(8, compiled.size());
    assertEquals(compiled, blocks(Files.readString(GUIDE), "(?s)```java\n(.*?)```\n"));
  }

  private static List<String> blocks(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(m -> m.group(1)).toList();
  }

  @Test
  void everyPictureIsThere() throws IOException {
    List<String> pictures = blocks(Files.readString(GUIDE), "!\\[[^\\]]+\\]\\(([^)]+)\\)");
    assertTrue(pictures.size() >= 4, pictures.toString());
    for (String picture : pictures) {
      assertTrue(Files.isRegularFile(GUIDE.resolveSibling(picture)), picture);
    }
  }

  /** The table of claims in the README, from the figures that the program wrote. */
  @Test
  void theClaimsAreTheResults() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    assertClaim(readme, "less overfitting", "avg", "test", "flatten", "test", "avg", "train");
    assertClaim(readme, "any input size", "avg", "canvas 32", "max", "canvas 32");
    assertClaim(readme, "tolerance to translation", "avg", "shift 2", "flatten", "shift 2");
    assertClaim(readme, "average against maximum", "max", "test", "gem", "test");
    assertTrue(readme.contains("1,290 instead of 184,330"));
    assertEquals("1290", result("avg", "parameters"));
    assertEquals("184330", result("flatten", "parameters"));
  }

  /** The percentages of a claim's row are those of heads and columns, in order. */
  private static void assertClaim(String readme, String claim, String... headsAndColumns)
      throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < headsAndColumns.length; i += 2) {
      double share = Double.parseDouble(result(headsAndColumns[i], headsAndColumns[i + 1]));
      expected.add(Report.percent(share));
    }
    String row = blocks(readme, "\\| " + claim + " \\| (.*) \\|\n").get(0);
    assertEquals(expected, blocks(row, "([0-9.]+ %)"), row);
  }

  /** Of a head with 1000 training pictures. */
  private static String result(String head, String column) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs/principles.csv"));
    int index = List.of(lines.get(0).split(",")).indexOf(column);
    String row =
        lines.stream().filter(line -> line.startsWith(head + ",1000,")).findFirst().orElseThrow();
    return row.split(",", -1)[index];
  }

  /** What the comments in the snippets say. */
  @Test
  void theResultsAreThoseShown() {
    assertArrayEquals(new float[] {4, 1}, Guide.mean());
    HeadReport report = Guide.parameters();
    assertEquals(100_353_000, report.flattenParameters());
    assertEquals(2_049_000, report.pooledParameters());
    assertEquals(860, Guide.chart(new HeadReport(16, 7, 7, 10)).getWidth());
    assertArrayEquals(new double[] {3.25, 4, 3.25, 1}, Guide.map());
    assertArrayEquals(new float[] {2, 0}, Guide.meanOfAPart());
    assertArrayEquals(new float[] {1, 1, 1, 1, 2, 2, 2, 2}, Guide.gradientOfTheMean());
    assertArrayEquals(new float[] {-4, -1, 4, 1, -1, 1}, Guide.gradientOfTheWeights());
  }

  /** Five cells to three windows: [0, 2), [1, 4), [3, 5) in either direction. */
  @Test
  void theWindowsAreThoseShown() {
    float[] row = {0, 3, 6, 9, 12};
    float[] x = new float[25];
    IntStream.range(0, 25).forEach(i -> x[i] = row[i % 5]);
    FeatureMap grid = Guide.anySize(FeatureMap.of(x, Layout.NCHW, new FeatureShape(1, 1, 5, 5)));
    assertEquals(new FeatureShape(1, 1, 3, 3), grid.shape());
    float[] expected = {1.5f, 6, 10.5f, 1.5f, 6, 10.5f, 1.5f, 6, 10.5f};
    assertArrayEquals(expected, grid.array());
  }
}
