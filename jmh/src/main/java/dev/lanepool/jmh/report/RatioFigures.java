package dev.lanepool.jmh.report;

import dev.lanepool.jmh.Case;
import dev.lanepool.jmh.Interval;
import dev.lanepool.jmh.Mode;
import dev.lanepool.jmh.Text;
import dev.lanepool.jmh.Variant;
import dev.lanepool.jmh.report.Chart.Mark;
import dev.lanepool.jmh.report.Chart.Series;
import dev.lanepool.jmh.report.Table.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kernels beside the read roof, the scalar backend and the peers of the same run. */
final class RatioFigures {
  private final Run run;
  private final Mode mode;

  RatioFigures(Run run, Mode mode) {
    this.run = run;
    this.mode = mode;
  }

  /** One figure per kernel. */
  List<Figure> byKernel() {
    return run.widest(mode).entrySet().stream()
        .map(kernel -> figure(kernel.getKey(), kernel.getValue()))
        .toList();
  }

  private Figure figure(String kernel, List<Case> cases) {
    String title = Words.kernel(kernel) + ", " + Words.width(cases.get(0).bits());
    List<Chart> charts =
        Stream.of(
                chart(cases, Variant.ROOF, "time / read roof", "roof"),
                chart(cases, Variant.KERNEL, "time / lanepool's", "lanepool"))
            .filter(chart -> !chart.series().isEmpty())
            .toList();
    return new Figure(title, charts, table(cases));
  }

  private Chart chart(List<Case> cases, String base, String x, String mark) {
    List<Series> series =
        compared(cases).stream()
            .filter(variant -> !variant.equals(base))
            .map(variant -> new Series(Words.variant(variant), points(cases, variant, base)))
            .filter(s -> !s.points().isEmpty())
            .toList();
    List<String> rows = cases.stream().map(of -> Words.shape(of.shape())).toList();
    return new Chart(x, "shape", rows, series, List.of(new Mark(1, mark)));
  }

  /** Lanepool against itself belongs in the table: dots on dots say nothing. */
  private List<String> compared(List<Case> cases) {
    return cases.stream()
        .flatMap(of -> run.variants(of).stream())
        .distinct()
        .filter(variant -> !variant.equals(Variant.AGAIN))
        .toList();
  }

  private List<double[]> points(List<Case> cases, String variant, String base) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      int row = i;
      run.ratio(cases.get(i), variant, base)
          .ifPresent(ratio -> points.add(new double[] {ratio, row}));
    }
    return points;
  }

  private Table table(List<Case> cases) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Case of : cases) {
      for (String variant : run.variants(of)) {
        rows.add(
            Table.row(
                Words.shape(of.shape()),
                Words.variant(variant),
                run.micros(of, variant).map(Text::number).orElse(""),
                ratio(of, variant, Variant.ROOF),
                ratio(of, variant, Variant.KERNEL)));
      }
    }
    return new Table(
        List.of("shape", "what", "µs per call", "/ read roof [95 %]", "/ lanepool [95 %]"), rows);
  }

  private String ratio(Case of, String variant, String base) {
    return variant.equals(base)
        ? "1"
        : run.interval(of, variant, base).map(Interval::toString).orElse("");
  }

  /** All kernels at once: time over the read roof, kernel by shape. */
  List<Figure> overview() {
    Map<String, List<Case>> kernels = run.widest(mode);
    kernels.replaceAll((kernel, cases) -> cases.stream().filter(this::hasRoof).toList());
    kernels.values().removeIf(List::isEmpty);
    Map<Integer, List<String>> alike =
        kernels.keySet().stream()
            .collect(
                Collectors.groupingBy(
                    kernel -> extents(kernels.get(kernel).get(0)),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return alike.values().stream().map(names -> overview(names, kernels)).toList();
  }

  private boolean hasRoof(Case of) {
    return run.ratio(of, Variant.KERNEL, Variant.ROOF).isPresent();
  }

  private static int extents(Case of) {
    return of.shape().split("[x-]").length;
  }

  private Figure overview(List<String> names, Map<String, List<Case>> kernels) {
    List<String> shapes =
        names.stream()
            .flatMap(name -> kernels.get(name).stream())
            .map(Case::shape)
            .distinct()
            .toList();
    List<String> head = new ArrayList<>(List.of("time / read roof"));
    shapes.forEach(shape -> head.add(Words.shape(shape)));
    List<List<Cell>> rows =
        names.stream().map(name -> overviewRow(name, kernels.get(name), shapes)).toList();
    String title = "Kernels on " + Words.shape(shapes.get(0)) + (shapes.size() > 1 ? " …" : "");
    return new Figure(title, List.of(), new Table(List.copyOf(head), rows));
  }

  private List<Cell> overviewRow(String kernel, List<Case> cases, List<String> shapes) {
    List<Cell> row = new ArrayList<>();
    row.add(new Cell(Words.kernel(kernel) + ", " + Words.width(cases.get(0).bits()), ""));
    for (String shape : shapes) {
      row.add(
          cases.stream()
              .filter(of -> of.shape().equals(shape))
              .findFirst()
              .flatMap(of -> run.ratio(of, Variant.KERNEL, Variant.ROOF))
              .map(ratio -> new Cell(Words.ratio(ratio), tone(ratio)))
              .orElse(new Cell("", "")));
    }
    return row;
  }

  private static String tone(double ratio) {
    if (ratio < 1.5) {
      return "near";
    }
    return ratio < 3 ? "middle" : "far";
  }
}
