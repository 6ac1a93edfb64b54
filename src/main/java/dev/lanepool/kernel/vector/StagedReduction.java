package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;
import dev.lanepool.kernel.internal.Results;
import java.util.Arrays;

/**
 * Any reduction of any map: chunk by chunk the values go through the stages that the reduction asks
 * for. So a type is one way to {@link Decoder decode} a chunk, an operation a few of the {@link
 * Steps}, a layout a {@link ChunkForm}, and none of them knows the others.
 */
final class StagedReduction {
  /** Values of a block; block sums are added in block order. */
  private static final int BLOCK = RowSums.BLOCK;

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
    Stages s = Stages.ofThread();
    FeatureShape shape = x.shape();
    ChunkForm form = ChunkForm.of(x.layout());
    boolean direct = selection == null && DirectSums.serve(r, x);
    int group = direct ? Stages.PLANES : form.group(shape.planeSize());
    s.selection = selection;
    for (int c = first; c < last; c += group) {
      int planes = Math.min(group, last - c);
      if (direct) {
        DirectSums.sum(r, x, n, c, planes, s);
        finish(r, shape.planeSize(), planes, s);
      } else if (selection == null || selection.suffices(r, n)) {
        double total = selection == null ? shape.planeSize() : selection.total(n);
        reduce(form, r, x, n, c, planes, shape.planeSize(), total, results.indexed(), s);
      } else {
        Arrays.fill(s.sums, 0, planes, selection.otherwise());
        Arrays.fill(s.pixels, 0, planes, -1);
      }
      s.store(results, n, c, shape.c(), planes);
    }
    s.selection = null;
  }

  /**
   * Reduces adjacent channels to s.sums.
   *
   * @param size how many values of each there are
   * @param total what they count
   */
  static void reduce(
      ChunkForm form,
      Reduction r,
      FeatureMap x,
      int n,
      int c,
      int planes,
      long size,
      double total,
      boolean index,
      Stages s) {
    // Where there is a selection, the first loop leaves only what it needs of the values.
    boolean stays = size <= form.pixels(planes) && s.selection == null;
    switch (r.center()) {
      case NONE -> Arrays.fill(s.centers, 0, planes, 0);
      case MEAN -> {
        sum(form, r, Reduction.Term.VALUE, false, x, n, c, planes, size, s);
        Steps.divide(s.sums, s.centers, planes, total);
      }
      case MAX -> maximum(form, r, x, n, c, planes, size, index, s);
    }
    boolean loaded = stays && r.center() != Reduction.Center.NONE;
    if (r.term() != Reduction.Term.NONE) {
      sum(form, r, r.term(), loaded, x, n, c, planes, size, s);
    }
    finish(r, total, planes, s);
  }

  /** Makes results of sums. */
  private static void finish(Reduction r, double total, int planes, Stages s) {
    if (r.root() > 0) {
      Steps.divide(s.sums, s.values, planes, r.divisor(total));
      Roots.of(r.root(), planes, s.scratch);
      System.arraycopy(s.values, 0, s.sums, 0, planes);
    } else if (r.term() == Reduction.Term.EXPONENTIAL) {
      Steps.divide(s.sums, s.values, planes, r.divisor(total));
      Exponentials.log(planes, s.scratch);
      Steps.addCenters(r.rate(), s.values, s.centers, planes);
      if (r.logarithm()) {
        Exponentials.exp(1, planes, s.scratch);
      }
      System.arraycopy(s.values, 0, s.sums, 0, planes);
    } else {
      results(r, total, planes, s);
    }
  }

  /** The same in the one way that serves any reduction. */
  private static void results(Reduction r, double total, int planes, Stages s) {
    for (int i = 0; i < planes; i++) {
      s.sums[i] = r.result(s.sums[i], total, s.centers[i]);
    }
  }

  /** The sums of terms to s.sums; the only chunk may be loaded and prepared already. */
  private static void sum(
      ChunkForm form,
      Reduction r,
      Reduction.Term term,
      boolean loaded,
      FeatureMap x,
      int n,
      int c,
      int planes,
      long size,
      Stages s) {
    int step = form.pixels(planes);
    Arrays.fill(s.sums, 0, planes, RowSums.NOTHING);
    Arrays.fill(s.lanes, 0, 16 * planes, 0);
    for (long first = 0; first < size; first += step) {
      int count = (int) Math.min(step, size - first);
      if (!loaded) {
        prepare(form, r, x, n, c, planes, first, count, s);
      }
      if (term == Reduction.Term.DEVIATION || term == Reduction.Term.EXPONENTIAL) {
        form.subtractCenters(s, planes, count);
      }
      Steps.term(term, r.rate(), planes * count, s.scratch);
      if (s.selection != null) {
        form.readWeights(n, planes, (int) first, count, s);
        Steps.weigh(s.weights, s.values, planes * count);
      }
      form.add(s, planes, count);
      if ((first + count) % BLOCK == 0 || first + count == size) {
        form.fold(s, planes);
      }
    }
  }

  /** The maxima of prepared values to s.centers, and where they stand to s.pixels if wanted. */
  static void maximum(
      ChunkForm form,
      Reduction r,
      FeatureMap x,
      int n,
      int c,
      int planes,
      long size,
      boolean index,
      Stages s) {
    int step = form.pixels(planes);
    Arrays.fill(s.centers, 0, planes + Stages.SLACK, Double.NEGATIVE_INFINITY);
    Arrays.fill(s.pixels, 0, planes, 0);
    for (long first = 0; first < size; first += step) {
      int count = (int) Math.min(step, size - first);
      prepare(form, r, x, n, c, planes, first, count, s);
      if (s.selection != null) {
        form.readWeights(n, planes, (int) first, count, s);
        Steps.exclude(s.weights, s.values, planes * count);
      }
      if (index) {
        form.argMax(s, planes, count, first);
      } else {
        form.max(s, planes, count);
      }
    }
    if (index && s.selection != null) {
      findLowest(s, planes, s.selection.first(n));
    }
  }

  /** What is lowest of all can't be told from what was excluded: it is the first selected one. */
  private static void findLowest(Stages s, int planes, int first) {
    for (int i = 0; i < planes; i++) {
      if (s.centers[i] == Double.NEGATIVE_INFINITY) {
        s.pixels[i] = first;
      }
    }
  }

  private static void prepare(
      ChunkForm form,
      Reduction r,
      FeatureMap x,
      int n,
      int c,
      int planes,
      long first,
      int count,
      Stages s) {
    form.load(x, n, c, planes, first, count, s);
    Steps.base(r, planes * count, s.scratch);
  }
}
