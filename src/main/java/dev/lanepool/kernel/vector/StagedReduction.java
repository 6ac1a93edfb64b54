package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;

import dev.lanepool.FeatureMap;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Reduction.Center;
import dev.lanepool.kernel.Reduction.Term;
import dev.lanepool.kernel.Selection;
import dev.lanepool.kernel.internal.Results;
import dev.lanepool.kernel.internal.SumOrder;
import java.util.Arrays;

/**
 * Any reduction of any map: chunk by chunk the values go through the stages that the reduction asks
 * for. So a type is one way to {@link Decoder decode} a chunk, an operation a few of the {@link
 * Steps}, a layout a {@link ChunkForm}, and none of them knows the others.
 */
final class StagedReduction {
  private StagedReduction() {}

  /** Reduces what a selection takes of x; all of it where that is null. */
  static void reduce(Reduction r, FeatureMap x, Selection selection, Results results) {
    for (int n = 0; n < x.shape().n(); n++) {
      reduce(r, x, selection, n, 0, x.shape().c(), results);
    }
  }

  /** Reduces channels from first to last, exclusive, of sample n. */
  static void reduce(
      Reduction r, FeatureMap x, Selection selection, int n, int first, int last, Results results) {
    boolean direct = selection == null && DirectSums.serve(r, x);
    long size = x.shape().planeSize();
    try (Stages s = Stages.begin(ChunkForm.of(x.layout()), r, x, selection)) {
      int group = direct ? Stages.PLANES : s.form.group(size);
      for (int c = first; c < last; c += group) {
        s.group(n, c, Math.min(group, last - c), size);
        if (direct) {
          DirectSums.sum(r, x, n, c, s.planes, s);
          finish(s);
        } else if (s.suffices()) {
          reduce(results.indexed(), s);
        } else {
          Arrays.fill(s.sums, 0, s.planes, selection.otherwise());
          Arrays.fill(s.pixels, 0, s.planes, -1);
        }
        s.store(results);
      }
    }
  }

  /** Reduces the group to s.sums; the places of extrema to s.pixels if wanted. */
  static void reduce(boolean index, Stages s) {
    Center center = s.r.center();
    switch (center) {
      case NONE -> Arrays.fill(s.centers, 0, s.planes, 0);
      case MEAN -> {
        sum(Term.VALUE, false, s);
        Steps.divide(s.sums, s.centers, s.planes, s.total);
      }
      case MAX -> maximum(index, s);
    }
    // Where there is a selection, the first loop leaves only what it needs of the values.
    boolean loaded = center != Center.NONE && s.size <= s.step && s.selection == null;
    if (s.r.term() != Term.NONE) {
      sum(s.r.term(), loaded, s);
    }
    finish(s);
  }

  /** Makes results of sums. */
  private static void finish(Stages s) {
    Reduction r = s.r;
    if (r.root() > 0) {
      Steps.divide(s.sums, s.values, s.planes, r.divisor(s.total));
      Roots.of(r.root(), s.planes, s.scratch);
      System.arraycopy(s.values, 0, s.sums, 0, s.planes);
    } else if (r.term() == Term.EXPONENTIAL) {
      Steps.divide(s.sums, s.values, s.planes, r.divisor(s.total));
      Exponentials.log(s.planes, s.scratch);
      Steps.addCenters(r.rate(), s.values, s.centers, s.planes);
      if (r.logarithm()) {
        Exponentials.exp(1, s.planes, s.scratch);
      }
      System.arraycopy(s.values, 0, s.sums, 0, s.planes);
    } else {
      results(s);
    }
  }

  /** The same in the one way that serves any reduction. */
  private static void results(Stages s) {
    for (int i = 0; i < s.planes; i++) {
      s.sums[i] = s.r.result(s.sums[i], s.total, s.centers[i]);
    }
  }

  /** The sums of terms to s.sums; the only chunk may be loaded and prepared already. */
  private static void sum(Term term, boolean loaded, Stages s) {
    Arrays.fill(s.sums, 0, s.planes, SumOrder.NOTHING);
    Arrays.fill(s.lanes, 0, SumOrder.LANES * s.planes, 0);
    for (s.rewind(); s.next(); ) {
      if (!loaded) {
        prepare(s);
      }
      if (term == Term.DEVIATION || term == Term.EXPONENTIAL) {
        s.form.subtractCenters(s);
      }
      Steps.term(term, s.r.rate(), s.length, s.scratch);
      if (s.selection != null) {
        s.form.readWeights(s);
        Steps.weigh(s.weights, s.values, s.length);
      }
      s.form.add(s);
      if ((s.first + s.count) % BLOCK == 0 || s.first + s.count == s.size) {
        s.form.fold(s);
      }
    }
  }

  /** The maxima of prepared values to s.centers, and where they stand to s.pixels if wanted. */
  static void maximum(boolean index, Stages s) {
    Arrays.fill(s.centers, 0, s.planes + Stages.SLACK, Double.NEGATIVE_INFINITY);
    Arrays.fill(s.pixels, 0, s.planes, 0);
    for (s.rewind(); s.next(); ) {
      prepare(s);
      if (s.selection != null) {
        s.form.readWeights(s);
        Steps.exclude(s.weights, s.values, s.length);
      }
      if (index) {
        s.form.argMax(s);
      } else {
        s.form.max(s);
      }
    }
    if (index && s.selection != null) {
      findLowest(s);
    }
  }

  /** What is lowest of all can't be told from what was excluded: it is the first selected one. */
  private static void findLowest(Stages s) {
    int first = s.selection.first(s.n);
    for (int i = 0; i < s.planes; i++) {
      if (s.centers[i] == Double.NEGATIVE_INFINITY) {
        s.pixels[i] = first;
      }
    }
  }

  private static void prepare(Stages s) {
    s.form.load(s);
    Steps.base(s.r, s.length, s.scratch);
  }
}
