package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;

/** Shapes by name, such as {@code 1x2048x7x7}: N, C, H and W. */
final class Shapes {
  private Shapes() {}

  static FeatureShape parse(String name) {
    String[] extents = name.split("x");
    if (extents.length != 4) {
      throw new IllegalArgumentException("shape is " + name + "; NxCxHxW was needed");
    }
    return new FeatureShape(
        Integer.parseInt(extents[0]),
        Integer.parseInt(extents[1]),
        Integer.parseInt(extents[2]),
        Integer.parseInt(extents[3]));
  }
}
