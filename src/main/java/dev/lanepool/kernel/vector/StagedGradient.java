package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Reduction.Base;
import dev.lanepool.kernel.Reduction.Term;
import dev.lanepool.kernel.Selection;
import dev.lanepool.kernel.Ties;
import java.util.Arrays;

/**
 * The gradient of a reduction: planes are reduced by {@link StagedReduction}, then their values go
 * chunk by chunk through the stages of the derivative. That of a sum follows from the term and the
 * last step; what the result owes to a maximum is added where that stands.
 */
final class StagedGradient {
  private StagedGradient() {}

  /** Whether the places of the maximum are not known better, from the kernels that find them. */
  static boolean serves(Reduction r, Ties ties, boolean selected) {
    boolean known = r.indexed() || r == Reduction.MEAN_MAX_AVERAGE && !selected;
    return ties == Ties.SHARED || !known;
  }

  /** Of what a selection takes of x; of all of it where that is null. */
  static void of(
      Reduction r,
      Ties ties,
      FeatureMap x,
      Selection selection,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    Stages s = Stages.ofThread();
    FeatureShape shape = x.shape();
    ChunkForm form = ChunkForm.of(x.layout());
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
        of(form, r, ties, x, n, c, planes, (int) size, total, gx, gxOffset, s);
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
      Ties ties,
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
    if (suffices && r.hasPeak()) {
      studyPeaks(form, r, ties, x, n, c, planes, pixels, s);
    } else if (suffices) {
      study(form, r, x, n, c, planes, pixels, size, s);
    }
    double[] others = s.scratch.others;
    int step = form.pixels(planes);
    for (int first = 0; first < pixels; first += step) {
      int count = Math.min(step, pixels - first);
      if (suffices && r.term() != Term.NONE) {
        ofSum(form, r, x, n, c, planes, first, count, size, s);
      } else {
        Arrays.fill(others, 0, planes * count, 0);
      }
      if (suffices && r.hasPeak()) {
        addPeaks(form, r, ties, x, n, c, planes, first, count, s);
      }
      form.store(others, x.shape(), n, c, planes, first, count, gx, gxOffset);
    }
  }

  /** The gradient of each value of a chunk by way of the terms, to s.scratch.others. */
  private static void ofSum(
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
    double[] others = s.scratch.others;
    int values = planes * count;
    slopes(form, r, x, n, c, planes, first, count, size, s);
    form.spread(s.gradients, others, planes, count);
    // What has no influence gets no gradient, even of an infinite one.
    Steps.weigh(s.values, others, values);
    if (r == Reduction.MEAN) { // divided last, so that it is rounded once
      Steps.divide(others, others, values, size);
    }
  }

  /** The maximum of each plane to s.centers, by how many values it is shared to s.divisors. */
  private static void studyPeaks(
      ChunkForm form,
      Reduction r,
      Ties ties,
      FeatureMap x,
      int n,
      int c,
      int planes,
      int pixels,
      Stages s) {
    StagedReduction.maximum(form, r, x, n, c, planes, pixels, false, s);
    Arrays.fill(s.divisors, 0, planes, 0);
    int step = form.pixels(planes);
    for (int first = 0; first < pixels && ties == Ties.SHARED; first += step) {
      int count = Math.min(step, pixels - first);
      int peaks = findPeaks(form, r, x, n, c, planes, first, count, s);
      for (int i = 0; i < peaks; i++) {
        s.divisors[form.plane(s.peaks[i], planes, count)]++;
      }
    }
  }

  /** Adds to s.scratch.others what the values of a chunk get by way of the maximum. */
  private static void addPeaks(
      ChunkForm form,
      Reduction r,
      Ties ties,
      FeatureMap x,
      int n,
      int c,
      int planes,
      int first,
      int count,
      Stages s) {
    int peaks = findPeaks(form, r, x, n, c, planes, first, count, s);
    double[] v = r.base() == Base.VALUE ? s.values : s.unprepared;
    for (int i = 0; i < peaks; i++) {
      int at = s.peaks[i];
      int plane = form.plane(at, planes, count);
      if (ties == Ties.SHARED || s.divisors[plane]++ == 0) {
        double slope = r.peak(v[at]);
        s.scratch.others[at] += slope == 0 ? 0 : s.gradients[plane] * slope / s.divisors[plane];
      }
    }
  }

  /** The selected values of a chunk that are their plane's maximum: to s.peaks, and how many. */
  private static int findPeaks(
      ChunkForm form,
      Reduction r,
      FeatureMap x,
      int n,
      int c,
      int planes,
      int first,
      int count,
      Stages s) {
    int values = planes * count;
    form.load(x, n, c, planes, first, count, s);
    if (r.base() != Base.VALUE) {
      System.arraycopy(s.values, 0, s.unprepared, 0, values);
      Steps.prepare(r, values, s.scratch);
    }
    form.spread(s.centers, s.maxima, planes, count);
    int found = Slopes.findPeaks(s.values, s.maxima, values, s.peaks);
    if (s.selection == null) {
      return found;
    }
    form.readWeights(n, planes, first, count, s);
    return Slopes.keepWeighed(s.weights, s.peaks, found);
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
