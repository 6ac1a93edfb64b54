package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Shapes by name: {@code 1x2048x7x7} is N, C, H and W, {@code 32x2048x1000} a dense layer. */
final class Shapes {
  /** Small, middle and large planes; one input that fits into a cache and one that does not. */
  static final List<String> USUAL =
      List.of(
          "1x2048x7x7",
          "32x2048x7x7",
          "1x1000x13x13",
          "1x1024x14x14",
          "1x64x112x112",
          "8x256x56x56",
          "1x2048x1000",
          "32x2048x1000");

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

  private static final int LEAST_SWEEP_LOG = 14;
  private static final int MOST_SWEEP_LOG = 28;

  private Shapes() {}

  /** The shapes of a list in which {@code usual}, {@code heads} and {@code squeezes} are groups. */
  static List<String> named(List<String> names) {
    return names.stream().flatMap(Shapes::named).distinct().toList();
  }

  private static Stream<String> named(String name) {
    return switch (name) {
      case "usual" -> USUAL.stream();
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
    if (!name.matches("[1-9]\\d{0,8}(x[1-9]\\d{0,8}){2,3}")) {
      throw new UserException(
          "shape is "
              + name
              + "; NxCxHxW, or rows x inputs x outputs of a dense layer, was needed,"
              + " such as 1x2048x7x7 or 32x2048x1000");
    }
    return Arrays.stream(name.split("x")).mapToInt(Integer::parseInt).toArray();
  }

  /** The shape of feature maps. */
  static FeatureShape parse(String name) {
    int[] extents = extents(name);
    if (extents.length != 4) {
      throw new UserException("shape is " + name + "; NxCxHxW was needed");
    }
    return new FeatureShape(extents[0], extents[1], extents[2], extents[3]);
  }
}
