package dev.lanepool.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A command line of options, each with a value, checked as far as it can be without the files. */
final class Options {
  private final Map<String, List<String>> given;

  private Options(Map<String, List<String>> given) {
    this.given = given;
  }

  /**
   * Understands a command line.
   *
   * @param once the options that may be given once
   * @param often those that may be given several times
   * @throws InputException if it has others, or one without a value
   */
  static Options parse(Set<String> once, Set<String> often, String... args) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      String option = args[i];
      if (!once.contains(option) && !often.contains(option)) {
        throw new InputException(option + " is not an option; see --help");
      }
      if (i + 1 == args.length || args[i + 1].isBlank() || args[i + 1].startsWith("--")) {
        throw new InputException(option + " has no value; one was needed, see --help");
      }
      List<String> values = given.computeIfAbsent(option, unused -> new ArrayList<>());
      values.add(args[i + 1]);
      if (values.size() > 1 && once.contains(option)) {
        throw new InputException(option + " was given twice; once was needed");
      }
    }
    return new Options(given);
  }

  boolean has(String option) {
    return given.containsKey(option);
  }

  /** Refuses options that mean nothing without another one. */
  void requireWith(String option, Set<String> dependent) {
    for (String each : given.keySet()) {
      if (dependent.contains(each) && !has(option)) {
        throw new InputException(each + " was given without " + option + "; both were needed");
      }
    }
  }

  String value(String option, String orElse) {
    return has(option) ? given.get(option).get(0) : orElse;
  }

  /** A path, or null where the option was not given. */
  Path path(String option) {
    return has(option) ? path(option, given.get(option).get(0)) : null;
  }

  List<Path> paths(String option) {
    return given.getOrDefault(option, List.of()).stream()
        .map(value -> path(option, value))
        .toList();
  }

  /** The folder that {@code --out} names. */
  Path out(String orElse) {
    return path("--out", value("--out", orElse));
  }

  private static Path path(String option, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new InputException(option + " is " + value + "; a path was needed");
    }
  }

  /** Names between commas, or in the lines of {@code @FILE}; none where not given. */
  List<String> labels(String option) {
    if (!has(option)) {
      return List.of();
    }
    String value = value(option, "");
    List<String> labels =
        value.startsWith("@")
            ? lines(path(option, value.substring(1)))
            : List.of(value.split(",", -1));
    labels = labels.stream().map(String::strip).toList();
    if (labels.contains("")) {
      throw new InputException(
          option + " is " + value + " and has an empty label; names were needed");
    }
    return labels;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new InputException(file.toString(), e, "a text file with one label in each line");
    }
  }

  /** A count. */
  int count(String option, int orElse) {
    String value = value(option, String.valueOf(orElse));
    if (!value.matches("0*[1-9][0-9]{0,8}")) {
      throw new InputException(
          option + " is " + value + "; a whole number from 1 to 999999999 was needed");
    }
    return Integer.parseInt(value);
  }

  /** One of the names of an enum's constants. */
  <E extends Enum<E>> E constant(String option, E orElse) {
    String value = value(option, orElse.name());
    for (E constant : orElse.getDeclaringClass().getEnumConstants()) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    List<String> names = new ArrayList<>();
    for (E constant : orElse.getDeclaringClass().getEnumConstants()) {
      names.add(constant.name());
    }
    throw new InputException(
        option + " is " + value + "; " + String.join(" or ", names) + " was needed");
  }
}
