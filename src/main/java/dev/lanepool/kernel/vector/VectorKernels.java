package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;
import dev.lanepool.kernel.Ties;
import dev.lanepool.kernel.internal.AdaptiveArguments;
import dev.lanepool.kernel.internal.Arguments;
import dev.lanepool.kernel.internal.GradientArguments;
import dev.lanepool.kernel.internal.Results;
import dev.lanepool.kernel.internal.SelectionArguments;
import dev.lanepool.kernel.internal.Statistics;
import java.util.List;
import jdk.incubator.vector.VectorShape;

/** The kernels in SIMD lanes: checks the arguments, then chooses the loop form. */
public final class VectorKernels implements KernelSet {
  private static final int DENSE_OUTPUTS = RowDots.RESULTS / RowDots.VECTORS;

  /**
   * The width of the widest vectors that the JVM offers; below 128 these kernels can't be used.
   *
   * @return bits of a vector
   */
  public static int preferredBits() {
    return VectorShape.preferredShape().vectorBitSize();
  }

  /**
   * The width in use.
   *
   * @return bits of a vector: 128, 256 or 512
   */
  public static int bits() {
    return Lanes.SHAPE.vectorBitSize();
  }

  @Override
  public void mean(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    Arguments.reduction(x, xOffset, layout, shape, y, yOffset);
    PlaneGroups.reduce(Forms.MEAN, x, xOffset, layout, shape, y, yOffset, null, 0, null, 0);
  }

  @Override
  public void sum(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    Arguments.reduction(x, xOffset, layout, shape, y, yOffset);
    PlaneGroups.reduce(Forms.SUM, x, xOffset, layout, shape, y, yOffset, null, 0, null, 0);
  }

  @Override
  public void max(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    Arguments.reduction(x, xOffset, layout, shape, y, yOffset);
    PlaneGroups.reduce(Forms.MAX, x, xOffset, layout, shape, y, yOffset, null, 0, null, 0);
  }

  @Override
  public void min(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    Arguments.reduction(x, xOffset, layout, shape, y, yOffset);
    PlaneGroups.reduce(Forms.MIN, x, xOffset, layout, shape, y, yOffset, null, 0, null, 0);
  }

  @Override
  public void argMax(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    Arguments.indexedReduction(x, xOffset, layout, shape, y, yOffset, index, indexOffset);
    PlaneGroups.reduce(
        Forms.ARG_MAX, x, xOffset, layout, shape, y, yOffset, null, 0, index, indexOffset);
  }

