package dev.lanepool.examples;

import dev.lanepool.Layout;
import java.nio.file.Path;
import java.util.List;
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

  private static final Set<String> ONCE =
      Set.of("--features", "--weights", "--labels", "--bias", "--layout", "--top", "--out");

  /**
   * Understands a command line.
   *
   * @throws InputException if it can't be followed
   */
  static DemoOptions parse(String... args) {
    Options given = Options.parse(ONCE, Set.of("--picture"), args);
    given.requireWith("--features", OF_FEATURES);
    for (String option : List.of("--weights", "--labels")) {
      if (given.has("--features") && !given.has(option)) {
        throw new InputException("--features was given without " + option + "; both were needed");
      }
    }
    return new DemoOptions(
        given.path("--features"),
        given.path("--weights"),
        given.path("--bias"),
        given.labels("--labels"),
        given.constant("--layout", Layout.NCHW),
        given.paths("--picture"),
        given.count("--top", 3),
        given.out("target/demo"));
  }
}
