package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.widen;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Products of one vector with the pixels of channels that are planes; the lanes are pixels. As
 * {@link PixelSums}, with a weight per term: channel k of a block belongs to partial sum k mod 16,
 * a row of doubles with one value per pixel.
 */
final class PlaneDots {
  private static final int TILE = Scratch.PLANES;
  private static final int BLOCK = RowSums.BLOCK;
  private static final int LANES = RowSums.LANES;

  /** Where the totals are in the scratch: behind the partial sums. */
  private static final int TOTALS = LANES * TILE;

  private PlaneDots() {}

  /**
   * Products of v, n values, with every pixel of n planes, one after another from start on, to
   * y[to..].
   */
  static void dots(
      float[] v,
      int vStart,
      float[] x,
      int start,
      int n,
      int pixels,
      float[] y,
      int to,
      Scratch scratch) {
    double[] s = scratch.sums;
    for (int i = 0; i < pixels; i += TILE) {
      int width = Math.min(TILE, pixels - i);
      Arrays.fill(s, TOTALS, TOTALS + width, RowSums.NOTHING);
      for (int done = 0; done < n; done += BLOCK) {
        int length = Math.min(BLOCK, n - done);
        block(v, vStart + done, x, start + done * pixels + i, pixels, length, width, s);
        add(s, TOTALS, 0, width);
      }
      for (int j = 0; j < width; j++) {
        y[to + i + j] = (float) s[TOTALS + j];
      }
    }
  }

  /** The sums of a block of channels, to s[0..width). */
  private static void block(
      float[] v, int vStart, float[] x, int start, int step, int n, int width, double[] s) {
    Arrays.fill(s, 0, LANES * width, 0);
    for (int lane = 0; lane < LANES; lane++) {
      int k = lane;
      for (; k + 3 * LANES < n; k += 4 * LANES) {
        addFour(v, vStart + k, x, start + k * step, LANES * step, width, s, lane * width);
      }
      for (; k < n; k += LANES) {
        addOne(v[vStart + k], x, start + k * step, width, s, lane * width);
      }
    }
    for (int half = LANES / 2; half >= 1; half /= 2) {
      add(s, 0, half * width, half * width);
    }
  }

  /** Four planes of a partial sum at once, which spares reading and writing it for each. */
  private static void addFour(
      float[] v, int i, float[] x, int start, int step, int width, double[] s, int to) {
    double v0 = v[i];
    double v1 = v[i + LANES];
    double v2 = v[i + 2 * LANES];
    double v3 = v[i + 3 * LANES];
    int j = 0;
    for (; j + DOUBLE_LANES <= width; j += DOUBLE_LANES) {
      int at = start + j;
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, s, to + j).add(widen(x, at).mul(v0));
      sum = sum.add(widen(x, at + step).mul(v1));
      sum = sum.add(widen(x, at + 2 * step).mul(v2));
      sum.add(widen(x, at + 3 * step).mul(v3)).intoArray(s, to + j);
    }
    for (; j < width; j++) {
      int at = start + j;
      s[to + j] += v0 * x[at];
      s[to + j] += v1 * x[at + step];
      s[to + j] += v2 * x[at + 2 * step];
      s[to + j] += v3 * x[at + 3 * step];
    }
  }

  private static void addOne(double v, float[] x, int start, int width, double[] s, int to) {
    int j = 0;
    for (; j + DOUBLE_LANES <= width; j += DOUBLE_LANES) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, s, to + j);
      sum.add(widen(x, start + j).mul(v)).intoArray(s, to + j);
    }
    for (; j < width; j++) {
      s[to + j] += v * x[start + j];
    }
  }

  /** s[to + j] += s[from + j] for j below count; the ranges are apart. */
  private static void add(double[] s, int to, int from, int count) {
    for (int j = 0; j < count; j++) {
      s[to + j] += s[from + j];
    }
  }
}
