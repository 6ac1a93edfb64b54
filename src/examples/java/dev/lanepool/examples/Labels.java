package dev.lanepool.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The names of classes on a command line. */
final class Labels {
  private Labels() {}

  /**
   * The names between commas, or in the lines of {@code @FILE}.
   *
   * @throws InputException if the file can't be read, or if a name is empty
   */
  static List<String> parse(String value) {
    List<String> labels =
        value.startsWith("@") ? lines(value.substring(1)) : List.of(value.split(",", -1));
    labels = labels.stream().map(String::strip).toList();
    if (labels.contains("")) {
      throw new InputException(
          "--labels is " + value + " and has an empty label; names were needed");
    }
    return labels;
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      throw new InputException(file, e, "a text file with one label in each line");
    }
  }
}
