package dev.lanepool.examples;

import dev.lanepool.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The command line, understood and checked as far as it can be without the files.
 *
 * @param features the maps; null for those that come with the demo, as are weights and labels then
 * @param weights the classifier's weights
 * @param bias its biases; null for zeros
 * @param labels the names of its classes
 * @param layout the order of the maps
 * @param pictures none, or one for each sample
 * @param top how many classes to list
 * @param out the folder for the heat maps
 */
record DemoOptions(
    Path features,
    Path weights,
    Path bias,
    List<String> labels,
    Layout layout,
    List<Path> pictures,
    int top,
    Path out) {

  static final String USAGE =
      """
      Classifies feature maps and draws which places of the picture decided.

      Without --features, two networks that come with the demo: a facial expression, and the
      direction of a line of text. Else maps of your own, as .npy files of float32 in C order:

        --features FILE   maps before global pooling: [N, C, H, W], or [N, H, W, C] with NHWC
        --weights FILE    weights of the classifier: [classes, C]
        --labels LIST     names of the classes: a,b,c or @FILE with one in each line
        --bias FILE       biases of the classifier: [classes]; zeros if left out
        --layout LAYOUT   NCHW (default) or NHWC
        --picture FILE    what the maps were made from; with N > 1 samples, N times or not at all

        --top K           classes to list: 3 if left out
        --out FOLDER      where the heat maps go: target/demo if left out
        --help            this text

      What can't be used is one line on stderr and exit status 2.
      """;

  private static final Set<String> OF_FEATURES =
      Set.of("--weights", "--labels", "--bias", "--layout", "--picture");

  /**
   * Understands a command line.
   *
   * @throws DemoException if it can't be followed
   */
  static DemoOptions parse(String... args) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      String option = args[i];
      if (!OF_FEATURES.contains(option)
          && !Set.of("--features", "--top", "--out").contains(option)) {
        throw new DemoException(option + " is not an option; see --help");
      }
      if (i + 1 == args.length || args[i + 1].isBlank() || args[i + 1].startsWith("--")) {
        throw new DemoException(option + " has no value; one was needed, see --help");
      }
      List<String> values = given.computeIfAbsent(option, unused -> new ArrayList<>());
      values.add(args[i + 1]);
      if (values.size() > 1 && !option.equals("--picture")) {
        throw new DemoException(option + " was given twice; once was needed");
      }
    }
    requireTogether(given.keySet());
    return new DemoOptions(
        path(given, "--features"),
        path(given, "--weights"),
        path(given, "--bias"),
        labels(given),
        layout(value(given, "--layout", "NCHW")),
        given.getOrDefault("--picture", List.of()).stream()
            .map(picture -> path("--picture", picture))
            .toList(),
        top(value(given, "--top", "3")),
        path("--out", value(given, "--out", "target/demo")));
  }

  private static void requireTogether(Set<String> given) {
    for (String option : given) {
      if (OF_FEATURES.contains(option) && !given.contains("--features")) {
        throw new DemoException(option + " was given without --features; both were needed");
      }
    }
    for (String option : List.of("--weights", "--labels")) {
      if (given.contains("--features") && !given.contains(option)) {
        throw new DemoException("--features was given without " + option + "; both were needed");
      }
    }
  }

  private static String value(Map<String, List<String>> given, String option, String orElse) {
    return given.getOrDefault(option, List.of(orElse)).get(0);
  }

  private static Path path(Map<String, List<String>> given, String option) {
    return given.containsKey(option) ? path(option, given.get(option).get(0)) : null;
  }

  private static Path path(String option, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new DemoException(option + " is " + value + "; a path was needed");
    }
  }

  private static List<String> labels(Map<String, List<String>> given) {
    String value = value(given, "--labels", "");
    List<String> labels;
    if (value.startsWith("@")) {
      Path file = path("--labels", value.substring(1));
      try {
        labels = Files.readAllLines(file);
      } catch (IOException e) {
        throw new DemoException(file.toString(), e, "a text file with one label in each line");
      }
    } else {
      labels = List.of(value.split(",", -1));
    }
    labels = labels.stream().map(String::strip).toList();
    if (given.containsKey("--labels") && labels.contains("")) {
      throw new DemoException(
          "--labels is " + value + " and has an empty label; names were needed");
    }
    return labels;
  }

  private static Layout layout(String value) {
    for (Layout layout : Layout.values()) {
      if (layout.name().equals(value)) {
        return layout;
      }
    }
    throw new DemoException("--layout is " + value + "; NCHW or NHWC was needed");
  }

  private static int top(String value) {
    if (!value.matches("0*[1-9][0-9]{0,8}")) {
      throw new DemoException(
          "--top is " + value + "; a whole number from 1 to 999999999 was needed");
    }
    return Integer.parseInt(value);
  }
}
