package dev.lanepool.kernel.scalar;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;
import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.internal.SumOrder.NOTHING;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;
import dev.lanepool.kernel.internal.Maths;
import dev.lanepool.kernel.internal.Results;
import dev.lanepool.kernel.internal.SumOrder;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Any reduction of any map, plane by plane, in the steps that {@link Reduction} gives. */
final class ScalarReductions {
  private static final ThreadLocal<ScalarReductions> OF_THREAD =
      ThreadLocal.withInitial(ScalarReductions::new);

  private final double[] block = new double[BLOCK];
  private final float[] floats = new float[BLOCK];
  private final double[] lanes = new double[LANES];

  /** What each value of the block counts; 0 where it is not selected. */
  private final double[] weights = new double[BLOCK];

  private Selection selection;
  private final double[] value = new double[1];
  private final long[] pixel = new long[1];

  private ScalarReductions() {}

  /** Reduces what a selection takes of x; all of it where that is null. */
  static void reduce(Reduction r, FeatureMap x, Selection selection, Results results) {
    for (int n = 0; n < x.shape().n(); n++) {
      reduce(r, x, selection, n, 0, x.shape().c(), results);
    }
  }

  /** Reduces planes channels from first on of sample n. */
  static void reduce(
      Reduction r,
      FeatureMap x,
      Selection selection,
      int n,
      int first,
      int planes,
      Results results) {
    ScalarReductions s = OF_THREAD.get();
    s.selection = selection;
    FeatureShape shape = x.shape();
    boolean floats = selection == null && areFloats(r, x, results);
    for (int c = first; c < first + planes; c++) {
      if (floats) {
        s.value[0] = s.ofFloats(r, x, n, c);
      } else if (selection == null || selection.suffices(r, n)) {
        double total = selection == null ? shape.planeSize() : selection.total(n);
        s.value[0] = s.plane(r, x, n, c, total);
      } else {
        s.value[0] = selection.otherwise();
        s.pixel[0] = -1;
      }
      results.store(n, c, shape.c(), 1, s.value, s.pixel);
    }
    s.selection = null;
  }

  /** Whether planes are contiguous floats, and this reduction of them has a shorter way. */
  private static boolean areFloats(Reduction r, FeatureMap x, Results results) {
    boolean contiguous = x.layout() == Layout.NCHW && x.isDense();
    boolean sum = r == Reduction.MEAN || r == Reduction.SUM;
    return contiguous
        && x.type() == ElementType.FLOAT32
        && x.shape().planeSize() <= BLOCK
        && (sum || r == Reduction.MAX || r == Reduction.MIN && !results.indexed());
  }

  private double ofFloats(Reduction r, FeatureMap x, int n, int c) {
    int size = (int) x.shape().planeSize();
    long at = x.position(n, c, 0, 0) * Float.BYTES;
    MemorySegment.copy(x.segment(), JAVA_FLOAT_UNALIGNED, at, floats, 0, size);
    if (r == Reduction.MAX) {
      pixel[0] = ScalarExtrema.argMax(floats, 0, size);
      return floats[(int) pixel[0]];
    }
    if (r == Reduction.MIN) {
      return ScalarExtrema.min(floats, 0, size);
    }
    double sum = ScalarSums.sum(floats, 0, size);
    return r == Reduction.MEAN ? sum / size : sum;
  }

  private double plane(Reduction r, FeatureMap x, int n, int c, double total) {
    double center =
        switch (r.center()) {
          case NONE -> 0;
          case MEAN -> sum(r, Reduction.Term.VALUE, x, n, c, 0) / total;
          case MAX -> maximum(r, x, n, c);
        };
    return r.result(sum(r, r.term(), x, n, c, center), total, center);
  }

  /** The sum of a plane's terms in the order of all sums. */
  private double sum(Reduction r, Reduction.Term term, FeatureMap x, int n, int c, double center) {
    if (term == Reduction.Term.NONE) {
      return 0;
    }
    double sum = NOTHING;
    long size = x.shape().planeSize();
    for (long done = 0; done < size; done += BLOCK) {
      int length = (int) Math.min(BLOCK, size - done);
      prepare(r, x, n, c, done, length);
      Arrays.fill(lanes, 0.0);
      for (int i = 0; i < length; i++) {
        double value = term.of(block[i], center, r.rate());
        lanes[i % LANES] += weights[i] == 0 ? 0 : weights[i] * value;
      }
      sum += SumOrder.fold(lanes);
    }
    return sum;
  }

  /** The maximum of a plane's prepared values, and in {@link #pixel} where it first stands. */
  private double maximum(Reduction r, FeatureMap x, int n, int c) {
    double max = 0;
    pixel[0] = -1;
    long size = x.shape().planeSize();
    for (long done = 0; done < size; done += BLOCK) {
      int length = (int) Math.min(BLOCK, size - done);
      prepare(r, x, n, c, done, length);
      for (int i = 0; i < length; i++) {
        if (weights[i] != 0 && (pixel[0] < 0 || above(block[i], max))) {
          max = block[i];
          pixel[0] = done + i;
        }
      }
    }
    return max;
  }

  /** The order of {@link Double#compare}, all NaNs equal. */
  private static boolean above(double a, double b) {
    return Double.compare(a, b) > 0;
  }

  /** Prepared values of a plane into the block, and their weights. */
  private void prepare(Reduction r, FeatureMap x, int n, int c, long first, int count) {
    read(x, n, c, first, count);
    if (selection == null) {
      Arrays.fill(weights, 0, count, 1);
    } else {
      selection.read(n, (int) first, count, weights);
    }
    for (int i = 0; i < count; i++) {
      double base = r.prepared(block[i]);
      block[i] = r.logarithm() ? Maths.log(base) : base;
    }
  }

  /** Values of a plane in row-major order, whatever type, storage and strides are. */
  private void read(FeatureMap x, int n, int c, long first, int count) {
    int width = x.shape().w();
    int h = (int) (first / width);
    int w = (int) (first % width);
    long at = x.position(n, c, h, w);
    for (int i = 0; i < count; i++) {
      block[i] = x.type().read(x.segment(), at * x.type().bytes());
      at += x.strides().column();
      if (++w == width) {
        w = 0;
        at += x.strides().row() - width * x.strides().column();
      }
    }
  }
}
