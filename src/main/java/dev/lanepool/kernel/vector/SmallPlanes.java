package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;

import dev.lanepool.FeatureShape;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Fills small planes with a value each, in whole vectors: the last one reaches into the next plane,
 * which is filled after it. To fill them one by one takes up to twice as long.
 */
final class SmallPlanes {
  private static final int FOUR = 4 * FLOAT_LANES;

  private SmallPlanes() {}

  /** Whether there are planes of a size for this; larger ones are filled as fast one by one. */
  static boolean serve(FeatureShape shape) {
    long pixels = shape.planeSize();
    return pixels >= FLOAT_LANES && pixels <= 2 * FOUR && shape.planes() > 0;
  }

  /** As {@link dev.lanepool.kernel.internal.PlaneGradients#spread}, in NCHW. */
  static void spread(
      float[] gy, int gyOffset, FeatureShape shape, double divisor, float[] gx, int gxOffset) {
    int pixels = (int) shape.planeSize();
    int last = (int) shape.planes() - 1;
    int to = gxOffset;
    for (int plane = 0; plane < last; plane++) {
      float value = (float) (gy[gyOffset + plane] / divisor);
      FloatVector values = Lanes.exact(FloatVector.broadcast(FLOATS, value));
      fill(values, gx, to, pixels);
      if (pixels > FOUR) {
        fill(values, gx, to + FOUR, pixels - FOUR);
      }
      to += pixels;
    }
    Arrays.fill(gx, to, to + pixels, (float) (gy[gyOffset + last] / divisor));
  }

  /** Four vectors at the most: a loop over so few takes longer. */
  private static void fill(FloatVector values, float[] gx, int to, int count) {
    values.intoArray(gx, to);
    if (count > FLOAT_LANES) {
      values.intoArray(gx, to + FLOAT_LANES);
    }
    if (count > 2 * FLOAT_LANES) {
      values.intoArray(gx, to + 2 * FLOAT_LANES);
    }
    if (count > 3 * FLOAT_LANES) {
      values.intoArray(gx, to + 3 * FLOAT_LANES);
    }
  }
}
