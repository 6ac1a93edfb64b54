package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Reduction.Base;
import dev.lanepool.kernel.Reduction.Term;
import dev.lanepool.kernel.Selection;
import java.util.Arrays;

/**
 * The gradient of a reduction that is made of a sum: planes are reduced by {@link StagedReduction},
 * then their values go chunk by chunk through the stages of the derivative, which follows from the
 * term and the last step.
 */
final class StagedGradient {
  private StagedGradient() {}

  /** Whether there is a derivative here: not for what owes something to a maximum. */
  static boolean serves(Reduction r) {
    return r.root() > 0 || r.term() == Term.EXPONENTIAL;
  }

  /** Of what a selection takes of x; of all of it where that is null. */
  static void of(
      Reduction r,
      FeatureMap x,
      Selection selection,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    Stages s = Stages.ofThread();
    FeatureShape shape = x.shape();
    ChunkForm form = x.layout() == Layout.NCHW ? RowChunks.FORM : PixelChunks.FORM;
    int group = form.group(shape.planeSize());
    s.selection = selection;
    for (int n = 0; n < shape.n(); n++) {
      for (int c = 0; c < shape.c(); c += group) {
        int planes = Math.min(group, shape.c() - c);
        int plane = gyOffset + n * shape.c() + c;
        for (int i = 0; i < planes; i++) {
          s.gradients[i] = gy[plane + i];
        }
        long size = shape.planeSize();
        double total = selection == null ? size : selection.total(n);
        of(form, r, x, n, c, planes, (int) size, total, gx, gxOffset, s);
      }
    }
    s.selection = null;
  }

  /**
   * Of adjacent channels, whose results have s.gradients.
   *
   * @param pixels how many values of each there are
   * @param size what they count
   */
  static void of(
      ChunkForm form,
      Reduction r,
      FeatureMap x,
      int n,
      int c,
      int planes,
      int pixels,
      double size,
      float[] gx,
      int gxOffset,
      Stages s) {
    boolean suffices = s.selection == null || s.selection.suffices(r, n);
    if (suffices) {
      study(form, r, x, n, c, planes, pixels, size, s);
    }
    double[] others = s.scratch.others;
    int step = form.pixels(planes);
    for (int first = 0; first < pixels; first += step) {
      int count = Math.min(step, pixels - first);
      int values = planes * count;
      if (suffices) {
        slopes(form, r, x, n, c, planes, first, count, size, s);
        form.spread(s.gradients, others, planes, count);
        // What has no influence gets no gradient, even of an infinite one.
        Steps.weigh(s.values, others, values);
        if (r == Reduction.MEAN) { // divided last, so that it is rounded once
          Steps.divide(others, others, values, size);
        }
      } else {
        Arrays.fill(others, 0, values, 0);
      }
      form.store(others, x.shape(), n, c, planes, first, count, gx, gxOffset);
    }
  }

  /** What the derivative takes from each plane: to s.centers and s.divisors. */
  private static void study(
      ChunkForm form,
      Reduction r,
      FeatureMap x,
      int n,
      int c,
      int planes,
      int pixels,
      double size,
      Stages s) {
    StagedReduction.reduce(form, r, x, n, c, planes, pixels, size, false, s);
    if (isShare(r)) {
      System.arraycopy(s.sums, 0, s.centers, 0, planes);
      Arrays.fill(s.divisors, 0, planes, 1);
      Arrays.fill(s.sums, 0, planes, 0);
      int step = form.pixels(planes);
      for (int first = 0; first < pixels; first += step) {
        int count = Math.min(step, pixels - first);
        slopes(form, r, x, n, c, planes, first, count, size, s);
        form.addInOrder(s, planes, count);
      }
    }
    for (int i = 0; i < planes; i++) {
      // The root of a sum of squares has the slope 0 where it is 0.
      boolean flat = r == Reduction.L2 && s.sums[i] == 0;
      s.divisors[i] = flat ? Double.POSITIVE_INFINITY : s.sums[i];
    }
  }

  /** Whether slopes are divided by their total, so that they add up to 1. */
  private static boolean isShare(Reduction r) {
    return r.term() == Term.EXPONENTIAL && !r.logarithm();
  }

  /** The derivative by each value of a chunk to s.values. */
  private static void slopes(
      ChunkForm form,
      Reduction r,
      FeatureMap x,
      int n,
      int c,
      int planes,
      int first,
      int count,
      double size,
      Stages s) {
    form.load(x, n, c, planes, first, count, s);
    int values = planes * count;
    boolean weighed = s.selection != null || r.base() != Base.VALUE;
    if (weighed) {
      if (s.selection == null) {
        Arrays.fill(s.weights, 0, values, 1);
      } else {
        form.readWeights(n, planes, first, count, s);
      }
      Slopes.ofBase(r, s.values, s.weights, values);
      Steps.prepare(r, values, s.scratch);
    }
    ofTerm(form, r, planes, count, s);
    if (r != Reduction.MEAN && !isShare(r) && r.divisor(size) != 1) {
      Steps.divide(s.values, s.values, values, r.divisor(size));
    }
    if (weighed) {
      Steps.weigh(s.weights, s.values, values);
    }
  }

  /** Of prepared values, but for the division by how many there are. */
  private static void ofTerm(ChunkForm form, Reduction r, int planes, int count, Stages s) {
    double[] v = s.values;
    int n = planes * count;
    if (r.term() == Term.VALUE) {
      Arrays.fill(v, 0, n, 1);
      return;
    }
    if (r.term() == Term.DEVIATION || isShare(r)) {
      form.subtractCenters(s, planes, count);
    }
    if (isShare(r)) {
      Exponentials.exp(r.rate(), n, s.scratch);
    }
    if (r.root() == 1) {
      Slopes.twice(v, n);
      return;
    }
    form.spread(s.divisors, s.scratch.others, planes, count);
    Slopes.divide(v, s.scratch.others, n);
    if (r.root() == 3) {
      Slopes.square(v, n);
    } else if (r.logarithm()) {
      Exponentials.log(n, s.scratch);
      Exponentials.exp(r.rate() - 1, n, s.scratch);
    }
  }
}
