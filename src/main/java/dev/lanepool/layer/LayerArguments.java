package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import java.util.Objects;

/** What layers check before they write; allocates only to throw. */
final class LayerArguments {
  private LayerArguments() {}

  static void requireShape(FeatureShape input) {
    Objects.requireNonNull(input, "input is null; a FeatureShape was needed");
  }

  static void requireInput(FeatureMap input) {
    Objects.requireNonNull(input, "input is null; a FeatureMap was needed");
  }

  /** The output has these extents, is a float array, and lies apart from the input. */
  static void requireOutput(FeatureMap input, FeatureMap output, int n, int c, int h, int w) {
    Objects.requireNonNull(output, "output is null; a FeatureMap was needed");
    FeatureShape shape = output.shape();
    if (shape.n() != n || shape.c() != c || shape.h() != h || shape.w() != w) {
      throw new IllegalArgumentException(
          "output has the shape " + shape + "; " + new FeatureShape(n, c, h, w) + " was needed");
    }
    if (!output.hasArray()) {
      throw new IllegalArgumentException(
          "output is " + output + "; float32 in an array, without gaps, was needed");
    }
    if (output.overlaps(input)) {
      throw new IllegalArgumentException(
          "output overlaps input: elements "
              + output.offset()
              + " to "
              + (output.offset() + shape.elements() - 1)
              + " of one array are the input's, too; separate ranges were needed");
    }
  }

  static void requireVectors(FeatureShape input, String layer) {
    requireShape(input);
    if (input.h() != 1 || input.w() != 1) {
      throw new IllegalArgumentException(
          "input has the shape "
              + input
              + "; "
              + layer
              + " needs one value per channel, [n, c, 1, 1]: pool or flatten first");
    }
  }

  static void requirePixels(FeatureShape input) {
    requireShape(input);
    if (input.planeSize() == 0) {
      throw new IllegalArgumentException(
          "input has the shape " + input + "; H and W of at least 1 were needed");
    }
  }

  static void requireChannels(FeatureShape input, int channels) {
    if (input.c() != channels) {
      throw new IllegalArgumentException(
          "input has " + input.c() + " channels; this layer's weights need " + channels);
    }
  }

  static double requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " is " + value + "; a finite number above 0 was needed");
    }
    return value;
  }
}
