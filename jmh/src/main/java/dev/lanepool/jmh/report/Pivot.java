package dev.lanepool.jmh.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A Markdown table that is filled cell by cell; rows and columns come in the order of arrival. */
final class Pivot {
  private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
  private final Set<String> columns = new LinkedHashSet<>();

  void put(String row, String column, String cell) {
    columns.add(column);
    rows.computeIfAbsent(row, r -> new LinkedHashMap<>()).put(column, cell);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The table, with a name for its first column. */
  String markdown(String corner) {
    StringBuilder text = new StringBuilder();
    List<String> head = new ArrayList<>(List.of(corner));
    head.addAll(columns);
    line(text, head);
    line(text, head.stream().map(column -> "---").toList());
    rows.forEach(
        (name, cells) -> {
          List<String> row = new ArrayList<>(List.of(name));
          columns.forEach(column -> row.add(cells.getOrDefault(column, "")));
          line(text, row);
        });
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ")
        .append(String.join(" | ", cells.stream().map(Words::markdown).toList()))
        .append(" |\n");
  }
}
