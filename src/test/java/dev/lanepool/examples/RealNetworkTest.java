package dev.lanepool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lanepool.drawing.Canvas;
import dev.lanepool.kernel.Kernels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealNetworkTest {
  private static final String MODEL = "network/ch_ppocr_mobile_v2.0_cls_infer.onnx";
  private static final String FEATURES = "p2o.MaxPool.1";
  private static final String LOGITS = "p2o.Add.87";

  /** What a line of the table looks like: label, probability, logit, the network's, difference. */
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^  (\\S+) +(\\S+) %  logit +(\\S+)  the network's +(\\S+)  diff.* (\\S+)$");

  @TempDir static Path folder;

  @TempDir Path empty;
  private Path out;

  @BeforeEach
  void out() {
    out = empty.resolve("out");
  }

  @BeforeAll
  static void writeFiles() throws IOException {
    byte[] model = Resources.bytes(MODEL);
    BufferedImage text = Pictures.parse("text.png", Resources.bytes("demo/text.png"));
    write("m.onnx", model);
    write("cut.onnx", Arrays.copyOf(model, model.length / 2));
    write("none.onnx", new byte[0]);
    write("bad.onnx", unknownOperator());
    write("text.png", Resources.bytes("demo/text.png"));
    ImageIO.write(TextPicture.turn(text), "png", folder.resolve("turned.png").toFile());
    write("words.png", "a, b".getBytes(UTF_8));
    write("w.npy", Resources.bytes("demo/text_weights.npy"));
    write("b.npy", Resources.bytes("demo/text_bias.npy"));
    write("w3.npy", NpyBytes.of(new int[] {2, 3}, 1, 2, 3, 4, 5, 6));
    write("flat.npy", NpyBytes.of(new int[] {6}, 1, 2, 3, 4, 5, 6));
    write("b3.npy", NpyBytes.of(new int[] {3}, 1, 2, 3));
  }

  /** A graph that is an ONNX file, and that no runtime can run. */
  private static byte[] unknownOperator() {
    NodeProto pool =
        NodeProto.newBuilder().setOpType("GlobalAveragePool").addInput("x").addOutput("y").build();
    NodeProto other =
        NodeProto.newBuilder().setOpType("Other").addInput("p").addOutput("x").build();
    GraphProto graph = GraphProto.newBuilder().setName("g").addNode(other).addNode(pool).build();
    return ModelProto.newBuilder().setIrVersion(8).setGraph(graph).build().toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"text.png,0°", "turned.png,180°"})
  void decidesAsTheNetworkItself(String picture, String expected) throws IOException {
    Run run = Run.of(RealNetwork.PROGRAM, "--image", path(picture), "--out", out.toString());
    run.assertFine();
    assertTrue(run.out().contains(Kernels.backend().toString()), run.out());
    assertTrue(run.out().contains("[1, 200, 1, 48]"), run.out());
    List<MatchResult> rows = ROW.matcher(run.out()).results().toList();
    assertEquals(2, rows.size(), run.out());
    assertEquals(expected, rows.get(0).group(1), run.out());
    for (MatchResult row : rows) {
      double logit = Double.parseDouble(row.group(3));
      assertEquals(logit, Double.parseDouble(row.group(4)), 1e-4, row.group());
      assertTrue(Math.abs(Double.parseDouble(row.group(5))) < 1e-4, row.group());
      assertTrue(Math.abs(logit) > 1, row.group());
    }
    assertEquals(Set.of(picture.replace(".png", "-heatmap.png")), Run.written(out));
  }

  /** Without fonts there is no text to draw, and the program says so. */
  @Test
  void drawsTextBothWays() throws IOException {
    Run run = Run.of(RealNetwork.PROGRAM, "--text", "Hello, world", "--out", out.toString());
    if (!Canvas.FONTS) {
      run.assertRefused("fonts");
      return;
    }
    run.assertFine();
    assertTrue(run.out().contains("why 0°: " + out.resolve("upright-heatmap.png")), run.out());
    assertTrue(
        run.out().contains("why 180°: " + out.resolve("upside-down-heatmap.png")), run.out());
    assertEquals(Set.of("upright-heatmap.png", "upside-down-heatmap.png"), Run.written(out));
  }

  /**
   * The user's own files, the same network: the same scores, with its weights or with given ones.
   */
  @Test
  void anyModelImageAndTensor() {
    Run bundled = Run.of(RealNetwork.PROGRAM, "--image", path("text.png"), "--out", out.toString());
    Run own = own("--model m.onnx --image text.png --size 192x48 --colours BGR --range SIGNED");
    own.assertFine();
    assertEquals(scores(bundled), scores(own).replace("class 0", "0°").replace("class 1", "180°"));
    Run named =
        own(
            "--model m.onnx --image text.png --size 192x48 --colours BGR --range SIGNED --labels"
                + " 0°,180° --tensor p2o.MaxPool.1 --weights w.npy --bias b.npy");
    named.assertFine();
    assertEquals(scores(bundled), scores(named));
  }

  /** What the rows say of a class, without the comparison. */
  private static String scores(Run run) {
    return Pattern.compile("(?m)^  (.*\\S) +\\S+ %  logit +\\S+")
        .matcher(run.out())
        .results()
        .map(row -> row.group().replaceAll(" +", " "))
        .toList()
        .toString();
  }

  /** What ONNX Runtime wrote in place is what it hands out by copying. */
  @Test
  void theMemoryHoldsTheTensor() throws Exception {
    OnnxModel model = OnnxModel.parse(MODEL, Resources.bytes(MODEL));
    ImageInput input = new ImageInput(192, 48, ImageInput.Colours.BGR, ImageInput.Range.SIGNED);
    float[] values = input.of(Pictures.parse("text.png", Resources.bytes("demo/text.png")));
    try (OnnxNetwork features = new OnnxNetwork(model, FEATURES, LOGITS);
        OnnxNetwork copies = new OnnxNetwork(model, "hardswish_17.tmp_0", FEATURES);
        Arena arena = Arena.ofConfined()) {
      OnnxNetwork.Result result = features.run(values, 48, 192, arena);
      assertTrue(result.memory().isNative());
      assertEquals(0, result.memory().address() % 64);
      assertEquals(2, result.logits().length);
      float[] inPlace = result.memory().toArray(ValueLayout.JAVA_FLOAT);
      assertTrue(Arrays.equals(copies.run(values, 48, 192, arena).logits(), inPlace));
    }
  }

  @Test
  void helpNamesEveryOptionAndWritesNothing() {
    Run run = Run.of(RealNetwork.PROGRAM, "--out", out.toString(), "--help");
    run.assertFine();
    for (String option :
        "model image text size colours range labels tensor weights bias out help".split(" ")) {
      assertTrue(run.out().contains("--" + option + " "), option);
    }
    assertFalse(Files.exists(out));
  }

  /** In each line: what is wrong, and the arguments, where a name with a dot is a file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Unknown option: '--bogus'     | --bogus",
        "--image=FILE are mutually     | --image text.png --text a",
        "--model=FILE                  | --size 192x48",
        "without --image               | --model m.onnx --size 192x48",
        "--size=WxH                    | --model m.onnx --image text.png",
        "--size is 192                 | --model m.onnx --image text.png --size 192",
        "but was 'CMYK'                | --model m.onnx --image text.png --size 192x48 --colours CMYK",
        "but was '0..1'                | --model m.onnx --image text.png --size 192x48 --range 0..1",
        "--weights=FILE                | --model m.onnx --image text.png --size 192x48 --bias b.npy",
        "no.png: there is no           | --image no.png",
        "words.png is not a picture    | --image words.png",
        "no.onnx: there is no          | --model no.onnx --image text.png --size 192x48",
        "text.png is not an ONNX model | --model text.png --image text.png --size 192x48",
        "cut.onnx is not an ONNX model | --model cut.onnx --image text.png --size 192x48",
        "none.onnx is not an ONNX      | --model none.onnx --image text.png --size 192x48",
        "ONNX Runtime says             | --model bad.onnx --image text.png --size 192x48 --weights w.npy",
        "has no tensor nonsense        | --model m.onnx --image text.png --size 192x48 --tensor nonsense",
        "goes to [MaxPool]             | --model m.onnx --image text.png --size 192x48 --tensor hardswish_17.tmp_0",
        "is a tensor of FLOAT          | --model m.onnx --image text.png --size 192x48 --tensor reshape2_0.tmp_0 --weights w.npy",
        "--labels has 3 names          | --model m.onnx --image text.png --size 192x48 --labels a,b,c",
        "w3.npy has the shape [2, 3]   | --model m.onnx --image text.png --size 192x48 --weights w3.npy",
        "flat.npy has the shape [6]    | --model m.onnx --image text.png --size 192x48 --weights flat.npy",
        "b3.npy has the shape [3]      | --model m.onnx --image text.png --size 192x48 --weights w.npy --bias b3.npy",
        "no.npy: there is no           | --model m.onnx --image text.png --size 192x48 --weights no.npy",
      })
  void whatCantBeUsedIsOneLine(String message, String args) {
    own(args).assertRefused(message);
    assertFalse(Files.exists(out), "nothing may be written");
  }

  private Run own(String args) {
    String files = "(?<= )[a-z0-9]+\\.(npy|onnx|png)";
    String[] words = (" " + args).replaceAll(files, path("") + "/$0").strip().split(" ");
    return Run.of(
        RealNetwork.PROGRAM,
        Stream.concat(Stream.of("--out", out.toString()), Stream.of(words)).toArray(String[]::new));
  }

  private static void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }
}
