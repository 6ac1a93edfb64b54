package dev.lanepool.jmh.report;

import dev.lanepool.jmh.Results;
import dev.lanepool.jmh.Text;
import dev.lanepool.jmh.Variant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names and numbers as people read them. */
final class Words {
  private static final int KIB = 1024;

  private Words() {}

  /** Such as {@code arg max float32 NCHW} for {@code ARG_MAX_FLOAT32_NCHW}. */
  static String kernel(String name) {
    return Arrays.stream(name.split("_"))
        .map(word -> word.matches("N[CHW]{3}") ? word : word.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }

  /** Such as {@code 1×2048×7×7}, or {@code 1×2048×7×7 → 224×224}. */
  static String shape(String name) {
    return name.replace('x', '×').replace("-", " → ");
  }

  /** A run's command line, without the machine's folders. */
  static String command(Results file) {
    return file.command().stream()
        .map(argument -> argument.replaceAll("(^|=|,)/(?:[^/,]*/)*", "$1"))
        .collect(Collectors.joining(" "));
  }

  static String variant(String name) {
    return switch (name) {
      case Variant.KERNEL -> "lanepool";
      case Variant.AGAIN -> "lanepool again";
      case Variant.SCALAR -> "lanepool scalar";
      case Variant.ROOF -> "read roof";
      default -> name;
    };
  }

  static String width(int bits) {
    return bits == 0 ? "scalar" : bits + " bits";
  }

  /** Plain text in Markdown, within a table, too. */
  static String markdown(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|");
  }

  static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Such as {@code 401 KB}, with 1024 bytes to the KB. */
  static String bytes(double bytes) {
    String[] units = {"bytes", "KB", "MB", "GB", "TB"};
    int unit = 0;
    double value = bytes;
    while (value >= KIB && unit < units.length - 1) {
      value /= KIB;
      unit++;
    }
    return Text.number(value) + " " + units[unit];
  }
}
