package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The order of the additions, written straight from the contract and unlike either backend: a block
 * has 4096 values, lane j of 16 adds those at j mod 16, lanes fold by halves, blocks are in order.
 */
class OrderTest {
  private static final int[] SIZES =
      IntStream.concat(
              IntStream.rangeClosed(1, 130),
              IntStream.of(255, 4095, 4096, 4097, 4112, 8191, 8192, 8193, 12289, 20000))
          .toArray();

  @Test
  void sumsAndMeansKeepTheOrder() {
    Random random = new Random(1);
    int[] channelCounts = {1, 3, 16, 21, 64, 67};
    for (int n : SIZES) {
      int channels = channelCounts[n % channelCounts.length];
      FeatureShape shape = new FeatureShape(1, channels, 1, n);
      float[] nchw = Values.CANCELLING.planes(random, channels, n);
      int[] sums = new int[channels];
      int[] means = new int[channels];
      for (int c = 0; c < channels; c++) {
        double sum = sum(values(nchw, c * n, n));
        sums[c] = Float.floatToIntBits((float) sum);
        means[c] = Float.floatToIntBits((float) (sum / n));
      }
      for (Layout layout : Layout.values()) {
        float[] x = Maps.inLayout(layout, nchw, shape);
        for (KernelSet kernels : Maps.backends()) {
          KernelSpec sum = Maps.spec(KernelSpec.Operation.SUM, layout);
          KernelSpec mean = Maps.spec(KernelSpec.Operation.MEAN, layout);
          assertArrayEquals(sums, Maps.bits(sum, kernels, x, shape), () -> sum + " " + shape);
          assertArrayEquals(means, Maps.bits(mean, kernels, x, shape), () -> mean + " " + shape);
        }
      }
    }
  }

  @Test
  void denseKeepsTheOrderAndAddsTheBiasLast() {
    Random random = new Random(2);
    int outputs = 3;
    for (int n : SIZES) {
      float[] x = Values.CANCELLING.array(random, n);
      float[] weights = Values.GAUSSIAN.array(random, outputs * n);
      float[] bias = Values.GAUSSIAN.array(random, outputs);
      int[] expected = new int[outputs];
      for (int o = 0; o < outputs; o++) {
        double[] products = values(weights, o * n, n);
        for (int i = 0; i < n; i++) {
          products[i] *= x[i];
        }
        expected[o] = Float.floatToIntBits((float) (sum(products) + bias[o]));
      }
      for (KernelSet kernels : Maps.backends()) {
        assertArrayEquals(expected, Maps.denseBits(kernels, x, 1, n, weights, bias), "inputs " + n);
      }
    }
  }

  /** Else the tests above would accept any order. */
  @Test
  void theValuesTellOrdersApart() {
    Random random = new Random(3);
    for (int n : new int[] {64, 130, 4097, 12289}) {
      int different = 0;
      for (int round = 0; round < 10; round++) {
        double[] x = values(Values.CANCELLING.array(random, n), 0, n);
        double plain = 0;
        for (double value : x) {
          plain += value;
        }
        different += (float) plain != (float) sum(x) ? 1 : 0;
      }
      int found = different;
      assertTrue(found >= 5, () -> "only " + found + " of 10 sums of " + n + " tell");
    }
  }

  private static double[] values(float[] x, int start, int n) {
    return IntStream.range(start, start + n).mapToDouble(i -> x[i]).toArray();
  }

  private static double sum(double[] x) {
    double sum = 0;
    for (int block = 0; block * 4096 < x.length; block++) {
      double[] lanes = new double[16];
      for (int i = 0; i < 4096 && block * 4096 + i < x.length; i++) {
        lanes[i % 16] += x[block * 4096 + i];
      }
      for (int half = 8; half >= 1; half /= 2) {
        for (int j = 0; j < half; j++) {
          lanes[j] += lanes[j + half];
        }
      }
      sum = block == 0 ? lanes[0] : sum + lanes[0];
    }
    return sum;
  }
}
