package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;
import java.util.Arrays;

/**
 * The gradient of a mean or a sum by the weights: chunk by chunk the values, less the mean, are
 * multiplied with the gradients of their planes and added to the sums of the pixels.
 */
final class WeightGradient {
  private static final ThreadLocal<WeightGradient> OF_THREAD =
      ThreadLocal.withInitial(WeightGradient::new);

  /** Of the pixels of a sample. */
  private double[] sums = new double[0];

  private WeightGradient() {}

  static void of(
      Reduction r,
      FeatureMap x,
      Selection selection,
      float[] gy,
      int gyOffset,
      float[] gw,
      int gwOffset) {
    int pixels = (int) x.shape().planeSize();
    double[] sums = OF_THREAD.get().ofPixels(pixels);
    try (Stages s = Stages.begin(ChunkForm.of(x.layout()), r, x, selection)) {
      for (int n = 0; n < x.shape().n(); n++) {
        Arrays.fill(sums, 0, pixels, 0);
        if (selection.suffices(r, n)) {
          addChannels(n, gy, gyOffset, sums, s);
        }
        for (int i = 0; i < pixels; i++) {
          double sum = selection.weight(n, i) == 0 ? 0 : sums[i];
          double divisor = r == Reduction.MEAN && sum != 0 ? selection.total(n) : 1;
          gw[gwOffset + n * pixels + i] = (float) (sum / divisor);
        }
      }
    }
  }

  /** Makes the sums anew where there are more pixels, so not once warm. */
  private double[] ofPixels(int pixels) {
    if (sums.length < pixels) {
      sums = new double[pixels];
    }
    return sums;
  }

  private static void addChannels(int n, float[] gy, int gyOffset, double[] sums, Stages s) {
    FeatureShape shape = s.x.shape();
    int group = s.form.group(shape.planeSize());
    for (int c = 0; c < shape.c(); c += group) {
      s.group(n, c, Math.min(group, shape.c() - c), shape.planeSize());
      s.readGradients(gy, gyOffset);
      if (s.r == Reduction.MEAN) {
        StagedReduction.reduce(false, s);
        System.arraycopy(s.sums, 0, s.centers, 0, s.planes);
      }
      for (s.rewind(); s.next(); ) {
        s.form.load(s);
        if (s.r == Reduction.MEAN) {
          s.form.subtractCenters(s);
        }
        s.form.spread(s.gradients, s.scratch.others, s);
        Slopes.multiply(s.values, s.scratch.others, s.length);
        s.form.addPlanes(sums, s);
      }
    }
  }
}
