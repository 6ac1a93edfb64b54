package dev.lanepool.examples;

import dev.lanepool.Layout;
import dev.lanepool.head.KnownHead;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@link Demo}. */
@Command(
    description = {
      "Classifies feature maps and draws which places of the picture decided.",
      "",
      "Without --features, two networks that come with the demo: a facial expression, and the"
          + " direction of a line of text.",
      ""
    })
final class DemoOptions extends ProgramOptions {
  private static final int MOST = 100;

  /** Null for what comes with the demo. */
  @ArgGroup(
      exclusive = false,
      order = 1,
      heading = "%nMaps of your own, .npy files of float32 in C order:%n")
  Own own;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "Classes to list: ${DEFAULT-VALUE} if left out.")
  int top = 3;

  @Option(
      names = "--maps",
      paramLabel = "K",
      description = "Classes to draw the maps of: ${DEFAULT-VALUE} if left out.")
  int maps = 1;

  DemoOptions() {
    super("target/demo");
  }

  /**
   * Checks what the parser can't.
   *
   * @throws InputException if a number is out of its range
   */
  void check() {
    range("--top", top);
    range("--maps", maps);
  }

  private static void range(String option, int value) {
    if (value < 1 || value > MOST) {
      throw new InputException(option + " is " + value + "; 1 to " + MOST + " was needed");
    }
  }

  /** What the user gives. */
  static final class Own {
    @Option(
        names = "--features",
        required = true,
        paramLabel = "FILE",
        description = "Maps before global pooling: [N, C, H, W], or [N, H, W, C] with NHWC.")
    Path features;

    @Option(
        names = "--weights",
        required = true,
        paramLabel = "FILE",
        description =
            "Weights of the classifier, [classes, C]; of an .npz or .safetensors file, FILE#NAME.")
    Path weights;

    @Option(
        names = "--labels",
        required = true,
        paramLabel = "LIST",
        description = "Names of the classes: a,b,c or @FILE with one in each line.")
    String labels;

    @Option(
        names = "--head",
        paramLabel = "NAME",
        description =
            "A known network's, with the weights of its own .npz or .safetensors file:"
                + " ${COMPLETION-CANDIDATES}.")
    KnownHead head;

    @Option(
        names = "--bias",
        paramLabel = "FILE",
        description = "Biases of the classifier, [classes]; zeros if left out.")
    Path bias;

    @Option(names = "--layout", paramLabel = "LAYOUT", description = "NCHW (default) or NHWC.")
    Layout layout = Layout.NCHW;

    @Option(
        names = "--picture",
        paramLabel = "FILE",
        description = "What the maps were made from; with N > 1 samples, N times or not at all.")
    List<Path> pictures = List.of();
  }
}
