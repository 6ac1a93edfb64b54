package dev.lanepool.jmh.peers;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.Arrays;
import java.util.Map;

/**
 * Plain loops that keep the numeric contract: sums of 16 lanes in double, block by block, and
 * extrema in the order of {@link Float#compare}, which the maxima of {@link FloatLoop} keep, too.
 * What the scalar backend is to be measured by.
 */
public final class ContractLoop extends LoopPeer {
  private static final int BLOCK = 4096;
  private static final int LANES = 16;

  /** The loops of mean, sum, maximum and its index. */
  public ContractLoop() {
    super(
        "loop-contract",
        Map.of(
            Operation.MEAN,
            (x, shape, y) -> rows(x, shape, shape.planeSize(), y),
            Operation.SUM,
            (x, shape, y) -> rows(x, shape, 1, y),
            Operation.MAX,
            FloatLoop::maxRows,
            Operation.ARG_MAX,
            ContractLoop::argMaxRows),
        Map.of(
            Operation.MEAN,
            (x, shape, y) -> pixels(x, shape, shape.planeSize(), y),
            Operation.SUM,
            (x, shape, y) -> pixels(x, shape, 1, y),
            Operation.MAX,
            FloatLoop::maxPixels,
            Operation.ARG_MAX,
            ContractLoop::argMaxPixels));
  }

  private static void rows(float[] x, FeatureShape shape, double divisor, float[] y) {
    int size = (int) shape.planeSize();
    double[] lanes = new double[LANES];
    for (int plane = 0; plane < y.length; plane++) {
      int end = (plane + 1) * size;
      double sum = -0.0;
      for (int from = plane * size; from < end; from += BLOCK) {
        sum += block(x, from, Math.min(from + BLOCK, end), lanes);
      }
      y[plane] = (float) (sum / divisor);
    }
  }

  private static double block(float[] x, int from, int to, double[] lanes) {
    Arrays.fill(lanes, 0);
    int i = from;
    for (; i + LANES <= to; i += LANES) {
      for (int j = 0; j < LANES; j++) {
        lanes[j] += x[i + j];
      }
    }
    for (int j = 0; i + j < to; j++) {
      lanes[j] += x[i + j];
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        lanes[j] += lanes[j + half];
      }
    }
    return lanes[0];
  }

  private static void pixels(float[] x, FeatureShape shape, double divisor, float[] y) {
    int channels = shape.c();
    int size = (int) shape.planeSize();
    double[] lanes = new double[LANES * channels];
    for (int n = 0; n < shape.n(); n++) {
      double[] sums = new double[channels];
      for (int first = 0; first < size; first += BLOCK) {
        int start = (n * size + first) * channels;
        block(x, start, Math.min(BLOCK, size - first), channels, lanes);
        for (int c = 0; c < channels; c++) {
          sums[c] += lanes[c];
        }
      }
      for (int c = 0; c < channels; c++) {
        y[n * channels + c] = (float) (sums[c] / divisor);
      }
    }
  }

  private static void block(float[] x, int start, int pixels, int channels, double[] lanes) {
    Arrays.fill(lanes, 0);
    for (int i = 0; i < pixels; i++) {
      int from = start + i * channels;
      int lane = i % LANES * channels;
      for (int c = 0; c < channels; c++) {
        lanes[lane + c] += x[from + c];
      }
    }
    for (int half = LANES / 2 * channels; half >= channels; half /= 2) {
      for (int j = 0; j < half; j++) {
        lanes[j] += lanes[j + half];
      }
    }
  }

  private static void argMaxRows(float[] x, FeatureShape shape, float[] y) {
    int size = (int) shape.planeSize();
    for (int plane = 0; plane < y.length; plane++) {
      int start = plane * size;
      int best = start;
      for (int i = start + 1; i < start + size; i++) {
        if (Float.compare(x[i], x[best]) > 0) {
          best = i;
        }
      }
      y[plane] = best - start;
    }
  }

  private static void argMaxPixels(float[] x, FeatureShape shape, float[] y) {
    int channels = shape.c();
    int size = (int) shape.planeSize();
    float[] max = new float[channels];
    for (int n = 0; n < shape.n(); n++) {
      int start = n * size * channels;
      System.arraycopy(x, start, max, 0, channels);
      Arrays.fill(y, n * channels, (n + 1) * channels, 0);
      for (int pixel = 1; pixel < size; pixel++) {
        for (int c = 0; c < channels; c++) {
          float value = x[start + pixel * channels + c];
          if (Float.compare(value, max[c]) > 0) {
            max[c] = value;
            y[n * channels + c] = pixel;
          }
        }
      }
    }
  }
}
