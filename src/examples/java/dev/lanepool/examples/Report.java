package dev.lanepool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lanepool.examples.Experiment.Result;
import dev.lanepool.head.HeadReport;
import dev.lanepool.kernel.Kernels;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The experiment's results for people: charts, and a page with one section for each claim. */
final class Report {
  private static final String TEMPLATE = "digits/page.html";

  private final Experiment.Scale scale;
  private final Experiment experiment;
  private final List<Result> results;
  private final DigitMaps maps;
  private final Map<String, BufferedImage> pictures = new LinkedHashMap<>();

  Report(Experiment.Scale scale, Experiment experiment, List<Result> results) {
    this.scale = scale;
    this.experiment = experiment;
    this.results = results;
    this.maps = new DigitMaps(experiment, last("avg"));
    draw();
  }

  /** The result of a head with most training pictures. */
  private Result last(String head) {
    return of(head).get(scale.training().size() - 1);
  }

  private List<Result> of(String head) {
    return results.stream().filter(result -> result.head().equals(head)).toList();
  }

  private List<String> heads() {
    return results.stream().map(Result::head).distinct().toList();
  }

  /** By the names of the files they go to. */
  Map<String, BufferedImage> pictures() {
    return pictures;
  }

  private void draw() {
    pictures.put(
        "gap.png",
        Charts.bars(
            new Charts.Data(
                "training pictures",
                "training less test accuracy",
                scale.training(),
                series(head -> of(head).stream().map(Result::gap).toList()))));
    pictures.put(
        "accuracy.png",
        Charts.lines(
            new Charts.Data(
                "training pictures",
                "test accuracy",
                scale.training(),
                series(head -> of(head).stream().map(Result::test).toList()))));
    pictures.put("shifts.png", Charts.lines(conditions("shift", 0, Principles.SHIFTS)));
    pictures.put(
        "canvases.png", Charts.lines(conditions("canvas", Experiment.CANVAS, Principles.CANVASES)));
    pictures.put("maps.png", maps.strip());
  }

  private Map<String, List<Double>> series(Function<String, List<Double>> values) {
    Map<String, List<Double>> series = new LinkedHashMap<>();
    heads().forEach(head -> series.put(head, values.apply(head)));
    return series;
  }

  /** Accuracy under conditions of one kind, beginning with the plain test. */
  private Charts.Data conditions(String kind, int first, List<Integer> amounts) {
    List<String> names =
        Stream.concat(
                Stream.of(Condition.TEST), amounts.stream().map(amount -> kind + " " + amount))
            .toList();
    List<Integer> x = Stream.concat(Stream.of(first), amounts.stream()).toList();
    return new Charts.Data(
        kind + ", pixels", "test accuracy", x, series(head -> shares(last(head), names)));
  }

  /** Nulls where the head can't take the maps. */
  private static List<Double> shares(Result result, List<String> conditions) {
    List<Double> shares = new ArrayList<>();
    conditions.forEach(condition -> shares.add(result.correct().get(condition)));
    return shares;
  }

