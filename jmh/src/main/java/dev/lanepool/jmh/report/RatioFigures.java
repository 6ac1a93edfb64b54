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
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
                chart(cases, Variant.ROOF, "time / read roof", "reads only"),
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
  Figure overview() {
    Map<String, List<Case>> kernels = run.widest(mode);
    List<String> shapes = new ArrayList<>();
    kernels.values().stream()
        .flatMap(List::stream)
        .filter(of -> run.ratio(of, Variant.KERNEL, Variant.ROOF).isPresent())
        .map(Case::shape)
        .distinct()
        .forEach(shapes::add);
    List<List<Cell>> rows = new ArrayList<>();
    if (!shapes.isEmpty()) {
      kernels.forEach((kernel, cases) -> rows.add(overviewRow(kernel, cases, shapes)));
    }
    List<String> head = new ArrayList<>(List.of("time / read roof"));
    shapes.forEach(shape -> head.add(Words.shape(shape)));
    return new Figure(
        "All kernels", List.of(), new Table(Collections.unmodifiableList(head), rows));
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
