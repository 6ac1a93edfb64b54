package dev.lanepool.kernel.scalar;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;
import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.internal.SumOrder.NOTHING;

import dev.lanepool.FeatureShape;
import java.util.Arrays;

/**
 * Sums and extrema of NHWC maps, pixel by pixel, as memory has them: plane by plane, a line of
 * memory would be read anew for every channel in it. The order of additions is that of {@link
 * ScalarSums}. The JIT makes vectors of the loops over channels.
 */
final class ScalarPixels {
  /** Channels whose partial sums stay in the caches. */
  private static final int TILE = 256;

  /** Where the sums of the blocks before are: behind the partial sums. */
  private static final int TOTALS = LANES * TILE;

  /** How a pixel is joined to the extrema of those before. */
  private interface Join {
    void pixel(float[] x, int from, float[] y, int to, int channels);
  }

  private static final ThreadLocal<double[]> SUMS =
      ThreadLocal.withInitial(() -> new double[TOTALS + TILE]);

  private ScalarPixels() {}

  static void mean(float[] x, int xOffset, FeatureShape shape, float[] y, int yOffset) {
    divide(x, xOffset, shape, shape.planeSize(), y, yOffset);
  }

  static void sum(float[] x, int xOffset, FeatureShape shape, float[] y, int yOffset) {
    divide(x, xOffset, shape, 1, y, yOffset);
  }

  private static void divide(
      float[] x, int xOffset, FeatureShape shape, double divisor, float[] y, int yOffset) {
    int channels = shape.c();
    int n = (int) shape.planeSize();
    for (int sample = 0; sample < shape.n(); sample++) {
      int start = xOffset + sample * n * channels;
      int to = yOffset + sample * channels;
      divide(x, start, n, channels, null, 0, 0, divisor, y, to);
    }
  }

  /**
   * The sums of n adjacent pixels, each times its weight, of which the next lies wStride further;
   * +0 where n = 0.
   */
  static void weightedSum(
      float[] x,
      int start,
      int n,
      int channels,
      float[] w,
      int wStart,
      int wStride,
      float[] y,
      int to) {
    divide(x, start, n, channels, w, wStart, wStride, 1, y, to);
  }

  /** The sums, divided and rounded once. */
  private static void divide(
      float[] x,
      int start,
      int n,
      int channels,
      float[] w,
      int wStart,
      int wStride,
      double divisor,
      float[] y,
      int to) {
    double[] s = SUMS.get();
    for (int c = 0; c < channels; c += TILE) {
      int width = Math.min(TILE, channels - c);
      sum(x, start + c, channels, n, w, wStart, wStride, width, s);
      for (int i = 0; i < width; i++) {
        y[to + c + i] = (float) (s[TOTALS + i] / divisor);
      }
    }
  }

  /** The sums of n pixels, which lie so far apart, of adjacent channels, to s[TOTALS..]. */
  private static void sum(
      float[] x,
      int start,
      int stride,
      int n,
      float[] w,
      int wStart,
      int wStride,
      int width,
      double[] s) {
    Arrays.fill(s, TOTALS, TOTALS + width, NOTHING);
    int done = 0;
    do {
      int length = Math.min(BLOCK, n - done);
      int first = start + done * stride;
      blockSum(x, first, stride, length, w, wStart + done * wStride, wStride, width, s);
      add(s, 0, s, TOTALS, width);
      done += BLOCK;
    } while (done > 0 && done < n);
  }

  /** The 16 lanes, one behind the other, folded by halves: +8, +4, +2, +1. */
  private static void blockSum(
      float[] x,
      int start,
      int stride,
      int n,
      float[] w,
      int wStart,
      int wStride,
      int width,
      double[] s) {
    Arrays.fill(s, 0, LANES * width, 0);
    if (w == null) {
      addPixels(x, start, stride, n, width, s);
    } else {
      for (int i = 0; i < n; i++) {
        add(x, start + i * stride, w[wStart + i * wStride], s, i % LANES * width, width);
      }
    }
    for (int half = LANES / 2 * width; half >= width; half /= 2) {
      add(s, half, s, 0, half);
    }
  }

  /** Sixteen at a time where nothing lies between them, since a loop over few channels is slow. */
  private static void addPixels(float[] x, int start, int stride, int n, int width, double[] s) {
    int step = stride == width ? LANES : 1;
    for (int i = 0; i < n; i += step) {
      add(x, start + i * stride, s, i % LANES * width, Math.min(step, n - i) * width);
    }
  }

  private static void add(float[] x, int from, double[] s, int to, int length) {
    for (int c = 0; c < length; c++) {
      s[to + c] += x[from + c];
    }
  }

  /** The product of two floats is exact in double. */
  private static void add(float[] x, int from, double weight, double[] s, int to, int width) {
    for (int c = 0; c < width; c++) {
      s[to + c] += weight * x[from + c];
    }
  }

  private static void add(double[] v, int from, double[] s, int to, int width) {
    for (int c = 0; c < width; c++) {
      s[to + c] += v[from + c];
    }
  }

  static void max(float[] x, int xOffset, FeatureShape shape, float[] y, int yOffset) {
    join(ScalarPixels::joinMax, x, xOffset, shape, y, yOffset);
  }

  static void min(float[] x, int xOffset, FeatureShape shape, float[] y, int yOffset) {
    join(ScalarPixels::joinMin, x, xOffset, shape, y, yOffset);
  }

  /** Joins all pixels of a sample to its first. */
  private static void join(
      Join join, float[] x, int xOffset, FeatureShape shape, float[] y, int yOffset) {
    int channels = shape.c();
    int n = (int) shape.planeSize();
    for (int sample = 0; sample < shape.n(); sample++) {
      int start = xOffset + sample * n * channels;
      int to = yOffset + sample * channels;
      System.arraycopy(x, start, y, to, channels);
      for (int i = 1; i < n; i++) {
        join.pixel(x, start + i * channels, y, to, channels);
      }
    }
  }

  static void argMax(
      float[] x,
      int xOffset,
      FeatureShape shape,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    int channels = shape.c();
    int n = (int) shape.planeSize();
    for (int sample = 0; sample < shape.n(); sample++) {
      int start = xOffset + sample * n * channels;
      int to = yOffset + sample * channels;
      int indexTo = indexOffset + sample * channels;
      System.arraycopy(x, start, y, to, channels);
      Arrays.fill(index, indexTo, indexTo + channels, 0);
      for (int i = 1; i < n; i++) {
        joinArgMax(x, start + i * channels, i, y, to, index, indexTo, channels);
      }
    }
  }

  private static void joinArgMax(
      float[] x, int from, int pixel, float[] y, int to, int[] index, int indexTo, int channels) {
    for (int c = 0; c < channels; c++) {
      if (Float.compare(x[from + c], y[to + c]) > 0) {
        y[to + c] = x[from + c];
        index[indexTo + c] = pixel;
      }
    }
  }

  private static void joinMax(float[] x, int from, float[] y, int to, int channels) {
    for (int c = 0; c < channels; c++) {
      y[to + c] = Math.max(y[to + c], x[from + c]);
    }
  }

  private static void joinMin(float[] x, int from, float[] y, int to, int channels) {
    for (int c = 0; c < channels; c++) {
      y[to + c] = Math.min(y[to + c], x[from + c]);
    }
  }
}
