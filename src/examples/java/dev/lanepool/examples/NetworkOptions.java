package dev.lanepool.examples;

import dev.lanepool.examples.ImageInput.Colours;
import dev.lanepool.examples.ImageInput.Range;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The command line of {@link RealNetwork}.
 *
 * @param model null for the one that comes with the examples
 * @param image null for text that is drawn
 * @param text what is drawn
 * @param tensor null for what the last global average pooling reads
 * @param weights null for those in the model
 * @param bias null for that in the model, or zeros
 * @param labels one name per class; empty for numbers
 * @param input what the network wants of a picture
 * @param out the folder for the heat maps
 */
record NetworkOptions(
    Path model,
    Path image,
    String text,
    String tensor,
    Path weights,
    Path bias,
    List<String> labels,
    ImageInput input,
    Path out) {

  static final String USAGE =
      """
      Runs a network as far as its last feature map with ONNX Runtime, and its head with lanepool,
      which pools the very memory that ONNX Runtime wrote; compares the scores with the network's
      own; draws which places of the picture decided.

      Without --model, a network that tells whether a line of text is upside down:

        --text TEXT       what is drawn, both ways: "Global average pooling" if left out
        --image FILE      a picture instead

      Any other network with one input [1, 3, H, W] of float32:

        --model FILE      an .onnx file
        --image FILE      the picture
        --size WxH        what the network wants of it: columns and rows
        --colours ORDER   RGB (default) or BGR
        --range RANGE     what 0..255 become: UNIT, 0..1; SIGNED, -1..1; IMAGENET (default), 0..1
                          less the mean and divided by the deviation of ImageNet's colours
        --labels LIST     names of the classes: a,b,c or @FILE with one in each line
        --tensor NAME     what is pooled: if left out, what the last GlobalAveragePool reads
        --weights FILE    weights of the classifier, [classes, C], where they can't be found behind
                          the pooling: .npy, FILE.npz#NAME or FILE.safetensors#NAME
        --bias FILE       its biases, [classes]; zeros if left out

        --out FOLDER      where the heat maps go: target/network if left out
        --help            this text

      What can't be used is one line on stderr and exit status 2.
      """;

  private static final Set<String> OF_MODEL =
      Set.of("--size", "--colours", "--range", "--labels", "--tensor", "--weights", "--bias");

  private static final String TEXT = "Global average pooling";
  private static final ImageInput TEXT_DIRECTION =
      new ImageInput(192, 48, Colours.BGR, Range.SIGNED);
  private static final List<String> DIRECTIONS = List.of("0°", "180°");

  /**
   * Understands a command line.
   *
   * @throws InputException if it can't be followed
   */
  static NetworkOptions parse(String... args) {
    Set<String> once = new HashSet<>(OF_MODEL);
    once.addAll(Set.of("--model", "--image", "--text", "--out"));
    Options given = Options.parse(once, Set.of(), args);
    given.requireWith("--model", OF_MODEL);
    given.requireWith("--weights", Set.of("--bias"));
    if (given.has("--image") && given.has("--text")) {
      throw new InputException("--image and --text were given; only one was needed");
    }
    boolean own = given.has("--model");
    for (String option : List.of("--image", "--size")) {
      if (own && !given.has(option)) {
        throw new InputException("--model was given without " + option + "; both were needed");
      }
    }
    return new NetworkOptions(
        given.path("--model"),
        given.path("--image"),
        given.value("--text", TEXT),
        given.value("--tensor", null),
        given.path("--weights"),
        given.path("--bias"),
        own ? given.labels("--labels") : DIRECTIONS,
        own ? input(given) : TEXT_DIRECTION,
        given.out("target/network"));
  }

  private static ImageInput input(Options given) {
    String size = given.value("--size", "");
    if (!size.matches("[1-9][0-9]{0,3}x[1-9][0-9]{0,3}")) {
      throw new InputException(
          "--size is " + size + "; two numbers up to 9999, 224x224, were needed");
    }
    String[] extents = size.split("x");
    return new ImageInput(
        Integer.parseInt(extents[0]),
        Integer.parseInt(extents[1]),
        given.constant("--colours", Colours.RGB),
        given.constant("--range", Range.IMAGENET));
  }
}
