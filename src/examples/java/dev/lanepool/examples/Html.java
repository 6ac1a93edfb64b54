package dev.lanepool.examples;

import java.util.List;
import java.util.Locale;

/** Tables for a page. */
final class Html {
  private Html() {}

  static String table(List<String> columns, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<table>\n<tr>");
    columns.forEach(column -> html.append("<th>").append(column).append("</th>"));
    html.append("</tr>\n");
    for (List<String> row : rows) {
      html.append("<tr>");
      row.forEach(cell -> html.append("<td>").append(cell).append("</td>"));
      html.append("</tr>\n");
    }
    return html.append("</table>\n").toString();
  }

  /**
   * Rows are what is, columns what was decided; the more often, the darker: right blue, wrong red.
   */
  static String confusion(int[][] counts) {
    StringBuilder html = new StringBuilder("<table class=\"confusion\">\n<tr><th></th>");
    for (int c = 0; c < counts.length; c++) {
      html.append("<th>").append(c).append("</th>");
    }
    html.append("</tr>\n");
    for (int row = 0; row < counts.length; row++) {
      html.append("<tr><th>").append(row).append("</th>");
      int sum = 0;
      for (int count : counts[row]) {
        sum += count;
      }
      for (int column = 0; column < counts.length; column++) {
        int count = counts[row][column];
        String rgb = row == column ? "31, 119, 180" : "217, 95, 2";
        double share = sum == 0 ? 0 : (double) count / sum;
        double alpha = row == column ? 0.6 * share : Math.min(1, 6 * share);
        html.append(
            String.format(
                Locale.ROOT,
                "<td style=\"background: rgba(%s, %.2f)\">%s</td>",
                rgb,
                alpha,
                count == 0 ? "" : count));
      }
      html.append("</tr>\n");
    }
    return html.append("</table>\n").toString();
  }
}
