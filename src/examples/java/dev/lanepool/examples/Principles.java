package dev.lanepool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lanepool.drawing.Canvas;
import dev.lanepool.kernel.Kernels;
import dev.lanepool.layer.CatAvgMaxPool;
import dev.lanepool.layer.Flatten;
import dev.lanepool.layer.GeMPool;
import dev.lanepool.layer.GlobalAvgPool;
import dev.lanepool.layer.GlobalMaxPool;
import dev.lanepool.layer.Layer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures on handwritten digits what is said of global average pooling; see {@link Options}. */
public final class Principles {
  static final Program<Options> PROGRAM =
      new Program<>("principles", Options::new, Principles::run);

  /** The command line. */
  @Command(
      description = {
        "Trains classifiers on handwritten digits behind one fixed filter bank, with flatten, global"
            + " average and other poolings, and measures what is said of global average pooling:"
            + " fewer parameters, less overfitting, any input size, tolerance to translation,"
            + " channels tied to classes. Writes charts, a page that shows them (principles.html) and all"
            + " figures (results.csv); these, times apart, are the same bits in every run.",
        ""
      })
  static final class Options extends ProgramOptions {
    @Option(
        names = "--scale",
        paramLabel = "SCALE",
        description = "FULL (default): a minute or two; SMALL: some seconds, for a look.")
    private Size size = Size.FULL;

    Options() {
      super("target/principles");
    }
  }

  /** How much is done. */
  enum Size {
    FULL(new Experiment.Scale(128, List.of(100, 300, 1000), 797, 100)),
    SMALL(new Experiment.Scale(32, List.of(100, 200), 100, 40));

    private final Experiment.Scale scale;

    Size(Experiment.Scale scale) {
      this.scale = scale;
    }
  }

  static final List<Integer> SHIFTS = List.of(1, 2, 3);
  static final List<Integer> CANVASES = List.of(20, 24, 32);
  static final List<Integer> SPECKS = List.of(2, 5);
  private static final long SEED = 1;

  private Principles() {}

  /**
   * Runs the program. The exit status is 0, or 2 if something given can't be used.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    PROGRAM.main(args);
  }

  private static void run(Options options, PrintStream out) {
    Experiment.Scale scale = options.size.scale;
    Path folder = options.out;
    if (!Canvas.FONTS) {
      throw new InputException("Java finds no fonts here; for the charts, some were needed");
    }
    Program.createFolder(folder);
    out.println("backend  " + Kernels.backend());
    Experiment experiment = new Experiment(scale, SEED, out::println);
    List<Experiment.Result> results = experiment.run(heads(), conditions());
    out.println("drawing");
    Report report = new Report(experiment, new Results(scale, results));
    report.pictures().forEach((name, picture) -> Pictures.write(picture, folder.resolve(name)));
    Program.write(csv(results).getBytes(UTF_8), folder.resolve("results.csv"));
    Program.write(report.page().getBytes(UTF_8), folder.resolve("principles.html"));
    print(results, out);
    out.println();
    out.println("charts and all figures: " + folder.resolve("principles.html"));
  }

  private static Map<String, Layer> heads() {
    Map<String, Layer> heads = new LinkedHashMap<>();
    heads.put("flatten", new Flatten());
    heads.put("avg", new GlobalAvgPool());
    heads.put("max", new GlobalMaxPool());
    heads.put("gem", new GeMPool());
    heads.put("catavgmax", CatAvgMaxPool.avgFirst());
    return heads;
  }

  static List<Condition> conditions() {
    return Stream.of(
            Stream.of(Condition.still()),
            SHIFTS.stream().map(Condition::shift),
            CANVASES.stream().map(Condition::canvas),
            SPECKS.stream().map(Condition::specks))
        .flatMap(each -> each)
        .toList();
  }

  /** All figures but the times; the last columns are empty where a head can't take the maps. */
  private static String csv(List<Experiment.Result> results) {
    String columns = conditions().stream().map(Condition::name).collect(Collectors.joining(","));
    StringBuilder csv =
        new StringBuilder("head,training pictures,parameters,train," + columns + "\n");
    for (Experiment.Result result : results) {
      csv.append(result.head()).append(',').append(result.training()).append(',');
      csv.append(result.dense().parameterCount()).append(',').append(share(result.train()));
      for (Condition condition : conditions()) {
        Double correct = result.correct().get(condition.name());
        csv.append(',').append(correct == null ? "" : share(correct));
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  private static void print(List<Experiment.Result> results, PrintStream out) {
    out.println();
    out.println("head       pictures  parameters  train   test    shift 2  canvas 24  step");
    for (Experiment.Result result : results) {
      out.printf(
          Locale.ROOT,
          "%-10s %8d  %10d  %s  %s  %s   %-9s  %.1f ms%n",
          result.head(),
          result.training(),
          result.dense().parameterCount(),
          share(result.train()),
          share(result.test()),
          share(result.correct().get("shift 2")),
          share(result.correct().get("canvas 24")),
          result.trained().microsPerStep() / 1000);
    }
  }

  /** With four digits; a dash where there is none. */
  static String share(Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.4f", share);
  }
}
