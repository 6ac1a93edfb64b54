package dev.lanepool.examples;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.head.ClassifierHead;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What the demo shows: maps, the head that decides on them, and what the maps were made from. All
 * files are read and checked against each other before there is an example.
 *
 * @param name what it is called
 * @param maps the samples
 * @param head the classifier behind them
 * @param pictures none, or one for each sample
 */
record Example(String name, FeatureMap maps, ClassifierHead head, List<BufferedImage> pictures) {

  /** The two that come with the demo. */
  static List<Example> bundled() {
    return List.of(
        bundled(
            "face",
            List.of("neutral", "happy", "sad", "angry", "fearful", "disgusted", "surprised")),
        bundled("text", List.of("0°", "180°")));
  }

  private static Example bundled(String name, List<String> labels) {
    FeatureMap maps = maps(npy(name + "_features.npy"), Layout.NCHW);
    Npy weights = npy(name + "_weights.npy");
    ClassifierHead head = head(maps.shape().c(), weights, npy(name + "_bias.npy"), labels);
    String picture = name + ".png";
    return new Example(name, maps, head, List.of(Pictures.parse(picture, resource(picture))));
  }

  /**
   * One from the user's files.
   *
   * @throws DemoException if a file can't be used
   */
  static Example load(DemoOptions options) {
    FeatureMap maps = maps(npy(options.features()), options.layout());
    Npy bias = options.bias() == null ? null : npy(options.bias());
    ClassifierHead head = head(maps.shape().c(), npy(options.weights()), bias, options.labels());
    int samples = maps.shape().n();
    int pictures = options.pictures().size();
    if (pictures != 0 && pictures != samples) {
      throw new DemoException(
          "--picture was given "
              + pictures
              + " times; 0 or "
              + samples
              + ", one for each sample in "
              + options.features()
              + ", was needed");
    }
    return new Example(
        options.features().getFileName().toString().replaceFirst("\\.npy$", ""),
        maps,
        head,
        options.pictures().stream()
            .map(file -> Pictures.parse(file.toString(), file(file, "a picture")))
            .toList());
  }

  private static FeatureMap maps(Npy features, Layout layout) {
    int[] shape = features.shape();
    if (shape.length != 4 || features.values().length == 0) {
      throw new DemoException(
          features.name()
              + " has the shape "
              + Arrays.toString(shape)
              + "; "
              + (layout == Layout.NCHW ? "[N, C, H, W]" : "[N, H, W, C]")
              + ", each at least 1, was needed");
    }
    return FeatureMap.of(
        features.values(),
        layout,
        layout == Layout.NCHW
            ? new FeatureShape(shape[0], shape[1], shape[2], shape[3])
            : new FeatureShape(shape[0], shape[3], shape[1], shape[2]));
  }

  private static ClassifierHead head(int channels, Npy weights, Npy bias, List<String> labels) {
    int[] shape = weights.shape();
    if (shape.length != 2 || shape[0] == 0 || shape[1] != channels) {
      throw new DemoException(
          weights.name()
              + " has the shape "
              + Arrays.toString(shape)
              + "; [classes, "
              + channels
              + "], a weight for each channel, was needed");
    }
    int classes = shape[0];
    if (labels.size() != classes) {
      throw new DemoException(
          "--labels has "
              + labels.size()
              + " names; one for each of the "
              + classes
              + " classes in "
              + weights.name()
              + " was needed");
    }
    if (bias != null && !Arrays.equals(bias.shape(), new int[] {classes})) {
      throw new DemoException(
          bias.name()
              + " has the shape "
              + Arrays.toString(bias.shape())
              + "; ["
              + classes
              + "], a bias for each class, was needed");
    }
    return ClassifierHead.of(
        weights.values(), bias == null ? new float[classes] : bias.values(), labels);
  }

  private static Npy npy(Path file) {
    return finite(Npy.parse(file.toString(), file(file, "a .npy file")));
  }

  private static Npy npy(String resource) {
    return finite(Npy.parse(resource, resource(resource)));
  }

  /** A single NaN would turn every score and the whole picture into nothing. */
  private static Npy finite(Npy array) {
    for (float value : array.values()) {
      if (!Float.isFinite(value)) {
        throw new DemoException(array.name() + " holds " + value + "; finite values were needed");
      }
    }
    return array;
  }

  private static byte[] file(Path file, String need) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DemoException(file.toString(), e, need);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = Example.class.getResourceAsStream("/demo/" + name)) {
      if (in == null) {
        throw new DemoException("demo/" + name + " is not on the class path; it was needed there");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new DemoException("demo/" + name, e, "a readable resource");
    }
  }
}
