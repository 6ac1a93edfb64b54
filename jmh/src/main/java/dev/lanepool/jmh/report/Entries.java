package dev.lanepool.jmh.report;

import dev.lanepool.jmh.Case;
import dev.lanepool.jmh.Text;
import dev.lanepool.jmh.report.Chart.Mark;
import dev.lanepool.jmh.report.Chart.Series;
import dev.lanepool.jmh.report.Table.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One number per case and label, drawn kernel by kernel: shapes are rows, labels are series.
 *
 * @param quantity what the numbers are, and their unit
 * @param marks lines to compare with
 * @param entries the numbers
 */
record Entries(String quantity, List<Mark> marks, List<Entry> entries) {
  /**
   * One number.
   *
   * @param of what was measured
   * @param label what tells it from others of the same kernel and shape
   * @param micros the time, in µs per call
   * @param value the number
   */
  record Entry(Case of, String label, double micros, double value) {}

  List<Figure> figures() {
    return grouped(entries, entry -> entry.of().kernel()).entrySet().stream()
        .map(kernel -> figure(Words.kernel(kernel.getKey()), kernel.getValue()))
        .toList();
  }

  private Figure figure(String kernel, List<Entry> entries) {
    List<String> shapes = entries.stream().map(entry -> entry.of().shape()).distinct().toList();
    List<Series> series = new ArrayList<>();
    grouped(entries, Entry::label)
        .forEach((label, own) -> series.add(new Series(label, points(own, shapes))));
    List<String> rows = shapes.stream().map(Words::shape).toList();
    return new Figure(
        kernel, List.of(new Chart(quantity, "shape", rows, series, marks)), table(entries));
  }

  private static List<double[]> points(List<Entry> entries, List<String> shapes) {
    return entries.stream()
        .map(entry -> new double[] {entry.value(), shapes.indexOf(entry.of().shape())})
        .toList();
  }

  private Table table(List<Entry> entries) {
    List<List<Cell>> rows =
        entries.stream()
            .map(
                entry ->
                    Table.row(
                        Words.shape(entry.of().shape()),
                        entry.label(),
                        Text.number(entry.micros()),
                        Text.number(entry.value())))
            .toList();
    return new Table(List.of("shape", "what", "µs per call", quantity), rows);
  }

  private static Map<String, List<Entry>> grouped(
      List<Entry> entries, Function<Entry, String> key) {
    return entries.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }
}
