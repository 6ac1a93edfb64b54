package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Shapes by name: {@code 1x2048x7x7} is N, C, H and W, {@code 1x2048x7x7-224x224} the same and the
 * rows and columns of the result, {@code 1x512x8x14x14-4x7x7} volumes with their slices, {@code
 * 32x2048x1000} rows, inputs and outputs of a dense layer.
 */
final class Shapes {
  /** Small, middle and large planes; one input that fits into a cache and one that does not. */
  static final List<String> MAPS =
      List.of(
          "1x2048x7x7",
          "32x2048x7x7",
          "1x1000x13x13",
          "1x1024x14x14",
          "1x64x112x112",
          "8x256x56x56");

  /** Planes of several pieces. */
  static final List<String> LARGE = List.of("1x64x112x112", "8x256x56x56");

  /** The classifier of ResNet-50: one row, and many. */
  static final List<String> ROWS = List.of("1x2048x1000", "32x2048x1000");

  /** Global pooling as adaptive pooling, the levels of PSPNet, and windows of one value. */
  static final List<String> WINDOWS =
      List.of(
          "1x2048x7x7-1x1",
          "1x2048x60x60-1x1",
          "1x2048x60x60-2x2",
          "1x2048x60x60-3x3",
          "1x2048x60x60-6x6",
          "1x512x7x7-7x7");

  /** The features of a short film, in fewer slices and as one. */
  static final List<String> VOLUMES = List.of("1x512x8x14x14-4x7x7", "1x512x8x14x14-1x3x3");

  /** ResNet-50's last feature maps, and its picture. */
  static final List<String> PICTURES = List.of("1x2048x7x7-224x224");

  /** The last feature maps of well-known networks. */
  private static final List<String> HEADS =
      List.of(
          "1x512x7x7", // ResNet-18
          "1x2048x7x7", // ResNet-50
          "1x1024x7x7", // DenseNet-121
          "1x2208x7x7", // DenseNet-161
          "1x1280x7x7", // MobileNetV2, EfficientNet-B0
          "1x768x7x7", // ConvNeXt-T, Swin
          "1x2048x8x8", // Inception-v3
          "1x2048x10x10", // Xception
          "1x1000x13x13", // SqueezeNet
          "1x2560x19x19", // EfficientNet-B7
          "1x10x8x8", // Network in Network
          "1x1000x6x6", // Network in Network
          "1x1024x14x14", // class activation maps
          "1x768x14x14"); // the tokens of ViT-B

  /** What squeeze-and-excitation blocks pool. */
  private static final List<String> SQUEEZES =
      List.of(
          "1x256x56x56",
          "1x512x28x28",
          "1x1024x14x14",
          "1x32x112x112",
          "1x96x56x56",
          "1x144x28x28",
          "1x672x14x14");

  private static final String EXTENT = "[1-9]\\d{0,8}";
  private static final Pattern NAME =
      Pattern.compile(
          EXTENT + "(x" + EXTENT + "){2,3}|" + EXTENT + "(x" + EXTENT + "){3}-" + EXTENT + "x"
              + EXTENT + "|" + EXTENT + "(x" + EXTENT + "){4}-" + EXTENT + "(x" + EXTENT + "){2}");

  private static final int LEAST_SWEEP_LOG = 14;
  private static final int MOST_SWEEP_LOG = 28;

  private Shapes() {}

  /**
   * The shapes of a list in which {@code heads} and {@code squeezes} are groups, and {@code usual}
   * stands for those of a kernel.
   */
  static List<String> named(List<String> names, List<String> usual) {
    return names.stream().flatMap(name -> named(name, usual)).distinct().toList();
  }

  private static Stream<String> named(String name, List<String> usual) {
    return switch (name) {
      case "usual" -> usual.stream();
      case "heads" -> HEADS.stream();
      case "squeezes" -> SQUEEZES.stream();
      default -> {
        extents(name);
        yield Stream.of(name);
      }
    };
  }

  /**
   * One sample with planes as large as a shape's, and so many channels that as float32 they take 16
   * KB, 32 KB and so on up to 256 MB.
   */
  static List<String> sweep(List<String> names) {
    return names.stream()
        .map(Shapes::extents)
        .filter(extents -> extents.length == 4)
        .flatMap(extents -> sweep(extents[2], extents[3]))
        .distinct()
        .toList();
  }

  private static Stream<String> sweep(int h, int w) {
    return IntStream.rangeClosed(LEAST_SWEEP_LOG, MOST_SWEEP_LOG)
        .mapToLong(log -> (1L << log) / ((long) Float.BYTES * h * w))
        .filter(channels -> channels > 0)
        .mapToObj(channels -> "1x" + channels + "x" + h + "x" + w);
  }

  /** The extents in a name. */
  static int[] extents(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new UserException(
          "shape is "
              + name
              + "; NxCxHxW, NxCxHxW-HxW where the result is smaller or larger planes,"
              + " NxCxDxHxW-DxHxW of volumes, or rows x inputs x outputs of a dense layer, was"
              + " needed, such as 1x2048x7x7, 1x2048x7x7-224x224, 1x512x8x14x14-4x7x7 or"
              + " 32x2048x1000");
    }
    return Arrays.stream(name.split("[x-]")).mapToInt(Integer::parseInt).toArray();
  }

  /** The feature maps whose extents come first. */
  static FeatureShape maps(int[] extents) {
    return new FeatureShape(extents[0], extents[1], extents[2], extents[3]);
  }
}
