package dev.lanepool.examples;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.Layout;
import dev.lanepool.cam.CamPanel;
import dev.lanepool.cam.ClassActivationMap;
import dev.lanepool.cam.ColorMap;
import dev.lanepool.cam.Evidence;
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

/** A picture, a real network, and why it decided; see {@link NetworkOptions}. */
public final class RealNetwork {
  static final Program<NetworkOptions> PROGRAM =
      new Program<>("network", NetworkOptions::new, RealNetwork::run);

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

  private static void run(NetworkOptions options, PrintStream out) {
    options.check();
    NetworkOptions.Own own = options.own;
    OnnxModel model =
        own == null
            ? OnnxModel.parse(BUNDLED, Resources.bytes(BUNDLED))
            : OnnxModel.parse(own.model.toString(), ArrayFile.bytes(own.model, "an .onnx file"));
    String tensor = own == null || own.tensor == null ? model.lastFeatures() : own.tensor;
    model.require(tensor);
    OnnxModel.Head found =
        own == null || own.classifier == null ? model.head(tensor) : given(own.classifier);
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
  private static OnnxModel.Head given(NetworkOptions.Classifier classifier) {
    FloatArray bias = classifier.bias == null ? null : ArrayFile.load(classifier.bias);
    return new OnnxModel.Head(ArrayFile.load(classifier.weights), bias, null);
  }

  private List<String> labels() {
    List<String> labels = options.labels();
    if (!labels.isEmpty()) {
      return labels;
    }
    long classes = Arrays.stream(found.weights().shape()).limit(1).sum();
    return LongStream.range(0, classes).mapToObj(c -> "class " + c).toList();
  }

  private static Map<String, BufferedImage> pictures(NetworkOptions options) {
    Map<String, BufferedImage> pictures = new LinkedHashMap<>();
    Path image = options.shown.image;
    if (image != null) {
      pictures.put(
          image.getFileName().toString().replaceFirst("\\.[^.]*$", ""),
          Pictures.parse(image.toString(), ArrayFile.bytes(image, "a picture")));
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
      List<ScoredClass> best = prediction.top(1);
      List<Evidence> why = ClassActivationMap.evidence(head, maps, best);
      Program.createFolder(options.out);
      Path file = options.out.resolve(name + "-heatmap.png");
      Pictures.write(
          CamPanel.draw("What decided: " + name, picture, why, ColorMap.JET, 0.5f), file);
      print(name, maps, prediction, result.logits());
      out.println("  why " + best.get(0).label() + ": " + file);
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
