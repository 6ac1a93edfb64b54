package dev.lanepool.examples;

import dev.lanepool.head.ClassifierHead;
import dev.lanepool.head.KnownHead;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Heads from arrays that were read from files. */
final class Heads {
  private Heads() {}

  /**
   * Global average pooling, a dense layer, softmax.
   *
   * @param channels of the maps that the head takes
   * @param weights [classes, channels]
   * @param bias [classes], or null for zeros
   * @param labels a name for each class
   * @throws InputException if they don't fit
   */
  static ClassifierHead of(int channels, FloatArray weights, FloatArray bias, List<String> labels) {
    int[] shape = weights.shape();
    if (shape.length != 2 || shape[0] == 0 || shape[1] != channels) {
      throw weights.wrongShape("[classes, " + channels + "], a weight for each channel,");
    }
    int classes = shape[0];
    if (labels.size() != classes) {
      throw new InputException(
          "--labels has "
              + labels.size()
              + " names; one for each of the "
              + classes
              + " classes in "
              + weights.name()
              + " was needed");
    }
    if (bias != null && !Arrays.equals(bias.shape(), new int[] {classes})) {
      throw bias.wrongShape("[" + classes + "], a bias for each class,");
    }
    return ClassifierHead.of(
        weights.values(), bias == null ? new float[classes] : bias.values(), labels);
  }

  /**
   * The head of a known network.
   *
   * @param head which
   * @param file .npz or .safetensors, the network's weights by their published names
   * @param channels of the maps that it is to take
   * @param labels a name for each class
   * @throws InputException if they don't fit
   */
  static ClassifierHead of(KnownHead head, Path file, int channels, List<String> labels) {
    if (head.inputShape().c() != channels) {
      throw new InputException(
          "--head is " + head + "; one for maps of " + channels + " channels was needed");
    }
    Map<String, Supplier<FloatArray>> arrays = ArrayFile.arrays(file);
    Map<String, float[]> weights = new HashMap<>();
    for (KnownHead.Parameter parameter : head.parameters()) {
      if (arrays.containsKey(parameter.name())) {
        FloatArray array = arrays.get(parameter.name()).get().finite();
        int[] extents = parameter.extents().stream().mapToInt(Integer::intValue).toArray();
        if (!Arrays.equals(array.shape(), extents)) {
          throw array.wrongShape(parameter.extents().toString());
        }
        weights.put(parameter.name(), array.values());
      }
    }
    try {
      return head.classifier(weights, labels);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          file + ", --head and --labels don't fit: " + e.getMessage() + "; others were needed");
    }
  }
}
