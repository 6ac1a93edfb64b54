package dev.lanepool.examples;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.Layout;
import dev.lanepool.cam.ClassActivationMap;
import dev.lanepool.cam.Heatmap;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.head.Prediction;
import dev.lanepool.head.ScoredClass;
import dev.lanepool.kernel.Kernels;
import java.awt.image.BufferedImage;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/** A picture, a real network, and why it decided; see {@link NetworkOptions#USAGE}. */
public final class RealNetwork {
  static final Program PROGRAM = new Program("network", NetworkOptions.USAGE, RealNetwork::run);

  private static final String BUNDLED = "network/ch_ppocr_mobile_v2.0_cls_infer.onnx";

  private final NetworkOptions options;
  private final PrintStream out;
  private final OnnxModel.Head found;

  private RealNetwork(NetworkOptions options, PrintStream out, OnnxModel.Head found) {
    this.options = options;
    this.out = out;
    this.found = found;
  }

  /**
   * Runs the program. The exit status is 0, or 2 if something given can't be used.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    PROGRAM.main(args);
  }

  private static void run(String[] args, PrintStream out) {
    NetworkOptions options = NetworkOptions.parse(args);
    OnnxModel model =
        options.model() == null
            ? OnnxModel.parse(BUNDLED, Resources.bytes(BUNDLED))
            : OnnxModel.parse(
                options.model().toString(), ArrayFile.bytes(options.model(), "an .onnx file"));
    String tensor = options.tensor() == null ? model.lastFeatures() : options.tensor();
    model.require(tensor);
    OnnxModel.Head found = options.weights() == null ? model.head(tensor) : given(options);
    Map<String, BufferedImage> pictures = pictures(options);
    try (OnnxNetwork network = new OnnxNetwork(model, tensor, found.logits())) {
      out.println("backend  " + Kernels.backend());
      out.println("network  " + model.name());
      out.println("tensor   " + tensor);
      RealNetwork program = new RealNetwork(options, out, found);
      pictures.forEach((name, picture) -> program.show(network, name, picture));
    }
  }

  /** The user's own weights; there are no scores of the network to compare with then. */
  private static OnnxModel.Head given(NetworkOptions options) {
    FloatArray bias = options.bias() == null ? null : ArrayFile.load(options.bias());
    return new OnnxModel.Head(ArrayFile.load(options.weights()), bias, null);
  }

  private List<String> labels() {
    if (!options.labels().isEmpty()) {
      return options.labels();
    }
    long classes = Arrays.stream(found.weights().shape()).limit(1).sum();
    return LongStream.range(0, classes).mapToObj(c -> "class " + c).toList();
  }

  private static Map<String, BufferedImage> pictures(NetworkOptions options) {
    Map<String, BufferedImage> pictures = new LinkedHashMap<>();
    if (options.image() != null) {
      String file = options.image().toString();
      pictures.put(
          options.image().getFileName().toString().replaceFirst("\\.[^.]*$", ""),
          Pictures.parse(file, ArrayFile.bytes(options.image(), "a picture")));
    } else {
      BufferedImage upright = TextPicture.draw(options.text());
      pictures.put("upright", upright);
      pictures.put("upside-down", TextPicture.turn(upright));
    }
    return pictures;
  }

  private void show(OnnxNetwork network, String name, BufferedImage picture) {
    try (Arena arena = Arena.ofConfined()) {
      ImageInput input = options.input();
      OnnxNetwork.Result result =
          network.run(input.of(picture), input.height(), input.width(), arena);
      FeatureMap maps =
          FeatureMap.of(result.memory(), ElementType.FLOAT32, Layout.NCHW, result.shape());
      ClassifierHead head = Heads.of(maps.shape().c(), found.weights(), found.bias(), labels());
      Prediction prediction = head.classify(maps);
      ScoredClass best = prediction.top(1).get(0);
      Heatmap why = ClassActivationMap.of(head, maps, best.index());
      Program.createFolder(options.out());
      Path file = options.out().resolve(name + "-heatmap.png");
      String caption = best.label() + "  " + percent(best);
      Pictures.write(Panel.draw(picture, why, caption), file);
      print(name, maps, prediction, result.logits());
      out.println("  why " + best.label() + ": " + file);
    }
  }

  private void print(String name, FeatureMap maps, Prediction prediction, float[] logits) {
    out.println();
    out.println(name + "  " + maps.shape() + ", pooled where ONNX Runtime wrote it");
    for (ScoredClass c : prediction.top(Math.min(5, prediction.logits().length))) {
      out.printf(Locale.ROOT, "  %-12s  %9s  logit %10.6f", c.label(), percent(c), c.logit());
      if (logits != null) {
        float own = logits[c.index()];
        out.printf(Locale.ROOT, "  the network's %10.6f  difference %8.1e", own, c.logit() - own);
      }
      out.println();
    }
  }

  private static String percent(ScoredClass c) {
    return String.format(Locale.ROOT, "%.2f %%", 100.0 * c.probability());
  }
}
