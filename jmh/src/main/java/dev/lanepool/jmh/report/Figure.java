package dev.lanepool.jmh.report;

import java.util.List;

/**
 * Charts and the table behind them.
 *
 * @param title what is shown
 * @param charts drawn side by side; may be empty
 * @param table the same as numbers
 */
record Figure(String title, List<Chart> charts, Table table) {
  /** Whether it takes the page's whole width. */
  boolean isWhole() {
    return charts.size() != 1 || charts.get(0).isCurve();
  }

  /** Whether there is anything to show. */
  boolean hasContent() {
    return !table.rows().isEmpty();
  }
}
