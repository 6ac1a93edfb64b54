package dev.lanepool.jmh;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Numbers and tables for people. */
public final class Text {
  private static final int DIGITS = 3;

  /** From here on three digits are 1000 or more. */
  private static final double MOST = 999.5;

  private Text() {}

  /** A time in the unit that reads best: one that gives a number below 1000, rounded. */
  static String micros(double micros) {
    if (micros < MOST) {
      return number(micros) + " µs";
    }
    return micros < 1e3 * MOST ? number(micros / 1e3) + " ms" : number(micros / 1e6) + " s";
  }

  /** Three digits, without an exponent. */
  public static String number(double value) {
    return new BigDecimal(value).round(new MathContext(DIGITS)).toPlainString();
  }

  /** A ratio, given its logarithm. */
  static String ratio(double log) {
    return String.format(Locale.ROOT, "%.2f", Math.exp(log));
  }

  /** By how many per cent a ratio is above 1, given its logarithm. */
  static String percent(double log) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * Math.expm1(log));
  }

  /**
   * Rows as columns of equal width under a line of titles; the outer ones to the left, others
   * right.
   */
  static String table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      append(text, rows.get(r), widths);
      if (r == 0) {
        for (int width : widths) {
          text.append("-".repeat(width)).append("  ");
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String gap = " ".repeat(widths[i] - row.get(i).length());
      boolean end = i == 0 || i == widths.length - 1;
      line.append(end ? row.get(i) + gap : gap + row.get(i)).append("  ");
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
