package dev.lanepool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.Layout;
import dev.lanepool.cam.ClassActivationMap;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.kernel.Kernels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoTest {
  /** Two samples of three channels, 2 × 2 pixels. */
  private static final int[] SHAPE = {2, 3, 2, 2};

  /** What the tests read. */
  @TempDir static Path folder;

  /** Where the demo with its own networks wrote, once for all tests. */
  @TempDir static Path shown;

  private static Run demo;

  @TempDir Path empty;
  private Path out;

  @BeforeEach
  void out() {
    out = empty.resolve("out");
  }

  @BeforeAll
  static void runDemo() {
    demo = run("--top", "7", "--out", shown.toString());
  }

  @BeforeAll
  static void writeFiles() throws IOException {
    float[] values = new float[24];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7) % 11;
    }
    write("f.npy", NpyBytes.of(SHAPE, values));
    write("one.npy", NpyBytes.of(new int[] {1, 3, 2, 4}, values));
    write("flat.npy", NpyBytes.of(new int[] {24}, values));
    write("none.npy", NpyBytes.of(new int[] {0, 3, 2, 2}));
    write("w.npy", NpyBytes.of(new int[] {2, 3}, 1, -2, 3, -1, 2, 0));
    write("w4.npy", NpyBytes.of(new int[] {2, 4}, 1, 2, 3, 4, 5, 6, 7, 8));
    write("b.npy", NpyBytes.of(new int[] {2}, 0.5f, -0.5f));
    write("b3.npy", NpyBytes.of(new int[] {3}, 1, 2, 3));
    write("nan.npy", NpyBytes.of(new int[] {2}, 0, Float.NaN));
    write("long.npy", Arrays.copyOf(NpyBytes.of(new int[] {2}, 0, 0), 200));
    write("labels.txt", "yes\nno\n".getBytes(UTF_8));
    write("latin1.txt", new byte[] {'a', '\n', (byte) 0xe9, '\n'});
    ImageIO.write(
        new BufferedImage(40, 20, BufferedImage.TYPE_INT_ARGB),
        "png",
        folder.resolve("p.png").toFile());
    write("cut.png", Arrays.copyOf(Files.readAllBytes(folder.resolve("p.png")), 50));
  }

  @Test
  void showsBothNetworks() throws IOException {
    assertEquals(0, demo.status(), demo.err());
    assertEquals("", demo.err());
    assertTrue(demo.out().contains(Kernels.backend().toString()), demo.out());
    assertTrue(demo.out().contains("[1, 256, 7, 7]"), demo.out());
    assertTrue(demo.out().contains("[1, 200, 1, 48]"), demo.out());
    assertTrue(demo.out().contains("48.81 times fewer"), demo.out());
    assertTrue(demo.out().contains("47.77 times fewer"), demo.out());
    assertEquals(9, labels(demo).size(), demo.out());
    assertEquals("happy", labels(demo).get(0), demo.out());
    assertEquals(List.of("0°", "180°"), labels(demo).subList(7, 9), demo.out());
    assertEquals(Set.of("face-heatmap.png", "text-heatmap.png"), Run.written(shown));
    // Two of 400 × 400 side by side, and two of 900 × 201 one above the other.
    assertSize(2 * 400 + 56, 400 + 118, shown.resolve("face-heatmap.png"));
    assertSize(900 + 40, 60 + 201 + 16 + 201 + 58, shown.resolve("text-heatmap.png"));
  }

  /** mean(M_c) + b_c and logit_c differ only by the roundings to float on either way. */
  @Test
  void theMapsExplainTheLogits() {
    Matcher rows =
        Pattern.compile("(?m)^  (\\S+) +\\S+ % +(\\S+) +(\\S+) +(\\S+)$").matcher(demo.out());
    for (Example example : Example.bundled()) {
      ClassifierHead head = example.head();
      for (int i = 0; i < head.labels().size(); i++) {
        assertTrue(rows.find(), demo.out());
        int c = head.labels().indexOf(rows.group(1));
        double logit = Double.parseDouble(rows.group(2));
        double explained = Double.parseDouble(rows.group(3));
        double difference = Double.parseDouble(rows.group(4));
        double bound = roundings(example.maps(), head, c);
        assertTrue(bound < 2e-4, "the bound itself says little: " + bound);
        // The difference is printed with two digits, the sides with six decimals.
        assertTrue(Math.abs(difference) <= 1.05 * bound, rows.group() + ", bound " + bound);
        assertEquals(difference, explained - logit, 1.1e-6, rows.group());
      }
    }
    assertFalse(rows.find(), demo.out());
  }

  /** Half an ulp for each rounding: the means, the logit, the pixels of the map, its mean. */
  private static double roundings(FeatureMap maps, ClassifierHead head, int c) {
    float[] weights = head.weights(c);
    int pixels = (int) maps.shape().planeSize();
    double[] map = new double[pixels];
    double ofMeans = 0;
    for (int k = 0; k < weights.length; k++) {
      double mean = 0;
      for (int i = 0; i < pixels; i++) {
        double value = maps.array()[maps.offset() + k * pixels + i];
        mean += value / pixels;
        map[i] += weights[k] * value;
      }
      ofMeans += Math.abs(weights[k] * mean);
    }
    double mean = Arrays.stream(map).sum() / pixels;
    double ofPixels = Arrays.stream(map).map(Math::abs).sum() / pixels;
    double sum = ofMeans + Math.abs(mean + head.bias(c)) + ofPixels + Math.abs(mean);
    return 1.001 * 0x1p-24 * sum;
  }

  /** What decided: the eye on the left of the picture, and down the cheek to the mouth. */
  @Test
  void theSmileIsFoundOnEyeAndCheek() {
    Example face = Example.bundled().get(0);
    int happy = face.head().labels().indexOf("happy");
    float[] cells = ClassActivationMap.of(face.head(), face.maps(), happy).values();
    Set<Integer> hottest =
        IntStream.range(0, 49)
            .boxed()
            .sorted(Comparator.comparing((Integer cell) -> cells[cell]).reversed())
            .limit(6)
            .collect(Collectors.toSet());
    // Rows 2 to 4 of 7, columns 1 and 2.
    assertEquals(Set.of(15, 16, 22, 23, 29, 30), hottest);
    double support = IntStream.range(0, 49).mapToDouble(i -> Math.max(0, cells[i])).sum();
    double there = hottest.stream().mapToDouble(cell -> cells[cell]).sum();
    assertTrue(there > 0.75 * support, there + " of " + support);
  }

  /** Red where the map is highest, blue where it is lowest; the original beside it is neither. */
  @Test
  void theOverlayIsHotWhereTheMapIs() throws IOException {
    BufferedImage panel = ImageIO.read(shown.resolve("face-heatmap.png").toFile());
    int hot = colour(panel, 400 * 3 / 14, 400 * 5 / 14);
    int cold = colour(panel, 400 / 14, 400 / 14);
    assertTrue((hot >> 16 & 0xff) > 100 && (hot & 0xff) < 10, Integer.toHexString(hot));
    assertTrue((cold & 0xff) > 100 && (cold >> 16 & 0xff) < 10, Integer.toHexString(cold));
    BufferedImage face =
        Pictures.parse(
            "face.png", DemoTest.class.getResourceAsStream("/demo/face.png").readAllBytes());
    assertEquals(mean(face, 0, 0, 112), mean(panel, 20, 60, 400), 1);
  }

  /** What the overlay mixed with the original, half and half: 2 · right - left. */
  private static int colour(BufferedImage panel, int x, int y) {
    int left = panel.getRGB(20 + x, 60 + y);
    int right = panel.getRGB(20 + 400 + 16 + x, 60 + y);
    int rgb = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int mixed = 2 * (right >> shift & 0xff) - (left >> shift & 0xff);
      rgb |= Math.min(Math.max(mixed, 0), 255) << shift;
    }
    return rgb;
  }

  private static double mean(BufferedImage picture, int x, int y, int size) {
    int[] pixels = picture.getRGB(x, y, size, size, null, 0, size);
    return Arrays.stream(pixels).map(rgb -> rgb >> 8 & 0xff).average().orElseThrow();
  }

  @Test
  void everySampleOfOnesOwnMapsIsShown() throws IOException {
    Run run = own("f.npy", "w.npy", "--labels", "yes,no", "--bias", path("b.npy"));
    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.out().contains("sample 1 of 2") && run.out().contains("sample 2 of 2"), run.out());
    assertEquals(Set.of("f-1-heatmap.png", "f-2-heatmap.png"), Run.written(out));
    // The map alone
    assertSize(400 + 40, 400 + 118, out.resolve("f-1-heatmap.png"));
  }

  @Test
  void bothLayoutsSayTheSame() throws IOException {
    Example face = Example.bundled().get(0);
    float[] nhwc = face.maps().toLayout(Layout.NHWC).array();
    write("face.npy", NpyBytes.of(new int[] {1, 7, 7, 256}, nhwc));
    write(
        "face_weights.npy",
        DemoTest.class.getResourceAsStream("/demo/face_weights.npy").readAllBytes());
    write(
        "face_bias.npy", DemoTest.class.getResourceAsStream("/demo/face_bias.npy").readAllBytes());
    Run own =
        own(
            "face.npy",
            "face_weights.npy",
            "--labels",
            "neutral,happy,sad,angry,fearful,disgusted,surprised",
            "--bias",
            path("face_bias.npy"),
            "--layout",
            "NHWC",
            "--top",
            "7");
    assertEquals(0, own.status(), own.err());
    assertEquals(labels(demo).subList(0, 7), labels(own));
    String sameFolder = own.out().replace(out.toString(), shown.toString()).replace("NHWC", "NCHW");
    assertTrue(demo.out().startsWith(sameFolder.stripTrailing()), own.out());
  }

  @Test
  void picturesAndLabelFilesOfOnesOwn() throws IOException {
    String picture = path("p.png");
    Run one = own("one.npy", "w.npy", "--labels", "@" + path("labels.txt"), "--picture", picture);
    assertEquals(0, one.status(), one.err());
    assertTrue(labels(one).containsAll(List.of("yes", "no")), one.out());
    assertSize(900 + 40, 60 + 450 + 16 + 450 + 58, out.resolve("one-heatmap.png"));
    Run two = own("f.npy", "w.npy", "--labels", "a,b", "--picture", picture, "--picture", picture);
    assertEquals(0, two.status(), two.err());
    assertEquals(Set.of("one-heatmap.png", "f-1-heatmap.png", "f-2-heatmap.png"), Run.written(out));
  }

  /** A head of the catalogue, from a file that has counters in int64 beside the weights. */
  @Test
  void aKnownHeadTakesItsNetworksFile() throws IOException {
    write("maps.npy", NpyBytes.of(new int[] {1, 512, 1, 1}, new float[512]));
    write("net.safetensors", resNet18(1000));
    write("narrow.safetensors", resNet18(999));
    write("1000.txt", "class\n".repeat(1000).getBytes(UTF_8));
    String[] labels = {"--labels", "@" + path("1000.txt"), "--head", "RESNET18", "--top", "1"};
    Run run = own("maps.npy", "net.safetensors", labels);
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("513,000 parameters"), run.out());
    // All weights and values are 0, so all classes are alike.
    assertTrue(run.out().contains("0.10 %"), run.out());
    own("maps.npy", "narrow.safetensors", labels).assertRefused("[999, 512]; [1000, 512] was");
    own("maps.npy", "w.npy", labels).assertRefused("w.npy holds one array; an .npz or");
    own("f.npy", "net.safetensors", labels).assertRefused("one for maps of 3 channels");
    labels[1] = "a,b";
    own("maps.npy", "net.safetensors", labels).assertRefused("labels has 2 names");
    labels[3] = "VGG17";
    own("maps.npy", "net.safetensors", labels).assertRefused("but was 'VGG17'");
  }

  private static byte[] resNet18(int classes) {
    int weights = 4 * classes * 512;
    String header =
        """
        {"bn1.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]},
         "fc.weight":{"dtype":"F32","shape":[%d,512],"data_offsets":[8,%d]},
         "fc.bias":{"dtype":"F32","shape":[%d],"data_offsets":[%d,%d]}}"""
            .formatted(classes, 8 + weights, classes, 8 + weights, 8 + weights + 4 * classes);
    return SafetensorsTest.file(header, new byte[8 + weights + 4 * classes]);
  }

  @Test
  void mapsDrawsThatManyClasses() throws IOException {
    assertEquals(0, run("--maps", "4", "--out", out.toString()).status());
    // The picture and four maps, in two rows of four; of the text, its two classes
    assertSize(4 * 400 + 3 * 16 + 40, 60 + 2 * 458, out.resolve("face-heatmap.png"));
    assertSize(940, 60 + 201 + 16 + 2 * (201 + 58), out.resolve("text-heatmap.png"));
  }

  @Test
  void topListsThatManyClasses() {
    assertEquals(List.of("happy", "0°"), labels(run("--top", "1", "--out", out.toString())));
  }

  @Test
  void helpNamesEveryOptionAndWritesNothing() {
    Run run = run("--out", out.toString(), "--help");
    assertEquals(0, run.status());
    assertEquals("", run.err());
    for (String option :
        "features weights labels head bias layout picture top maps out help".split(" ")) {
      assertTrue(run.out().contains("--" + option + " "), option);
    }
    assertFalse(Files.exists(out));
  }

  /**
   * In each line: what is wrong, and the arguments, where a name with a dot stands for a file of
   * the test.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Unknown option: '--bog' | --bog",
        "argument at index 2     | stray",
        "for option '--top'      | --top",
        "for option '--top'      | --top --layout NCHW",
        "--top is 0              | --top 0",
        "--maps is 101           | --maps 101",
        "'many' is not an int    | --top many",
        "'9999999999' is not an | --top 9999999999",
        "only once               | --top 1 --top 1",
        "but was 'nchw'          | --features f.npy --weights w.npy --labels a,b --layout nchw",
        "--features=FILE, --labe | --weights w.npy",
        "--weights=FILE          | --features f.npy --labels a,b",
        "--labels=LIST           | --features f.npy --weights w.npy",
        "no.npy: there is no     | --features no.npy --weights w.npy --labels a,b",
        "folder.npy:             | --features folder.npy --weights w.npy --labels a,b",
        "p.png is not a .npy     | --features p.png --weights w.npy --labels a,b",
        "flat.npy has the shape  | --features flat.npy --weights w.npy --labels a,b",
        "none.npy has the shape  | --features none.npy --weights w.npy --labels a,b",
        "w4.npy has the shape    | --features f.npy --weights w4.npy --labels a,b",
        "b.npy has the shape     | --features f.npy --weights b.npy --labels a,b",
        "w.npy has the shape     | --features f.npy --layout NHWC --weights w.npy --labels a,b",
        "--labels has 3 names    | --features f.npy --weights w.npy --labels a,b,c",
        "empty label             | --features f.npy --weights w.npy --labels a,",
        "no.txt: there is no     | --features f.npy --weights w.npy --labels @no.txt",
        "latin1.txt: it is not   | --features f.npy --weights w.npy --labels @latin1.txt",
        "b3.npy has the shape    | --features f.npy --weights w.npy --labels a,b --bias b3.npy",
        "nan.npy holds NaN       | --features f.npy --weights w.npy --labels a,b --bias nan.npy",
        "long.npy goes on after  | --features f.npy --weights w.npy --labels a,b --bias long.npy",
        "--picture was given 1   | --features f.npy --weights w.npy --labels a,b --picture p.png",
        "no.png: there is no     | --features one.npy --weights w.npy --labels a,b --picture no.png",
        "f.npy is not a picture  | --features one.npy --weights w.npy --labels a,b --picture f.npy",
        "cut.png is not a        | --features one.npy --weights w.npy --labels a,b --picture cut.png",
      })
  void whatCantBeUsedIsOneLine(String message, String args) throws IOException {
    Files.createDirectories(folder.resolve("folder.npy"));
    String[] words = args.replaceAll("[a-z0-9]+\\.[a-z]{3}", path("") + "/$0").split(" ");
    String[] all =
        Stream.concat(Stream.of("--out", out.toString()), Stream.of(words)).toArray(String[]::new);
    Run run = run(all);
    run.assertRefused(message);
    assertEquals("", run.out());
    assertFalse(Files.exists(out), "nothing may be written");
  }

  @Test
  void aFolderThatCantBeIsOneLine() {
    for (String bad : List.of(path("f.npy"), path("f.npy") + "/sub")) {
      Run run = run("--out", bad);
      run.assertRefused(bad);
      assertEquals("", run.out());
    }
  }

  @Test
  void aPictureThatCantBeWrittenLeavesNothing() throws IOException {
    Files.createDirectories(out.resolve("face-heatmap.png").resolve("in the way"));
    Run run = run("--out", out.toString());
    run.assertRefused("face-heatmap.png");
    assertEquals(Set.of("face-heatmap.png"), Run.written(out));
  }

  /** The first word of every row of the tables. */
  private static List<String> labels(Run run) {
    return Pattern.compile("(?m)^  (\\S+) +\\S+ % ")
        .matcher(run.out())
        .results()
        .map(row -> row.group(1))
        .toList();
  }

  private static void assertSize(int width, int height, Path file) throws IOException {
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(width, picture.getWidth());
    assertEquals(height, picture.getHeight());
  }

  private static void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private Run own(String features, String weights, String... more) {
    Stream<String> files =
        Stream.of(
            "--features", path(features), "--weights", path(weights), "--out", out.toString());
    return run(Stream.concat(files, Stream.of(more)).toArray(String[]::new));
  }

  private static Run run(String... args) {
    return Run.of(Demo.PROGRAM, args);
  }
}
