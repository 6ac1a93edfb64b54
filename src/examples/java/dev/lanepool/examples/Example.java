package dev.lanepool.examples;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.head.ClassifierHead;
import java.awt.image.BufferedImage;
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
    FloatArray weights = npy(name + "_weights.npy");
    ClassifierHead head = Heads.of(maps.shape().c(), weights, npy(name + "_bias.npy"), labels);
    String picture = name + ".png";
    return new Example(name, maps, head, List.of(Pictures.parse(picture, resource(picture))));
  }

  /**
   * One from the user's files.
   *
   * @throws InputException if a file can't be used
   */
  static Example load(DemoOptions.Own options) {
    FeatureMap maps = maps(ArrayFile.load(options.features), options.layout);
    ClassifierHead head = head(options, maps.shape().c());
    int samples = maps.shape().n();
    int pictures = options.pictures.size();
    if (pictures != 0 && pictures != samples) {
      throw new InputException(
          "--picture was given "
              + pictures
              + " times; 0 or "
              + samples
              + ", one for each sample in "
              + options.features
              + ", was needed");
    }
    return new Example(
        options.features.getFileName().toString().replaceFirst("\\.npy$", ""),
        maps,
        head,
        options.pictures.stream()
            .map(file -> Pictures.parse(file.toString(), ArrayFile.bytes(file, "a picture")))
            .toList());
  }

  private static ClassifierHead head(DemoOptions.Own options, int channels) {
    List<String> labels = Labels.parse(options.labels);
    if (options.head == null) {
      FloatArray bias = options.bias == null ? null : ArrayFile.load(options.bias);
      return Heads.of(channels, ArrayFile.load(options.weights), bias, labels);
    }
    if (options.bias != null) {
      throw new InputException("--head and --bias were given; only one was needed");
    }
    return Heads.of(options.head, options.weights, channels, labels);
  }

  private static FeatureMap maps(FloatArray features, Layout layout) {
    int[] shape = features.shape();
    if (shape.length != 4 || features.values().length == 0) {
      throw features.wrongShape(
          (layout == Layout.NCHW ? "[N, C, H, W]" : "[N, H, W, C]") + ", each at least 1,");
    }
    return FeatureMap.of(
        features.values(),
        layout,
        layout == Layout.NCHW
            ? new FeatureShape(shape[0], shape[1], shape[2], shape[3])
            : new FeatureShape(shape[0], shape[3], shape[1], shape[2]));
  }

  private static FloatArray npy(String resource) {
    return Npy.parse(resource, resource(resource)).finite();
  }

  private static byte[] resource(String name) {
    return Resources.bytes("demo/" + name);
  }
}
