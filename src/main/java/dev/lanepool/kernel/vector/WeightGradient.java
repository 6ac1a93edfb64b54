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

  /** Of the pixels of a sample, with room for whole vectors. */
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
    FeatureShape shape = x.shape();
    ChunkForm form = ChunkForm.of(x.layout());
    int pixels = (int) shape.planeSize();
    double[] sums = OF_THREAD.get().ofPixels(pixels);
    Stages s = Stages.ofThread();
    s.selection = selection;
    for (int n = 0; n < shape.n(); n++) {
      Arrays.fill(sums, 0, pixels, 0);
      if (selection.suffices(r, n)) {
        addChannels(form, r, x, n, gy, gyOffset + n * shape.c(), sums, s);
      }
      for (int i = 0; i < pixels; i++) {
        double sum = selection.weight(n, i) == 0 ? 0 : sums[i];
        double divisor = r == Reduction.MEAN && sum != 0 ? selection.total(n) : 1;
        gw[gwOffset + n * pixels + i] = (float) (sum / divisor);
      }
    }
    s.selection = null;
  }

  /** Makes the sums anew where there are more pixels, so not once warm. */
  private double[] ofPixels(int pixels) {
    if (sums.length < pixels + Stages.SLACK) {
      sums = new double[pixels + Stages.SLACK];
    }
    return sums;
  }

  private static void addChannels(
      ChunkForm form,
      Reduction r,
      FeatureMap x,
      int n,
      float[] gy,
      int gyOffset,
      double[] sums,
      Stages s) {
    FeatureShape shape = x.shape();
    int pixels = (int) shape.planeSize();
    int group = form.group(pixels);
    for (int c = 0; c < shape.c(); c += group) {
      int planes = Math.min(group, shape.c() - c);
      for (int i = 0; i < planes; i++) {
        s.gradients[i] = gy[gyOffset + c + i];
      }
      if (r == Reduction.MEAN) {
        double total = s.selection.total(n);
        StagedReduction.reduce(form, r, x, n, c, planes, pixels, total, false, s);
        System.arraycopy(s.sums, 0, s.centers, 0, planes);
      }
      int step = form.pixels(planes);
      for (int first = 0; first < pixels; first += step) {
        int count = Math.min(step, pixels - first);
        form.load(x, n, c, planes, first, count, s);
        if (r == Reduction.MEAN) {
          form.subtractCenters(s, planes, count);
        }
        form.spread(s.gradients, s.scratch.others, planes, count);
        Slopes.multiply(s.values, s.scratch.others, planes * count);
        form.addPlanes(s.values, planes, count, sums, first);
      }
    }
  }
}
