package dev.lanepool.jmh.peers;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.Map;

/** Plain loops with double accumulators, which only sums need. */
public final class DoubleLoop extends LoopPeer {
  /** The loops of sum and mean. */
  public DoubleLoop() {
    super(
        "loop-double",
        Map.of(
            Operation.MEAN, (x, shape, y) -> rows(x, shape, shape.planeSize(), y),
            Operation.SUM, (x, shape, y) -> rows(x, shape, 1, y)),
        Map.of(
            Operation.MEAN, (x, shape, y) -> pixels(x, shape, shape.planeSize(), y),
            Operation.SUM, (x, shape, y) -> pixels(x, shape, 1, y)));
  }

  private static void rows(float[] x, FeatureShape shape, double divisor, float[] y) {
    int size = (int) shape.planeSize();
    for (int plane = 0; plane < y.length; plane++) {
      double sum = 0;
      for (int i = plane * size; i < (plane + 1) * size; i++) {
        sum += x[i];
      }
      y[plane] = (float) (sum / divisor);
    }
  }

  private static void pixels(float[] x, FeatureShape shape, double divisor, float[] y) {
    int values = (int) shape.planeSize() * shape.c();
    for (int n = 0; n < shape.n(); n++) {
      double[] sums = new double[shape.c()];
      for (int from = n * values; from < (n + 1) * values; from += shape.c()) {
        for (int c = 0; c < sums.length; c++) {
          sums[c] += x[from + c];
        }
      }
      for (int c = 0; c < sums.length; c++) {
        y[n * shape.c() + c] = (float) (sums[c] / divisor);
      }
    }
  }
}
