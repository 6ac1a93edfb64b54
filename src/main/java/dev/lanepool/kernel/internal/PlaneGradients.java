package dev.lanepool.kernel.internal;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;

/** Gradients that are the same on a whole plane; to fill memory needs no lanes of our own. */
public final class PlaneGradients {
  /** What is copied at a time, so that it is read from the L1 cache. */
  private static final int CHUNK = 2048;

  private PlaneGradients() {}

  /** gx = gy · factor / divisor on every plane, in double, rounded once. */
  public static void spread(
      float[] gy,
      int gyOffset,
      Layout layout,
      FeatureShape shape,
      double factor,
      double divisor,
      float[] gx,
      int gxOffset) {
    int pixels = (int) shape.planeSize();
    if (layout == Layout.NHWC) {
      for (int n = 0; n < shape.n(); n++) {
        int to = gxOffset + n * pixels * shape.c();
        spreadPixel(gy, gyOffset + n * shape.c(), shape.c(), pixels, factor, divisor, gx, to);
      }
      return;
    }
    for (int plane = 0; plane < shape.planes(); plane++) {
      int to = gxOffset + plane * pixels;
      Arrays.fill(gx, to, to + pixels, (float) (gy[gyOffset + plane] * factor / divisor));
    }
  }

  private static void spreadPixel(
      float[] gy,
      int from,
      int channels,
      int pixels,
      double factor,
      double divisor,
      float[] gx,
      int to) {
    quotients(gy, from, channels, factor, divisor, gx, to);
    int most = Math.max(channels, CHUNK - CHUNK % Math.max(1, channels));
    int count;
    for (int done = channels; done < pixels * channels; done += count) {
      count = Math.min(Math.min(done, most), pixels * channels - done);
      System.arraycopy(gx, to, gx, to + done, count);
    }
  }

  /**
   * Where both operands are floats, so is the quotient at once: the double that is next to it is
   * never so near the middle of two floats that to round it once more makes a difference (S. A.
   * Figueroa, "When is double rounding innocuous?", 1995).
   */
  private static void quotients(
      float[] x, int from, int n, double factor, double divisor, float[] y, int to) {
    float d = (float) divisor;
    if (factor == 1 && d == divisor) {
      for (int i = 0; i < n; i++) {
        y[to + i] = x[from + i] / d;
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[to + i] = (float) (x[from + i] * factor / divisor);
      }
    }
  }
}
