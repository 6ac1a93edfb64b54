package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static jdk.incubator.vector.VectorOperators.GE;

import dev.lanepool.FeatureShape;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Fills small planes with a value each, vector behind vector: one that begins in a plane and ends
 * in the next has some lanes of either. To fill them one by one takes up to three times as long.
 */
final class SmallPlanes {
  /** Values of the largest plane; larger ones are filled as fast one by one. */
  private static final int MOST = 4 * FLOAT_LANES;

  private static final FloatVector LANE = FloatVector.zero(FLOATS).addIndex(1);

  private SmallPlanes() {}

  /** Whether there are planes of a size for this. */
  static boolean serve(FeatureShape shape) {
    long pixels = shape.planeSize();
    return Lanes.COMPARED && pixels >= FLOAT_LANES && pixels <= MOST && shape.planes() > 0;
  }

  /** As {@link dev.lanepool.kernel.internal.PlaneGradients#spread}, in NCHW. */
  static void spread(
      float[] gy, int gyOffset, FeatureShape shape, double divisor, float[] gx, int gxOffset) {
    int pixels = (int) shape.planeSize();
    int to = gxOffset;
    int end = gxOffset;
    float next = (float) (gy[gyOffset] / divisor);
    for (int plane = 1; plane < shape.planes(); plane++) {
      end += pixels;
      FloatVector values = Lanes.exact(FloatVector.broadcast(FLOATS, next));
      next = (float) (gy[gyOffset + plane] / divisor);
      for (; to <= end - FLOAT_LANES; to += FLOAT_LANES) {
        values.intoArray(gx, to);
      }
      values.blend(next, LANE.compare(GE, end - to)).intoArray(gx, to);
      to += FLOAT_LANES;
    }
    Arrays.fill(gx, to, end + pixels, next);
  }
}