  /** The page, with the pictures in it. */
  String page() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("filters", String.valueOf(scale.filters()));
    values.put("penalty", String.valueOf(SoftmaxTrainer.PENALTY));
    values.put("test", String.valueOf(experiment.test().count()));
    values.put("largest", String.valueOf(scale.largest()));
    values.put("backend", Kernels.backend().toString());
    pictures.forEach(
        (file, picture) ->
            values.put(
                "image." + file.replace(".png", ""),
                "data:image/png;base64,"
                    + Base64.getEncoder().encodeToString(Pictures.png(picture))));
    verdicts(values);
    tables(values);
    String page = new String(Resources.bytes(TEMPLATE), UTF_8);
    for (Map.Entry<String, String> value : values.entrySet()) {
      page = page.replace("${" + value.getKey() + "}", value.getValue());
    }
    return page;
  }

  private void verdicts(Map<String, String> values) {
    Result flatten = last("flatten");
    Result avg = last("avg");
    Result max = last("max");
    HeadReport report =
        new HeadReport(scale.filters(), Experiment.MAP, Experiment.MAP, Digits.CLASSES);
    values.put(
        "verdict.parameters",
        text(
            "<b>Holds.</b> %,d parameters behind flatten, %,d behind global average pooling: %.1f times fewer.",
            report.flattenParameters(), report.pooledParameters(), report.ratio()));
    long smaller = scale.training().stream().filter(n -> gap("avg", n) < gap("flatten", n)).count();
    values.put(
        "verdict.overfitting",
        text(
            "<b>%s</b> The gap between training and test is smaller with global average pooling than with flatten"
                + " for %d of %d numbers of training pictures. With %d pictures it is %s against %s, and the test %s"
                + " against %s.",
            smaller == scale.training().size() ? "Holds." : smaller == 0 ? "Not here." : "In part.",
            smaller,
            scale.training().size(),
            scale.largest(),
            percent(avg.gap()),
            percent(flatten.gap()),
            percent(avg.test()),
            percent(flatten.test())));
    int canvas = Principles.CANVASES.get(Principles.CANVASES.size() - 1);
    String largest = "canvas " + canvas;
    long places = canvas - FilterBank.SIZE + 1;
    values.put(
        "verdict.size",
        text(
            "<b>It runs, and that is all.</b> Flatten cannot take another size: it has weights for %,d values, and a"
                + " square of %d×%d gives %,d. The global poolings take it; avg is right in %s of the cases there"
                + " (%s at the size of training), max in %s.",
            flatten.dense().inputs(),
            canvas,
            canvas,
            scale.filters() * places * places,
            percent(avg.correct().get(largest)),
            percent(avg.test()),
            percent(max.correct().get(largest))));
    values.put(
        "verdict.translation",
        text(
            "<b>%s</b> Moved by one pixel, flatten falls from %s to %s and avg from %s to %s; by two, to %s and %s.",
            avg.correct().get("shift 1") > flatten.correct().get("shift 1")
                ? "Holds."
                : "Not here.",
            percent(flatten.test()),
            percent(flatten.correct().get("shift 1")),
            percent(avg.test()),
            percent(avg.correct().get("shift 1")),
            percent(flatten.correct().get("shift 2")),
            percent(avg.correct().get("shift 2"))));
    values.put(
        "verdict.channels",
        text(
            "<b>Holds.</b> mean(M<sub>c</sub>) + b<sub>c</sub> is logit<sub>c</sub> to within %.0e for every digit and"
                + " class. With the digit anywhere on a square of 32×32, the map of its class peaks on the digit in %s"
                + " of the cases; a peak anywhere would in %s.",
            maps.largestDifference(),
            percent(maps.peaksOnTheDigit()),
            percent(DigitMaps.peaksByChance())));
    values.put(
        "verdict.max",
        text(
            "<b>%s</b> With %d pictures, max is right in %s of the test and avg in %s; with %d, in %s and %s. With five"
                + " specks, max in %s and avg in %s.",
            max.test() > avg.test() ? "The maximum wins here." : "The average wins here.",
            scale.training().get(0),
            percent(of("max").get(0).test()),
            percent(of("avg").get(0).test()),
            scale.largest(),
            percent(max.test()),
            percent(avg.test()),
            percent(max.correct().get("specks 5")),
            percent(avg.correct().get("specks 5"))));
  }

  private double gap(String head, int training) {
    return of(head).get(scale.training().indexOf(training)).gap();
  }

  private void tables(Map<String, String> values) {
    List<String> conditions = Principles.conditions().stream().map(Condition::name).toList();
    List<List<String>> all = new ArrayList<>();
    List<List<String>> gaps = new ArrayList<>();
    List<List<String>> times = new ArrayList<>();
    for (Result result : results) {
      List<String> name = List.of(result.head(), String.valueOf(result.training()));
      List<String> row = new ArrayList<>(name);
      row.add(text("%,d", result.dense().parameterCount()));
      row.add(Principles.share(result.train()));
      shares(result, conditions).forEach(share -> row.add(Principles.share(share)));
      all.add(row);
      gaps.add(
          List.of(
              result.head(),
              String.valueOf(result.training()),
              percent(result.train()),
              percent(result.test()),
              percent(result.gap())));
    }
    for (String head : heads()) {
      times.add(List.of(head, text("%.2f ms", last(head).trained().microsPerStep() / 1000)));
    }
    List<String> columns = new ArrayList<>(List.of("head", "pictures", "parameters", "train"));
    columns.addAll(conditions);
    values.put(
        "table.parameters",
        Html.table(
            heads(),
            List.of(
                heads().stream()
                    .map(head -> text("%,d", last(head).dense().parameterCount()))
                    .toList())));
    values.put("table.all", Html.table(columns, all));
    values.put(
        "table.gap", Html.table(List.of("head", "pictures", "training", "test", "gap"), gaps));
    values.put("table.time", Html.table(List.of("head", "one step"), times));
    StringBuilder confusion = new StringBuilder();
    for (String head : heads()) {
      confusion.append("<h3>").append(head).append("</h3>\n");
      confusion.append(Html.confusion(last(head).confusion()));
    }
    values.put("table.confusion", confusion.toString());
  }

  private static String percent(double share) {
    return text("%.1f %%", 100 * share);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
