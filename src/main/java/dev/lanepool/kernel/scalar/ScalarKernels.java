package dev.lanepool.kernel.scalar;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;
import dev.lanepool.kernel.internal.AdaptiveArguments;
import dev.lanepool.kernel.internal.Arguments;
import dev.lanepool.kernel.internal.GradientArguments;
import dev.lanepool.kernel.internal.Grid;
import dev.lanepool.kernel.internal.Results;
import dev.lanepool.kernel.internal.SelectionArguments;
import dev.lanepool.kernel.internal.Statistics;
import java.util.List;

/** The kernels: NCHW maps go plane by plane, NHWC maps pixel by pixel. */
public final class ScalarKernels implements KernelSet {
  /** How one plane becomes one value. */
  private interface PlaneReduction {
    float reduce(float[] x, int start, int n);
  }

  /** The same of NHWC maps, pixel by pixel. */
  private interface PixelReduction {
    void reduce(float[] x, int xOffset, FeatureShape shape, float[] y, int yOffset);
  }

  private record Form(PlaneReduction plane, PixelReduction pixels) {}

  private static final Form MEAN = new Form(ScalarKernels::planeMean, ScalarPixels::mean);
  private static final Form SUM = new Form(ScalarKernels::planeSum, ScalarPixels::sum);
  private static final Form MAX = new Form(ScalarExtrema::max, ScalarPixels::max);
  private static final Form MIN = new Form(ScalarExtrema::min, ScalarPixels::min);

  @Override
  public void mean(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    Arguments.reduction(x, xOffset, layout, shape, y, yOffset);
    reduce(MEAN, x, xOffset, layout, shape, y, yOffset);
  }

  @Override
  public void sum(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    Arguments.reduction(x, xOffset, layout, shape, y, yOffset);
    reduce(SUM, x, xOffset, layout, shape, y, yOffset);
  }

  @Override
  public void max(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    Arguments.reduction(x, xOffset, layout, shape, y, yOffset);
    reduce(MAX, x, xOffset, layout, shape, y, yOffset);
  }

  @Override
  public void min(
      float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset) {
    Arguments.reduction(x, xOffset, layout, shape, y, yOffset);
    reduce(MIN, x, xOffset, layout, shape, y, yOffset);
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
    if (isPixelByPixel(layout, shape)) {
      ScalarPixels.argMax(x, xOffset, shape, y, yOffset, index, indexOffset);
      return;
    }
    int n = (int) shape.planeSize();
    for (int plane = 0; plane < shape.planes(); plane++) {
      int start = xOffset + plane * n;
      int first = ScalarExtrema.argMax(x, start, n);
      y[yOffset + plane] = x[start + first];
      index[indexOffset + plane] = first;
    }
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
    reduce(MEAN, x, xOffset, layout, shape, mean, meanOffset);
    reduce(MAX, x, xOffset, layout, shape, max, maxOffset);
  }

  @Override
  public void reduce(Reduction r, FeatureMap x, float[] y, int yOffset) {
    Arguments.reduction(r, x, y, yOffset, null, 0);
    Form form = x.hasArray() ? ofFloats(r) : null;
    if (form == null) {
      reduce(r, x, null, Results.to(y, yOffset, null, 0));
    } else {
      reduce(form, x.array(), x.offset(), x.layout(), x.shape(), y, yOffset);
    }
  }

  /** The shorter way that a reduction of float arrays has; null where it has none. */
  private static Form ofFloats(Reduction r) {
    if (r == Reduction.MEAN) {
      return MEAN;
    }
    if (r == Reduction.SUM) {
      return SUM;
    }
    if (r == Reduction.MAX) {
      return MAX;
    }
    return r == Reduction.MIN ? MIN : null;
  }

  @Override
  public void reduce(
      Reduction r, FeatureMap x, float[] y, int yOffset, int[] index, int indexOffset) {
    Arguments.indexed(r, x, index);
    Arguments.reduction(r, x, y, yOffset, index, indexOffset);
    reduce(r, x, null, Results.to(y, yOffset, index, indexOffset));
  }

