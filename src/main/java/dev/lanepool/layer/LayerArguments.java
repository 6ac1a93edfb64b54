package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import java.util.Objects;

/** What layers check before they write; allocates only to throw. */
final class LayerArguments {
  private LayerArguments() {}

  static void requireInput(FeatureMap input) {
    Objects.requireNonNull(input, "input is null; a FeatureMap was needed");
  }

  static void requireOutput(FeatureMap output, int n, int c, int h, int w) {
    Objects.requireNonNull(output, "output is null; a FeatureMap was needed");
    FeatureShape shape = output.shape();
    if (shape.n() != n || shape.c() != c || shape.h() != h || shape.w() != w) {
      throw new IllegalArgumentException(
          "output has the shape " + shape + "; " + new FeatureShape(n, c, h, w) + " was needed");
    }
  }

  static void requireVectors(FeatureShape input, String layer) {
    if (input.h() != 1 || input.w() != 1) {
      throw new IllegalArgumentException(
          "input has the shape "
              + input
              + "; "
              + layer
              + " needs one value per channel, [n, c, 1, 1]: pool or flatten first");
    }
  }

  /** For layers that don't go through a kernel, which checks this itself. */
  static void requireApart(FeatureMap input, FeatureMap output) {
    long inputEnd = input.offset() + input.shape().elements();
    long outputEnd = output.offset() + output.shape().elements();
    if (input.array() == output.array()
        && input.offset() < outputEnd
        && output.offset() < inputEnd) {
      throw new IllegalArgumentException(
          "output overlaps input: in the same array, elements "
              + output.offset()
              + " to "
              + (outputEnd - 1)
              + " and "
              + input.offset()
              + " to "
              + (inputEnd - 1)
              + "; separate ranges were needed");
    }
  }
}
