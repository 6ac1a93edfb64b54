package dev.lanepool.jmh.report;

import java.util.Arrays;
import java.util.List;

/**
 * The numbers behind a chart.
 *
 * @param head the columns' names
 * @param rows the cells, row by row
 */
record Table(List<String> head, List<List<Cell>> rows) {
  /**
   * One cell.
   *
   * @param text what it says
   * @param tone a class of the style sheet; may be empty
   */
  record Cell(String text, String tone) {
    boolean hasTone() {
      return !tone.isEmpty();
    }
  }

  static List<Cell> row(String... texts) {
    return Arrays.stream(texts).map(text -> new Cell(text, "")).toList();
  }
}