  @Override
  public void reduce(Reduction r, FeatureMap x, FeatureMap y) {
    Arguments.reduction(r, x, y);
    reduce(r, x, null, Results.to(y));
  }

  @Override
  public void reduce(Reduction r, FeatureMap x, Selection selection, float[] y, int yOffset) {
    Arguments.reduction(r, x, y, yOffset, null, 0);
    SelectionArguments.selection(r, x, selection);
    reduce(r, x, selection, Results.to(y, yOffset, null, 0));
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
    reduce(r, x, selection, Results.to(y));
  }

  private static void reduce(Reduction r, FeatureMap x, Selection selection, Results results) {
    try {
      ScalarReductions.reduce(r, x, selection, results);
    } finally {
      results.release();
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
    Statistics.reduce(
        ScalarKernels::part, x.shape().c(), statistics, x, y, yOffset, index, indexOffset);
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
    Results results = Results.to(y, yOffset, index, indexOffset);
    try {
      ScalarReductions.reduce(r, x, null, n, c, planes, results);
    } finally {
      results.release();
    }
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
    for (int row = 0; row < rows; row++) {
      int xStart = xOffset + row * inputs;
      for (int output = 0; output < outputs; output++) {
        int weightsStart = weightsOffset + output * inputs;
        double sum = ScalarSums.dot(x, xStart, weights, weightsStart, inputs);
        y[yOffset + row * outputs + output] = (float) (sum + bias[biasOffset + output]);
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
    for (int plane = 0; plane < shape.n() * outputs; plane++) {
      int first = xOffset + plane / outputs * channels * pixels;
      int row = weightsOffset + plane % outputs * channels;
      int to = yOffset + plane * pixels;
      if (layout == Layout.NCHW) {
        ScalarPixels.weightedSum(x, first, channels, pixels, weights, row, 1, y, to);
        continue;
      }
      for (int i = 0; i < pixels; i++) {
        y[to + i] = (float) ScalarSums.dot(x, first + i * channels, weights, row, channels);
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
    for (int row = 0; row < rows; row++) {
      int start = gyOffset + row * outputs;
      int to = gxOffset + row * inputs;
      ScalarPixels.weightedSum(weights, weightsOffset, outputs, inputs, gy, start, 1, gx, to);
    }
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
    for (int output = 0; output < outputs; output++) {
      int start = gyOffset + output;
      int to = gwOffset + output * inputs;
      ScalarPixels.weightedSum(x, xOffset, rows, inputs, gy, start, outputs, gw, to);
    }
    ScalarPixels.weightedSum(gy, gyOffset, rows, outputs, null, 0, 0, gb, gbOffset);
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
    } else if (shape.planes() > 0) {
      ScalarAdaptive.mean(x, xOffset, Grid.of(layout, shape, bins), y, yOffset);
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
    if (shape.planes() > 0) {
      Grid grid = Grid.of(layout, shape, bins);
      ScalarAdaptive.max(x, xOffset, grid, shape.w(), y, yOffset, index, indexOffset);
    }
  }

  private static void reduce(
      Form form,
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] y,
      int yOffset) {
    if (isPixelByPixel(layout, shape)) {
      form.pixels().reduce(x, xOffset, shape, y, yOffset);
      return;
    }
    int n = (int) shape.planeSize();
    for (int plane = 0; plane < shape.planes(); plane++) {
      y[yOffset + plane] = form.plane().reduce(x, xOffset + plane * n, n);
    }
  }

  /** A map of one channel is the same in both layouts. */
  private static boolean isPixelByPixel(Layout layout, FeatureShape shape) {
    return layout == Layout.NHWC && shape.c() > 1;
  }

  private static float planeMean(float[] x, int start, int n) {
    return (float) (ScalarSums.sum(x, start, n) / n);
  }

  private static float planeSum(float[] x, int start, int n) {
    return (float) ScalarSums.sum(x, start, n);
  }
}
