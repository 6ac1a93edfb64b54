package dev.lanepool.examples;

import dev.lanepool.head.ClassifierHead;
import java.util.Arrays;
import java.util.List;

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
}
