package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
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
    long size = x.shape().planeSize();
    int channels = x.shape().c();
    try (Stages s = Stages.begin(ChunkForm.of(x.layout()), r, x, selection)) {
      int group = s.form.group(size);
      for (int n = 0; n < x.shape().n(); n++) {
        for (int c = 0; c < channels; c += group) {
          s.group(n, c, Math.min(group, channels - c), size);
          s.readGradients(gy, gyOffset);
          of(ties, gx, gxOffset, s);
        }
      }
    }
  }

  /** Of the group, whose results have s.gradients. */
  static void of(Ties ties, float[] gx, int gxOffset, Stages s) {
    boolean suffices = s.suffices();
    if (suffices && s.r.hasPeak()) {
      studyPeaks(ties, s);
    } else if (suffices) {
      study(s);
    }
    for (s.rewind(); s.next(); ) {
      if (suffices && s.r.term() != Term.NONE) {
        ofSum(s);
      } else {
        Arrays.fill(s.scratch.others, 0, s.length, 0);
      }
      if (suffices && s.r.hasPeak()) {
        addPeaks(ties, s);
      }
      s.form.store(gx, gxOffset, s);
    }
  }

  /** The gradient of each value of a chunk by way of the terms, to s.scratch.others. */
  private static void ofSum(Stages s) {
    double[] others = s.scratch.others;
    slopes(s);
    s.form.spread(s.gradients, others, s);
    // What has no influence gets no gradient, even of an infinite one.
    Steps.weigh(s.values, others, s.length);
    if (s.r == Reduction.MEAN) { // divided last, so that it is rounded once
      Steps.divide(others, others, s.length, s.total);
    }
  }

  /** The maximum of each plane to s.centers, by how many values it is shared to s.divisors. */
  private static void studyPeaks(Ties ties, Stages s) {
    StagedReduction.maximum(false, s);
    Arrays.fill(s.divisors, 0, s.planes, 0);
    for (s.rewind(); ties == Ties.SHARED && s.next(); ) {
      int peaks = findPeaks(s);
      for (int i = 0; i < peaks; i++) {
        s.divisors[s.form.plane(s.peaks[i], s)]++;
      }
    }
  }

  /** Adds to s.scratch.others what the values of a chunk get by way of the maximum. */
  private static void addPeaks(Ties ties, Stages s) {
    int peaks = findPeaks(s);
    double[] v = s.r.base() == Base.VALUE ? s.values : s.unprepared;
    for (int i = 0; i < peaks; i++) {
      int at = s.peaks[i];
      int plane = s.form.plane(at, s);
      if (ties == Ties.SHARED || s.divisors[plane]++ == 0) {
        double slope = s.r.peak(v[at]);
        s.scratch.others[at] += slope == 0 ? 0 : s.gradients[plane] * slope / s.divisors[plane];
      }
    }
  }

  /** The selected values of a chunk that are their plane's maximum: to s.peaks, and how many. */
  private static int findPeaks(Stages s) {
    s.form.load(s);
    if (s.r.base() != Base.VALUE) {
      System.arraycopy(s.values, 0, s.unprepared, 0, s.length);
      Steps.prepare(s.r, s.length, s.scratch);
    }
    s.form.spread(s.centers, s.maxima, s);
    int found = Slopes.findPeaks(s.values, s.maxima, s.length, s.peaks);
    if (s.selection == null) {
      return found;
    }
    s.form.readWeights(s);
    return Slopes.keepWeighed(s.weights, s.peaks, found);
  }

  /** What the derivative takes from each plane: to s.centers and s.divisors. */
  private static void study(Stages s) {
    StagedReduction.reduce(false, s);
    if (isShare(s.r)) {
      System.arraycopy(s.sums, 0, s.centers, 0, s.planes);
      Arrays.fill(s.divisors, 0, s.planes, 1);
      Arrays.fill(s.sums, 0, s.planes, 0);
      for (s.rewind(); s.next(); ) {
        slopes(s);
        s.form.addInOrder(s);
      }
    }
    for (int i = 0; i < s.planes; i++) {
      // The root of a sum of squares has the slope 0 where it is 0.
      boolean flat = s.r == Reduction.L2 && s.sums[i] == 0;
      s.divisors[i] = flat ? Double.POSITIVE_INFINITY : s.sums[i];
    }
  }

  /** Whether slopes are divided by their total, so that they add up to 1. */
  private static boolean isShare(Reduction r) {
    return r.term() == Term.EXPONENTIAL && !r.logarithm();
  }

  /** The derivative by each value of a chunk to s.values. */
  private static void slopes(Stages s) {
    s.form.load(s);
    Reduction r = s.r;
    boolean weighed = s.selection != null || r.base() != Base.VALUE;
    if (weighed) {
      if (s.selection == null) {
        Arrays.fill(s.weights, 0, s.length, 1);
      } else {
        s.form.readWeights(s);
      }
      Slopes.ofBase(r, s.values, s.weights, s.length);
      Steps.prepare(r, s.length, s.scratch);
    }
    ofTerm(s);
    if (r != Reduction.MEAN && !isShare(r) && r.divisor(s.total) != 1) {
      Steps.divide(s.values, s.values, s.length, r.divisor(s.total));
    }
    if (weighed) {
      Steps.weigh(s.weights, s.values, s.length);
    }
  }

  /** Of prepared values, but for the division by how many there are. */
  private static void ofTerm(Stages s) {
    Reduction r = s.r;
    double[] v = s.values;
    int n = s.length;
    if (r.term() == Term.VALUE) {
      Arrays.fill(v, 0, n, 1);
      return;
    }
    if (r.term() == Term.DEVIATION || isShare(r)) {
      s.form.subtractCenters(s);
    }
    if (isShare(r)) {
      Exponentials.exp(r.rate(), n, s.scratch);
    }
    if (r.root() == 1) {
      Slopes.twice(v, n);
      return;
    }
    s.form.spread(s.divisors, s.scratch.others, s);
    Slopes.divide(v, s.scratch.others, n);
    if (r.root() == 3) {
      Slopes.square(v, n);
    } else if (r.logarithm()) {
      Exponentials.log(n, s.scratch);
      Exponentials.exp(r.rate() - 1, n, s.scratch);
    }
  }
}
