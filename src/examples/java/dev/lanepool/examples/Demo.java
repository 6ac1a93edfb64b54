package dev.lanepool.examples;

import dev.lanepool.FeatureMap;
import dev.lanepool.cam.CamPanel;
import dev.lanepool.cam.ClassActivationMap;
import dev.lanepool.cam.ColorMap;
import dev.lanepool.cam.Evidence;
import dev.lanepool.drawing.Canvas;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.head.HeadReport;
import dev.lanepool.head.Prediction;
import dev.lanepool.head.ScoredClass;
import dev.lanepool.kernel.Kernels;
import java.awt.image.BufferedImage;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Shows on feature maps of real networks what a classifier decides and which places decided it; see
 * {@link DemoOptions}.
 */
public final class Demo {
  private final DemoOptions options;
  private final PrintStream out;

  private Demo(DemoOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  static final Program<DemoOptions> PROGRAM = new Program<>("demo", DemoOptions::new, Demo::run);

  /**
   * Runs the demo. The exit status is 0, or 2 if something given can't be used.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    PROGRAM.main(args);
  }

  private static void run(DemoOptions options, PrintStream out) {
    options.check();
    List<Example> examples =
        options.own == null ? Example.bundled() : List.of(Example.load(options.own));
    Program.createFolder(options.out);

    out.println("backend  " + Kernels.backend());
    for (Example example : examples) {
      new Demo(options, out).show(example);
    }
    if (!Canvas.FONTS) {
      out.println();
      out.println("Java finds no fonts here, so the heat maps have no captions.");
    }
  }

  private void show(Example example) {
    ClassifierHead head = example.head();
    List<Prediction> predictions = head.classifyAll(example.maps());
    out.println();
    out.println(example.name() + "  " + example.maps().shape() + " " + example.maps().layout());
    for (int i = 0; i < predictions.size(); i++) {
      String name = example.name();
      if (predictions.size() > 1) {
        name += "-" + (i + 1);
        out.printf("%n  sample %d of %d%n", i + 1, predictions.size());
      }
      FeatureMap maps = example.maps().sample(i);
      print(head, maps, predictions.get(i));

      int classes = Math.min(options.maps, head.labels().size());
      List<ScoredClass> best = predictions.get(i).top(classes);
      BufferedImage picture = example.pictures().isEmpty() ? null : example.pictures().get(i);
      List<Evidence> why = ClassActivationMap.evidence(head, maps, best);
      Path file = options.out.resolve(name + "-heatmap.png");
      Pictures.write(
          CamPanel.draw("What decided: " + name, picture, why, ColorMap.JET, 0.5f), file);
      out.println("  why " + best.get(0).label() + ": " + file);
    }
    out.println();
    HeadReport report =
        new HeadReport(
            head.channels(),
            example.maps().shape().h(),
            example.maps().shape().w(),
            head.labels().size());
    out.print(report.toString().indent(2));
  }

  /** The best classes, and that their maps explain their logits: mean(M_c) + b_c = logit_c. */
  private void print(ClassifierHead head, FeatureMap maps, Prediction prediction) {
    int rows = Math.min(options.top, head.labels().size());
    List<ScoredClass> top = prediction.top(rows);
    int label = Math.max(5, top.stream().mapToInt(c -> c.label().length()).max().orElse(0));
    String columns = "  %-" + label + "s  %11s  %13s  %15s  %10s%n";
    out.printf(columns, "class", "probability", "logit_c", "mean(M_c) + b_c", "difference");
    for (Evidence evidence : ClassActivationMap.evidence(head, maps, top)) {
      ScoredClass c = evidence.scored();
      out.printf(
          columns,
          c.label(),
          percent(c),
          decimal("%.6f", c.logit()),
          decimal("%.6f", evidence.explained()),
          decimal("%.1e", evidence.difference()));
    }
  }

  private static String percent(ScoredClass c) {
    return decimal("%.2f %%", 100.0 * c.probability());
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