  @Override
  public void meanMax(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] mean,
      int meanOffset,
      float[] max,
      int maxOffset) {
    Arguments.meanMax(x, xOffset, layout, shape, mean, meanOffset, max, maxOffset);
    PlaneGroups.reduce(
        Forms.MEAN_MAX, x, xOffset, layout, shape, mean, meanOffset, max, maxOffset, null, 0);
  }

  @Override
  public void reduce(Reduction r, FeatureMap x, float[] y, int yOffset) {
    Arguments.reduction(r, x, y, yOffset, null, 0);
    reduceAll(r, x, y, yOffset, null, 0);
  }

  @Override
  public void reduce(
      Reduction r, FeatureMap x, float[] y, int yOffset, int[] index, int indexOffset) {
    Arguments.indexed(r, x, index);
    Arguments.reduction(r, x, y, yOffset, index, indexOffset);
    reduceAll(r, x, y, yOffset, index, indexOffset);
  }

  /** By the loops for floats, in place or copied, where there are any; index may be null. */
  private static void reduceAll(
      Reduction r, FeatureMap x, float[] y, int yOffset, int[] index, int indexOffset) {
    Forms forms = forms(r, index != null);
    if (forms != null && x.hasArray()) {
      float[] array = x.array();
      PlaneGroups.reduce(
          forms, array, x.offset(), x.layout(), x.shape(), y, yOffset, null, 0, index, indexOffset);
    } else if (inPlanes(forms, r, x)) {
      boolean inPlace = NativePlanes.serve(x);
      for (int n = 0; n < x.shape().n(); n++) {
        planes(inPlace, forms, x, n, 0, x.shape().c(), y, yOffset, index, indexOffset);
      }
    } else {
      reduce(r, x, null, Results.to(y, yOffset, index, indexOffset));
    }
  }

  @Override
  public void reduce(Reduction r, FeatureMap x, FeatureMap y) {
    Arguments.reduction(r, x, y);
    if (y.hasArray()) {
      reduce(r, x, y.array(), y.offset());
    } else {
      reduce(r, x, null, Results.to(y));
    }
  }

  @Override
  public void reduce(Reduction r, FeatureMap x, Selection selection, float[] y, int yOffset) {
    Arguments.reduction(r, x, y, yOffset, null, 0);
    SelectionArguments.selection(r, x, selection);
    if (SelectedSums.serve(r, x)) {
      SelectedSums.reduce(r, x, selection, y, yOffset);
    } else {
      reduce(r, x, selection, Results.to(y, yOffset, null, 0));
    }
  }

  @Override
  public void reduce(
      Reduction r,
      FeatureMap x,
      Selection selection,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    Arguments.indexed(r, x, index);
    Arguments.reduction(r, x, y, yOffset, index, indexOffset);
    SelectionArguments.selection(r, x, selection);
    reduce(r, x, selection, Results.to(y, yOffset, index, indexOffset));
  }

  @Override
  public void reduce(Reduction r, FeatureMap x, Selection selection, FeatureMap y) {
    Arguments.reduction(r, x, y);
    SelectionArguments.selection(r, x, selection);
    if (SelectedSums.serve(r, x) && y.hasArray()) {
      SelectedSums.reduce(r, x, selection, y.array(), y.offset());
    } else {
      reduce(r, x, selection, Results.to(y));
    }
  }

  @Override
  public void reduceChannels(
      Reduction r,
      FeatureMap x,
      int n,
      int c,
      int channels,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    Arguments.channels(r, x, n, c, channels, y, yOffset, index, indexOffset);
    part(r, x, n, c, channels, y, yOffset, index, indexOffset);
  }

  @Override
  public void statistics(
      List<Reduction> statistics,
      FeatureMap x,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    Arguments.statistics(statistics, x, y, yOffset, index, indexOffset);
    int group = PlaneGroups.cached(x.layout(), x.shape());
    Statistics.reduce(VectorKernels::part, group, statistics, x, y, yOffset, index, indexOffset);
  }

  private static void part(
      Reduction r,
      FeatureMap x,
      int n,
      int c,
      int planes,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    Forms forms = forms(r, index != null);
    if (forms != null && x.hasArray()) {
      int first = n * x.shape().c() + c;
      PlaneGroups.reduce(
          forms,
          x.array(),
          x.offset(),
          x.layout(),
          x.shape().c(),
          (int) x.shape().planeSize(),
          first,
          first + planes,
          y,
          yOffset,
          null,
          0,
          index,
          indexOffset);
    } else if (inPlanes(forms, r, x)) {
      planes(NativePlanes.serve(x), forms, x, n, c, c + planes, y, yOffset, index, indexOffset);
    } else {
      Results results = Results.to(y, yOffset, index, indexOffset);
      try {
        StagedReduction.reduce(r, x, null, n, c, c + planes, results);
      } finally {
        results.release();
      }
    }
  }

  /** Whether {@link #planes} does it: not where {@link DirectSums} excel. */
  private static boolean inPlanes(Forms forms, Reduction r, FeatureMap x) {
    return forms != null
        && !DirectSums.excel(r, x)
        && (NativePlanes.serve(x) || CopiedPlanes.serve(x));
  }

  /** Channels from first to last, exclusive, of sample n, where they are or copied. */
  private static void planes(
      boolean inPlace,
      Forms forms,
      FeatureMap x,
      int n,
      int first,
      int last,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    if (inPlace) {
      NativePlanes.reduce(forms, x, n, first, last, y, yOffset, index, indexOffset);
    } else {
      CopiedPlanes.reduce(forms, x, n, first, last, y, yOffset, index, indexOffset);
    }
  }

  /** The loop forms of a reduction of floats; null where it has none of its own. */
  private static Forms forms(Reduction r, boolean indexed) {
    if (indexed) {
      return r == Reduction.MAX ? Forms.ARG_MAX : r == Reduction.MIN ? Forms.ARG_MIN : null;
    }
    if (r == Reduction.MEAN) {
      return Forms.MEAN;
    }
    if (r == Reduction.SUM) {
      return Forms.SUM;
    }
    if (r == Reduction.MAX) {
      return Forms.MAX;
    }
    return r == Reduction.MIN ? Forms.MIN : null;
  }

  private static void reduce(Reduction r, FeatureMap x, Selection selection, Results results) {
    try {
      StagedReduction.reduce(r, x, selection, results);
    } finally {
      results.release();
    }
  }

  @Override
  public void gradient(
      Reduction r, Ties ties, FeatureMap x, float[] gy, int gyOffset, float[] gx, int gxOffset) {
    GradientArguments.reduction(r, ties, x, gy, gyOffset, gx, gxOffset);
    boolean same = r == Reduction.MEAN || r == Reduction.SUM;
    if (StagedGradient.serves(r, ties, false) && !same) {
      StagedGradient.of(r, ties, x, null, gy, gyOffset, gx, gxOffset);
    } else if (same && x.layout() == Layout.NCHW && SmallPlanes.serve(x.shape())) {
      double divisor = r.divisor(x.shape().planeSize());
      SmallPlanes.spread(gy, gyOffset, x.shape(), divisor, gx, gxOffset);
    } else {
      KernelSet.super.gradient(r, ties, x, gy, gyOffset, gx, gxOffset);
    }
  }

  @Override
  public void gradient(
      Reduction r,
      Ties ties,
      FeatureMap x,
      Selection selection,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    SelectionArguments.gradient(r, ties, x, selection, gy, gyOffset, gx, gxOffset);
    if (StagedGradient.serves(r, ties, true)) {
      StagedGradient.of(r, ties, x, selection, gy, gyOffset, gx, gxOffset);
    } else {
      KernelSet.super.gradient(r, ties, x, selection, gy, gyOffset, gx, gxOffset);
    }
  }

  @Override
  public void weightGradient(
      Reduction r,
      FeatureMap x,
      Selection selection,
      float[] gy,
      int gyOffset,
      float[] gw,
      int gwOffset) {
    SelectionArguments.weightGradient(r, x, selection, gy, gyOffset, gw, gwOffset);
    WeightGradient.of(r, x, selection, gy, gyOffset, gw, gwOffset);
  }

  @Override
  public void dense(
      float[] x,
      int xOffset,
      int rows,
      int inputs,
      float[] weights,
      int weightsOffset,
      float[] bias,
      int biasOffset,
      int outputs,
      float[] y,
      int yOffset) {
    Arguments.dense(
        x, xOffset, rows, inputs, weights, weightsOffset, bias, biasOffset, outputs, y, yOffset);
    Scratch s = Scratch.ofThread();
    // A few outputs at a time for all rows: their weights stay in the L2 cache.
    for (int output = 0; output < outputs; output += DENSE_OUTPUTS) {
      int count = Math.min(DENSE_OUTPUTS, outputs - output);
      int from = weightsOffset + output * inputs;
      for (int row = 0; row < rows; ) {
        int vectors = rows - row < RowDots.VECTORS ? 1 : RowDots.VECTORS;
        RowDots.dots(x, xOffset + row * inputs, vectors, weights, from, count, inputs, s);
        for (int i = 0; i < count * vectors; i++) {
          int to = output + i / vectors;
          double sum = s.sums[i] + bias[biasOffset + to];
          y[yOffset + (row + i % vectors) * outputs + to] = (float) sum;
        }
        row += vectors;
      }
    }
  }

  @Override
  public void pointwise(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] weights,
      int weightsOffset,
      int outputs,
      float[] y,
      int yOffset) {
    Arguments.pointwise(x, xOffset, layout, shape, weights, weightsOffset, outputs, y, yOffset);
    int pixels = (int) shape.planeSize();
    int channels = shape.c();
    for (int n = 0; n < shape.n(); n++) {
      int first = xOffset + n * channels * pixels;
      int to = yOffset + n * outputs * pixels;
      if (layout == Layout.NCHW) {
        MatrixProduct.multiply(
            weights, weightsOffset, channels, 1, outputs, x, first, channels, pixels, y, to);
      } else {
        Scratch s = Scratch.ofThread();
        for (int output = 0; output < outputs; output++) {
          int row = weightsOffset + output * channels;
          pixelDots(weights, row, x, first, pixels, channels, y, to + output * pixels, s);
        }
      }
    }
  }

  /** Products of a row of weights with every pixel of an NHWC sample. */
  private static void pixelDots(
      float[] w, int row, float[] x, int start, int pixels, int n, float[] y, int to, Scratch s) {
    for (int i = 0; i < pixels; i += Scratch.PLANES) {
      int count = Math.min(Scratch.PLANES, pixels - i);
      RowDots.dots(w, row, 1, x, start + i * n, count, n, s);
      for (int j = 0; j < count; j++) {
        y[to + i + j] = (float) s.sums[j];
      }
    }
  }

  @Override
  public void denseInputGradient(
      float[] gy,
      int gyOffset,
      int rows,
      int outputs,
      float[] weights,
      int weightsOffset,
      int inputs,
      float[] gx,
      int gxOffset) {
    GradientArguments.denseInputGradient(
        gy, gyOffset, rows, outputs, weights, weightsOffset, inputs, gx, gxOffset);
    MatrixProduct.multiply(
        gy, gyOffset, outputs, 1, rows, weights, weightsOffset, outputs, inputs, gx, gxOffset);
  }

  @Override
  public void denseWeightGradient(
      float[] gy,
      int gyOffset,
      int rows,
      int outputs,
      float[] x,
      int xOffset,
      int inputs,
      float[] gw,
      int gwOffset,
      float[] gb,
      int gbOffset) {
    GradientArguments.denseWeightGradient(
        gy, gyOffset, rows, outputs, x, xOffset, inputs, gw, gwOffset, gb, gbOffset);
    MatrixProduct.multiply(
        gy, gyOffset, 1, outputs, outputs, x, xOffset, rows, inputs, gw, gwOffset);
    MatrixProduct.columnSums(gy, gyOffset, rows, outputs, gb, gbOffset);
  }

  @Override
  public void adaptiveMean(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      Bins bins,
      float[] y,
      int yOffset) {
    AdaptiveArguments.pooling(x, xOffset, layout, shape, bins, y, yOffset);
    if (bins.areGlobal()) {
      mean(x, xOffset, layout, shape, y, yOffset);
    } else if (shape.planes() > 0) { // the extents of empty maps need not fit the loops' arithmetic
      Results results = Results.to(y, yOffset, null, 0);
      WindowPooling.pool(Reduction.MEAN, x, xOffset, layout, shape, bins, results);
    }
  }

  @Override
  public void adaptiveMax(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      Bins bins,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    AdaptiveArguments.indexedPooling(
        x, xOffset, layout, shape, bins, y, yOffset, index, indexOffset);
    if (bins.areGlobal() && index == null) {
      max(x, xOffset, layout, shape, y, yOffset);
    } else if (bins.areGlobal()) {
      argMax(x, xOffset, layout, shape, y, yOffset, index, indexOffset);
    } else if (shape.planes() > 0) {
      Results results = Results.to(y, yOffset, index, indexOffset);
      WindowPooling.pool(Reduction.MAX, x, xOffset, layout, shape, bins, results);
    }
  }

  @Override
  public void adaptiveReduce(Reduction r, FeatureMap x, Bins bins, float[] y, int yOffset) {
    AdaptiveArguments.pooling(r, x, bins, y, yOffset);
    if (hasWindows(x, bins)) {
      WindowPooling.pool(r, x, bins, Results.to(y, yOffset, null, 0));
    } else {
      KernelSet.super.adaptiveReduce(r, x, bins, y, yOffset);
    }
  }

  @Override
  public void adaptiveReduce(
      Reduction r, FeatureMap x, Bins bins, float[] y, int yOffset, int[] index, int indexOffset) {
    AdaptiveArguments.indexedPooling(r, x, bins, y, yOffset, index, indexOffset);
    if (hasWindows(x, bins)) {
      WindowPooling.pool(r, x, bins, Results.to(y, yOffset, index, indexOffset));
    } else {
      KernelSet.super.adaptiveReduce(r, x, bins, y, yOffset, index, indexOffset);
    }
  }

  private static boolean hasWindows(FeatureMap x, Bins bins) {
    return x.shape().planes() > 0 && !bins.areGlobal();
  }

  @Override
  public void adaptiveGradient(
      Reduction r,
      Ties ties,
      FeatureMap x,
      Bins bins,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    AdaptiveArguments.gradient(r, ties, x, bins, gy, gyOffset, gx, gxOffset);
    if (r != Reduction.MEAN && hasWindows(x, bins)) {
      WindowChunks.gradient(r, ties, x, bins, gy, gyOffset, gx, gxOffset);
    } else {
      KernelSet.super.adaptiveGradient(r, ties, x, bins, gy, gyOffset, gx, gxOffset);
    }
  }
}
