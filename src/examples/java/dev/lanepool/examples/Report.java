package dev.lanepool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lanepool.examples.Experiment.Result;
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

  private final Experiment experiment;
  private final Results results;
  private final DigitMaps maps;
  private final Map<String, BufferedImage> pictures = new LinkedHashMap<>();

  Report(Experiment experiment, Results results) {
    this.experiment = experiment;
    this.results = results;
    this.maps = new DigitMaps(experiment, results.last("avg"));
    draw();
  }

  /** By the names of the files they go to. */
  Map<String, BufferedImage> pictures() {
    return pictures;
  }

  private void draw() {
    pictures.put("heads.png", results.headReport().measure().chart());
    pictures.put(
        "gap.png",
        Charts.bars(
            new Charts.Data(
                "training pictures",
                "training less test accuracy",
                results.scale().training(),
                series(head -> results.of(head).stream().map(Result::gap).toList()))));
    pictures.put(
        "accuracy.png",
        Charts.closeUp(
            new Charts.Data(
                "training pictures",
                "test accuracy",
                results.scale().training(),
                series(head -> results.of(head).stream().map(Result::test).toList()))));
    pictures.put("shifts.png", Charts.shares(conditions("shift", 0, Principles.SHIFTS)));
    pictures.put(
        "canvases.png",
        Charts.shares(conditions("canvas", Experiment.CANVAS, Principles.CANVASES)));
    pictures.put("maps.png", maps.strip());
  }

  private Map<String, List<Double>> series(Function<String, List<Double>> values) {
    Map<String, List<Double>> series = new LinkedHashMap<>();
    results.heads().forEach(head -> series.put(head, values.apply(head)));
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
        kind + ", pixels", "test accuracy", x, series(head -> shares(results.last(head), names)));
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
    values.put("filters", String.valueOf(results.scale().filters()));
    values.put("penalty", text("%.0e", SoftmaxTrainer.PENALTY));
    values.put("test", String.valueOf(experiment.test().count()));
    values.put("largest", String.valueOf(results.scale().largest()));
    values.put("backend", Kernels.backend().toString());
    pictures.forEach(
        (file, picture) ->
            values.put(
                "image." + file.replace(".png", ""),
                "data:image/png;base64,"
                    + Base64.getEncoder().encodeToString(Pictures.png(picture))));
    new Verdicts(results, maps)
        .all()
        .forEach((claim, verdict) -> values.put("verdict." + claim, verdict));
    tables(values);
    String page = new String(Resources.bytes(TEMPLATE), UTF_8);
    for (Map.Entry<String, String> value : values.entrySet()) {
      page = page.replace("${" + value.getKey() + "}", value.getValue());
    }
    return page;
  }

  private void tables(Map<String, String> values) {
    List<String> conditions = Principles.conditions().stream().map(Condition::name).toList();
    List<List<String>> all = new ArrayList<>();
    List<List<String>> gaps = new ArrayList<>();
    List<List<String>> times = new ArrayList<>();
    for (Result result : results.all()) {
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
    for (String head : results.heads()) {
      times.add(
          List.of(head, text("%.2f ms", results.last(head).trained().microsPerStep() / 1000)));
    }
    List<String> columns = new ArrayList<>(List.of("head", "pictures", "parameters", "train"));
    columns.addAll(conditions);
    values.put(
        "table.parameters",
        Html.table(
            results.heads(),
            List.of(
                results.heads().stream()
                    .map(head -> text("%,d", results.last(head).dense().parameterCount()))
                    .toList())));
    values.put("table.all", Html.table(columns, all));
    values.put(
        "table.gap", Html.table(List.of("head", "pictures", "training", "test", "gap"), gaps));
    values.put("table.time", Html.table(List.of("head", "one step"), times));
    StringBuilder confusion = new StringBuilder();
    for (String head : results.heads()) {
      confusion.append("<h3>").append(head).append("</h3>\n");
      confusion.append(Html.confusion(results.last(head).confusion()));
    }
    values.put("table.confusion", confusion.toString());
  }

  static String percent(double share) {
    return text("%.1f %%", 100 * share);
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
