package dev.lanepool.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.drawing.Canvas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrinciplesTest {
  /** What the small run gives on every backend and machine. */
  private static final String SMALL = "/expected/principles-small.csv";

  @TempDir Path folder;

  @Test
  void theFiguresAreTheSameBitsEverywhere() throws IOException {
    Run run = Run.of(Principles.PROGRAM, "--scale", "SMALL", "--out", folder.toString());
    if (!Canvas.FONTS) {
      run.assertRefused("fonts");
      return;
    }
    run.assertFine();
    assertEquals(
        Set.of(
            "principles.html",
            "results.csv",
            "accuracy.png",
            "gap.png",
            "heads.png",
            "shifts.png",
            "canvases.png",
            "maps.png"),
        Run.written(folder));
    String csv = Files.readString(folder.resolve("results.csv"));
    try (var expected = PrinciplesTest.class.getResourceAsStream(SMALL)) {
      assertEquals(new String(expected.readAllBytes()), csv);
    }
    claims(csv);
    page(Files.readString(folder.resolve("principles.html")));
  }

  /**
   * Of heads with most training pictures: flatten needs the place and the size, pooling doesn't.
   */
  private static void claims(String csv) {
    List<String> columns = List.of(csv.lines().findFirst().orElseThrow().split(","));
    Map<String, String[]> rows =
        csv.lines()
            .skip(1)
            .map(line -> line.split(",", -1))
            .collect(Collectors.toMap(row -> row[0], row -> row, (first, last) -> last));
    int shift = columns.indexOf("shift 2");
    double flatten = Double.parseDouble(rows.get("flatten")[shift]);
    assertTrue(Double.parseDouble(rows.get("avg")[shift]) > flatten + 0.3, csv);
    assertTrue(Double.parseDouble(rows.get("max")[shift]) > flatten + 0.3, csv);
    int canvas = columns.indexOf("canvas 32");
    assertEquals("", rows.get("flatten")[canvas]);
    int test = columns.indexOf("test");
    assertEquals(rows.get("max")[test], rows.get("max")[canvas], "empty places don't count");
    assertTrue(Double.parseDouble(rows.get("avg")[test]) > 0.7, csv);
  }

  /** Whole, and without the network. */
  private static void page(String html) {
    assertFalse(html.contains("${"), "a value is missing");
    assertFalse(html.contains("src=\"http"), "nothing is loaded");
    assertEquals(6, html.split("src=\"data:image/png;base64,", -1).length - 1);
    for (String section :
        List.of(
            "Fewer parameters",
            "Less overfitting",
            "Any input size",
            "Tolerance to translation",
            "Channels tied to classes",
            "Average against maximum")) {
      assertTrue(html.contains("<h2>" + section + "</h2>\n<p class=\"verdict\"><b>"), section);
    }
  }

  @Test
  void helpNamesEveryOption() {
    Run run = Run.of(Principles.PROGRAM, "--help").assertFine();
    for (String option : "scale out help".split(" ")) {
      assertTrue(run.out().contains("--" + option + " "), option);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--scale,for option '--scale'",
    "--scale tiny,but was 'tiny'",
    "x,argument at index 0: 'x'"
  })
  void whatCantBeUsedIsOneLine(String args, String message) {
    Run.of(Principles.PROGRAM, args.split(" ")).assertRefused(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,2", "cat"})
  void damagedDigitsAreRefused(String row) {
    String message =
        assertThrows(InputException.class, () -> Digits.parse("d.csv", List.of(row))).getMessage();
    assertTrue(message.startsWith("d.csv has the row") && message.contains("needed"), message);
  }

  /** A filter responds to a patch like itself, with the patch's contrast less the threshold. */
  @Test
  void filtersFindWhatTheyWereLearnedFrom() {
    Digits digits = Digits.load(7).range(0, 50);
    List<float[]> canvases = Condition.still().canvases(digits);
    FilterBank bank = FilterBank.learn(16, canvases, Experiment.CANVAS, new Random(3));
    for (int f = 0; f < bank.filters(); f++) {
      float[] filter = bank.filter(f);
      double sum = 0;
      double squares = 0;
      for (float value : filter) {
        sum += value;
        squares += value * value;
      }
      assertEquals(0, sum, 1e-5);
      assertEquals(1, squares, 1e-5);
      float[] map = bank.maps(List.of(filter), FilterBank.SIZE).array();
      assertEquals(1 - FilterBank.THRESHOLD, map[f], 1e-5);
    }
    assertTrue(
        Arrays.equals(
            bank.filter(0),
            FilterBank.learn(16, canvases, Experiment.CANVAS, new Random(3)).filter(0)));
  }

  /** Rosenbrock's valley, whose lowest point is (1, 1). */
  @Test
  void theMinimumIsFound() {
    Lbfgs.Objective valley =
        (point, gradient) -> {
          double x = point[0];
          double up = point[1] - x * x;
          gradient[0] = -400 * x * up - 2 * (1 - x);
          gradient[1] = 200 * up;
          return 100 * up * up + (1 - x) * (1 - x);
        };
    double[] point = {-1.2, 1};
    int iterations = Lbfgs.minimize(valley, point, 200, 1e-9);
    assertTrue(iterations < 100, iterations + " iterations");
    assertArrayEquals(new double[] {1, 1}, point, 1e-6);
  }

  @Test
  void aTrainedLayerSeparatesWhatCanBeSeparated() {
    float[] x = {1, 0, 2, 0.5f, -1, 0, -2, -0.5f, 0, 3, 0.5f, 4};
    List<Integer> labels = List.of(0, 0, 1, 1, 2, 2);
    SoftmaxTrainer.Trained trained = SoftmaxTrainer.train(x, labels, 3, 100);
    for (int i = 0; i < labels.size(); i++) {
      double[] logits = new double[3];
      for (int c = 0; c < 3; c++) {
        logits[c] =
            trained.weights()[2 * c] * x[2 * i]
                + trained.weights()[2 * c + 1] * x[2 * i + 1]
                + trained.bias()[c];
      }
      double max = Arrays.stream(logits).max().orElseThrow();
      assertEquals(max, logits[labels.get(i)], Arrays.toString(logits));
    }
  }
}
