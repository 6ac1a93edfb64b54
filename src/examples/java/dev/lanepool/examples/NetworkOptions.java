package dev.lanepool.examples;

import dev.lanepool.examples.ImageInput.Colours;
import dev.lanepool.examples.ImageInput.Range;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@link RealNetwork}. */
@Command(
    description = {
      "Runs a network as far as its last feature map with ONNX Runtime, and its head with lanepool,"
          + " which pools the very memory that ONNX Runtime wrote; compares the scores with the"
          + " network's own; draws which places of the picture decided.",
      "",
      "Without --model, a network that tells whether a line of text is upside down.",
      ""
    })
final class NetworkOptions extends ProgramOptions {
  private static final ImageInput TEXT_DIRECTION =
      new ImageInput(192, 48, Colours.BGR, Range.SIGNED);
  private static final List<String> DIRECTIONS = List.of("0°", "180°");

  @ArgGroup(order = 1)
  Shown shown = new Shown();

  /** Null for the network that comes with the examples. */
  @ArgGroup(
      exclusive = false,
      order = 2,
      heading = "%nAny other network with one input [1, 3, H, W] of float32, and its --image:%n")
  Own own;

  NetworkOptions() {
    super("target/network");
  }

  /** What the network gets to see. */
  static final class Shown {
    @Option(
        names = "--text",
        paramLabel = "TEXT",
        description = "What is drawn, both ways: \"Global average pooling\" if left out.")
    String text;

    @Option(names = "--image", paramLabel = "FILE", description = "A picture instead.")
    Path image;
  }

  /** What the user gives. */
  static final class Own {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "An .onnx file.")
    Path model;

    @Option(
        names = "--size",
        required = true,
        paramLabel = "WxH",
        description = "What the network wants of the picture: columns and rows.")
    String size;

    @Option(names = "--colours", paramLabel = "ORDER", description = "RGB (default) or BGR.")
    Colours colours = Colours.RGB;

    @Option(
        names = "--range",
        paramLabel = "RANGE",
        description =
            "What 0..255 become: UNIT, 0..1; SIGNED, -1..1; IMAGENET (default), 0..1 less the mean"
                + " and divided by the deviation of ImageNet's colours.")
    Range range = Range.IMAGENET;

    @Option(
        names = "--labels",
        paramLabel = "LIST",
        description = "Names of the classes: a,b,c or @FILE with one in each line.")
    String labels;

    @Option(
        names = "--tensor",
        paramLabel = "NAME",
        description = "What is pooled: if left out, what the last GlobalAveragePool reads.")
    String tensor;

    /** Null for those in the model. */
    @ArgGroup(exclusive = false)
    Classifier classifier;

    private ImageInput input() {
      if (!size.matches("[1-9][0-9]{0,3}x[1-9][0-9]{0,3}")) {
        throw new InputException(
            "--size is " + size + "; two numbers up to 9999, 224x224, were needed");
      }
      String[] extents = size.split("x");
      return new ImageInput(
          Integer.parseInt(extents[0]), Integer.parseInt(extents[1]), colours, range);
    }
  }

  /** A dense layer. */
  static final class Classifier {
    @Option(
        names = "--weights",
        required = true,
        paramLabel = "FILE",
        description =
            "Weights of the classifier, [classes, C], where they can't be found behind the pooling:"
                + " an .npy file, or FILE#NAME of an .npz or .safetensors file.")
    Path weights;

    @Option(
        names = "--bias",
        paramLabel = "FILE",
        description = "Its biases, [classes]; zeros if left out.")
    Path bias;
  }

  /**
   * Checks what the options say together.
   *
   * @throws InputException if a network of one's own has nothing to see
   */
  void check() {
    if (own != null && shown.image == null) {
      throw new InputException("--model was given without --image; both were needed");
    }
  }

  String text() {
    return shown.text == null ? "Global average pooling" : shown.text;
  }

  /** What the network wants of a picture. */
  ImageInput input() {
    return own == null ? TEXT_DIRECTION : own.input();
  }

  /** One name per class; empty for numbers. */
  List<String> labels() {
    if (own == null) {
      return DIRECTIONS;
    }
    return own.labels == null ? List.of() : Labels.parse(own.labels);
  }
}
