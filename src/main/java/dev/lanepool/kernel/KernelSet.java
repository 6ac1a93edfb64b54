package dev.lanepool.kernel;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.internal.AdaptiveArguments;
import dev.lanepool.kernel.internal.GradientArguments;
import dev.lanepool.kernel.internal.PlaneGradients;
import dev.lanepool.kernel.internal.SelectionArguments;
import java.util.List;

/**
 * The kernels of one backend. All backends give the same bits; see the package's page.
 *
 * <p>The reductions read feature maps [N, C, H, W] of float32 from {@code x}, beginning at element
 * {@code xOffset}, in either layout, and write one value per channel and sample: N·C values,
 * channel by channel, sample by sample. N = 0 or C = 0 writes nothing. Time is proportional to
 * N·C·H·W.
 *
 * <p>Every method is thread-safe, allocates nothing once warm, starts no thread, and checks its
 * arguments before it writes anything. It throws
 *
 * <ul>
 *   <li>{@link NullPointerException} if an argument is null,
 *   <li>{@link IllegalArgumentException} if an offset is negative or an array too short, if an
 *       output overlaps an input or another output, or if H·W = 0,
 * </ul>
 *
 * with a message that names the argument, its value and what was needed.
 */
public interface KernelSet extends AdaptiveKernels, GradientKernels, SelectionKernels {
  /**
   * Global average pooling: the mean of every plane (M. Lin, Q. Chen, S. Yan, "Network in Network",
   * 2013; ONNX {@code GlobalAveragePool}). Immune to float overflow of the sum. A plane of −0 has
   * the mean +0, since the sum begins at +0.
   *
   * @param x the maps
   * @param xOffset where they begin in x
   * @param layout their order
   * @param shape their extents
   * @param y receives N·C means
   * @param yOffset where they go in y
   */
  void mean(float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset);

  /**
   * The sum of every plane, formed in double and rounded once (ONNX {@code ReduceSum}).
   *
   * @param x the maps
   * @param xOffset where they begin in x
   * @param layout their order
   * @param shape their extents
   * @param y receives N·C sums
   * @param yOffset where they go in y
   */
  void sum(float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset);

  /**
   * Global max pooling: the maximum of every plane (ONNX {@code GlobalMaxPool}). A NaN in the plane
   * gives NaN; +0 is above −0.
   *
   * @param x the maps
   * @param xOffset where they begin in x
   * @param layout their order
   * @param shape their extents
   * @param y receives N·C maxima
   * @param yOffset where they go in y
   */
  void max(float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset);

  /**
   * The minimum of every plane (ONNX {@code ReduceMin}). A NaN in the plane gives NaN; −0 is below
   * +0.
   *
   * @param x the maps
   * @param xOffset where they begin in x
   * @param layout their order
   * @param shape their extents
   * @param y receives N·C minima
   * @param yOffset where they go in y
   */
  void min(float[] x, int xOffset, Layout layout, FeatureShape shape, float[] y, int yOffset);

  /**
   * The maximum of every plane and where it first stands (PyTorch {@code adaptive_max_pool2d} with
   * {@code return_indices}, output 1×1). The order is that of {@link Float#compare}: the first NaN
   * wins over every number, +0 over −0, the first of equal values over the later ones. Always y =
   * x[index].
   *
   * @param x the maps
   * @param xOffset where they begin in x
   * @param layout their order
   * @param shape their extents
   * @param y receives N·C maxima
   * @param yOffset where they go in y
   * @param index receives N·C indices h·W + w within the plane, whatever the layout
   * @param indexOffset where they go in index
   */
  void argMax(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset);

  /**
   * {@link #mean mean} and {@link #max max} while memory is read once.
   *
   * @param x the maps
   * @param xOffset where they begin in x
   * @param layout their order
   * @param shape their extents
   * @param mean receives N·C means
   * @param meanOffset where they go in mean
   * @param max receives N·C maxima; may be the same array as mean, where the ranges are apart
   * @param maxOffset where they go in max
   */
  void meanMax(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] mean,
      int meanOffset,
      float[] max,
      int maxOffset);

  /**
   * Any reduction of a map of any type, storage and strides. For float32 arrays without gaps, the
   * reductions that have a method of their own here are that method. A variance, and what divides
   * by its maximum, reads planes of more than some thousand values twice.
   *
   * @param r what to compute
   * @param x the maps
   * @param y receives N·C results, rounded once to float
   * @param yOffset where they go in y
   * @throws IllegalStateException if the memory of x was closed
   * @throws WrongThreadException if it belongs to another thread
   */
  void reduce(Reduction r, FeatureMap x, float[] y, int yOffset);

  /**
   * As {@link #reduce(Reduction, FeatureMap, float[], int)}, and where the value first stands.
   *
   * @param r {@link Reduction#MAX} or {@link Reduction#MIN}
   * @param x the maps, of 2^31 - 1 values per plane at most
   * @param y receives N·C results, rounded once to float
   * @param yOffset where they go in y
   * @param index receives N·C indices h·W + w within the plane, whatever the layout
   * @param indexOffset where they go in index
   */
  void reduce(Reduction r, FeatureMap x, float[] y, int yOffset, int[] index, int indexOffset);

  /**
   * As {@link #reduce(Reduction, FeatureMap, float[], int)}, into a map of any type: results are
   * rounded once, from double, as {@link dev.lanepool.ElementType#write} does.
   *
   * @param r what to compute
   * @param x the maps
   * @param y receives the results, [N, C, 1, 1]
   */
  void reduce(Reduction r, FeatureMap x, FeatureMap y);

  /**
   * As {@link #reduce(Reduction, FeatureMap, float[], int)}, of adjacent channels of one sample
   * only: a part of the work that may be done beside the others. Each result has its place among
   * those of the whole map, and nothing else is written.
   *
   * @param r what to compute
   * @param x the maps
   * @param n the sample, 0 to N - 1
   * @param c the first channel
   * @param channels how many, from 0 to C - c
   * @param y receives the results in an array for those of all planes, channel c's at yOffset + n·C
   *     + c
   * @param yOffset where the first plane's result goes in y
   * @param index receives indices h·W + w in the same way, for {@link Reduction#MAX} and {@link
   *     Reduction#MIN}; or null where they are not wanted
   * @param indexOffset where the first plane's index goes in index
   */
  void reduceChannels(
      Reduction r,
      FeatureMap x,
      int n,
      int c,
      int channels,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset);

  /**
   * Several reductions while memory is read once: all of them of a few channels, as many as the
   * caches hold, then of the next. Each has the bits that it has alone. Results are concatenated in
   * the order of the list, sample by sample: for each, C values of the first, C of the second and
   * so on, [N, K·C] in all.
   *
   * @param statistics K reductions, such as mean, maximum, minimum and variance; in an immutable
   *     list, nothing is allocated
   * @param x the maps
   * @param y receives N·K·C results, rounded once to float
   * @param yOffset where they go in y
   * @param index receives indices h·W + w within the plane, in the same order, of those among the
   *     statistics that are {@link Reduction#MAX} or {@link Reduction#MIN}; or null where they are
   *     not wanted
   * @param indexOffset where they go in index
   */
  void statistics(
      List<Reduction> statistics,
      FeatureMap x,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset);

  /**
   * The gradient of {@link #reduce(Reduction, FeatureMap, float[], int) reduce} with respect to x:
   * each value is its plane's gy times the derivative of the result by the value of x, formed in
   * double and rounded once. The mean's is gy / n, exactly rounded. At 0, a norm that has no
   * derivative there has 0, and so has a magnitude. Values below the eps of GeM get nothing. Takes
   * a few times as long as the reduction; the mean and the sum only write, and so do the maximum
   * and the minimum, once they know their places.
   *
   * @param r what was computed
   * @param ties where the gradient of a maximum or minimum goes that stands at several places
   * @param x the maps, of 2^31 - 1 values at most
   * @param gy the gradient of the results, N·C values
   * @param gyOffset where it begins in gy
   * @param gx receives N·C·H·W values without gaps, in the layout of x
   * @param gxOffset where they go in gx
   */
  default void gradient(
      Reduction r, Ties ties, FeatureMap x, float[] gy, int gyOffset, float[] gx, int gxOffset) {
    GradientArguments.reduction(r, ties, x, gy, gyOffset, gx, gxOffset);
    if (x.shape().planes() == 0) {
      return; // the extents of empty maps need not fit the arithmetic below
    }
    if (r == Reduction.MEAN || r == Reduction.SUM) {
      double divisor = r == Reduction.MEAN ? x.shape().planeSize() : 1;
      PlaneGradients.spread(gy, gyOffset, x.layout(), x.shape(), 1, divisor, gx, gxOffset);
    } else {
      ReductionGradients.of(this, r, ties, x, null, gy, gyOffset, gx, gxOffset);
    }
  }

  /**
   * The gradient of {@link #reduce(Reduction, FeatureMap, Selection, float[], int)} with respect to
   * x, as {@link #gradient(Reduction, Ties, FeatureMap, float[], int, float[], int)} has it without
   * a selection; the mean's is w·gy / Σw. What is not selected has the gradient +0.
   *
   * @param r what was computed
   * @param ties where the gradient of a maximum or minimum goes that stands at several places
   * @param x the maps, of 2^31 - 1 values at most
   * @param selection what of them
   * @param gy the gradient of the results, N·C values
   * @param gyOffset where it begins in gy
   * @param gx receives N·C·H·W values without gaps, in the layout of x
   * @param gxOffset where they go in gx
   */
  default void gradient(
      Reduction r,
      Ties ties,
      FeatureMap x,
      Selection selection,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    SelectionArguments.gradient(r, ties, x, selection, gy, gyOffset, gx, gxOffset);
    ReductionGradients.of(this, r, ties, x, selection, gy, gyOffset, gx, gxOffset);
  }

  /**
   * The gradient of the mean or the sum with respect to the weights: for the mean that of pixel i
   * is Σ gy·(x_i - mean) / Σw over the channels, for the sum Σ gy·x_i; in double, channel by
   * channel, rounded once. A pixel of weight 0 has +0, since its values are not read.
   *
   * @param r {@link Reduction#MEAN} or {@link Reduction#SUM}
   * @param x the maps, of 2^31 - 1 values at most
   * @param selection the weights
   * @param gy the gradient of the results, N·C values
   * @param gyOffset where it begins in gy
   * @param gw receives N·H·W values
   * @param gwOffset where they go in gw
   */
  default void weightGradient(
      Reduction r,
      FeatureMap x,
      Selection selection,
      float[] gy,
      int gyOffset,
      float[] gw,
      int gwOffset) {
    SelectionArguments.weightGradient(r, x, selection, gy, gyOffset, gw, gwOffset);
    ReductionGradients.ofWeights(this, r, x, selection, gy, gyOffset, gw, gwOffset);
  }

  /**
   * Global average pooling of quantized maps (ONNX {@code com.microsoft.QLinearGlobalAveragePool}):
   * round((S - n·zx)·sx / (sy·n)) + zy, kept within the range of y. S is the exact sum of the
   * integers, n = H·W, sx and zx are the scale and the zero point of x, sy and zy those of y; the
   * product and the division are done in double.
   *
   * @param x the maps, of INT8 or UINT8
   * @param from what the integers of x stand for
   * @param y receives the means, [N, C, 1, 1], of INT8 or UINT8
   * @param to what the integers of y stand for
   * @param rounding what becomes of halves
   */
  default void quantizedMean(
      FeatureMap x, Quantization from, FeatureMap y, Quantization to, Rounding rounding) {
    QuantizedMeans.of(this, x, from, y, to, rounding);
  }

  /**
   * A fully connected layer, y = x·Wᵀ + b (ONNX {@code Gemm} with transB = 1). Products are exact
   * in double; each output adds them over the input index in the order of the sums, then the bias,
   * and rounds once. Time is proportional to rows·inputs·outputs.
   *
   * @param x the inputs, rows × inputs
   * @param xOffset where they begin in x
   * @param rows how many input vectors; 0 writes nothing
   * @param inputs values of an input vector, at least 1
   * @param weights the weights, outputs × inputs
   * @param weightsOffset where they begin in weights
   * @param bias one value per output
   * @param biasOffset where they begin in bias
   * @param outputs values of an output vector; 0 writes nothing
   * @param y receives rows × outputs values
   * @param yOffset where they go in y
   */
  void dense(
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
      int yOffset);

  /**
   * A pointwise (1×1) convolution without bias, y_o(h, w) = Σ_k W[o][k]·x_k(h, w): the class
   * activation maps of a dense layer behind global average pooling (B. Zhou et al., "Learning Deep
   * Features for Discriminative Localization", 2016). Every pixel is formed as {@link #dense} forms
   * an output, so that in either layout it has the same bits. Time is proportional to
   * N·C·H·W·outputs.
   *
   * @param x the maps, with at least one channel
   * @param xOffset where they begin in x
   * @param layout their order
   * @param shape their extents
   * @param weights the weights, outputs × C
   * @param weightsOffset where they begin in weights
   * @param outputs planes of a result; 0 writes nothing
   * @param y receives the maps [N, outputs, H, W], in the order of NCHW whatever the layout of x
   * @param yOffset where they go in y
   */
  void pointwise(
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape,
      float[] weights,
      int weightsOffset,
      int outputs,
      float[] y,
      int yOffset);

  /**
   * Adaptive pooling by any reduction, of planes or volumes of any type and storage: every window
   * becomes what {@link #reduce(Reduction, FeatureMap, float[], int) reduce} makes of a plane; with
   * {@link Reduction#lpNorm}, adaptive Lp pooling; of volumes, with the mean and the maximum,
   * PyTorch's {@code adaptive_avg_pool3d} and {@code adaptive_max_pool3d}. The windows along each
   * axis are those of {@link AdaptiveKernels}. The terms of a column of the window are added slice
   * by slice, in each from top to bottom, then the columns' sums from left to right, each beginning
   * with +0, in double; one rounding. With one output per channel it is {@code reduce}, bit for
   * bit; the mean and the maximum of float arrays are {@link #adaptiveMean} and {@link
   * #adaptiveMax}.
   *
   * @param r what to compute
   * @param x the maps; volumes as {@link FeatureShape#volume} lays them out
   * @param bins how many outputs there are along each axis; H is a multiple of their slices
   * @param y receives the results, N·C·outDepth·outHeight·outWidth, in the layout of x
   * @param yOffset where they go in y
   */
  default void adaptiveReduce(Reduction r, FeatureMap x, Bins bins, float[] y, int yOffset) {
    AdaptiveArguments.pooling(r, x, bins, y, yOffset);
    if (bins.areGlobal()) {
      reduce(r, x, y, yOffset);
    } else if (r == Reduction.MEAN && x.hasArray()) {
      adaptiveMean(x.array(), x.offset(), x.layout(), x.shape(), bins, y, yOffset);
    } else if (r == Reduction.MAX && x.hasArray()) {
      adaptiveMax(x.array(), x.offset(), x.layout(), x.shape(), bins, y, yOffset, null, 0);
    } else if (x.shape().planes() > 0) {
      AdaptiveReductions.pool(r, x, bins, y, yOffset, null, 0);
    }
  }

  /**
   * As {@link #adaptiveReduce(Reduction, FeatureMap, Bins, float[], int)}, and where the value of
   * each window first stands, slice by slice, row by row.
   *
   * @param r {@link Reduction#MAX} or {@link Reduction#MIN}
   * @param x the maps, of 2^31 - 1 values per plane at most
   * @param bins how many outputs there are along each axis; H is a multiple of their slices
   * @param y receives the results, N·C·outDepth·outHeight·outWidth, in the layout of x
   * @param yOffset where they go in y
   * @param index receives as many indices h·W + w within the plane of x, whatever the layout; in a
   *     volume h counts the rows of all slices
   * @param indexOffset where they go in index
   */
  default void adaptiveReduce(
      Reduction r, FeatureMap x, Bins bins, float[] y, int yOffset, int[] index, int indexOffset) {
    AdaptiveArguments.indexedPooling(r, x, bins, y, yOffset, index, indexOffset);
    if (bins.areGlobal()) {
      reduce(r, x, y, yOffset, index, indexOffset);
    } else if (r == Reduction.MAX && x.hasArray()) {
      int from = x.offset();
      adaptiveMax(x.array(), from, x.layout(), x.shape(), bins, y, yOffset, index, indexOffset);
    } else if (x.shape().planes() > 0) {
      AdaptiveReductions.pool(r, x, bins, y, yOffset, index, indexOffset);
    }
  }

  /**
   * The gradient of {@link #adaptiveReduce(Reduction, FeatureMap, Bins, float[], int)
   * adaptiveReduce} with respect to x: each value is the sum over the windows that cover it of gy
   * times the derivative of the window's result, slice by slice, row by row, in double, rounded
   * once. For the rest as {@link #gradient}, which it is with one output per channel.
   *
   * @param r what was computed
   * @param ties where the gradient of a maximum or minimum goes that stands at several places of a
   *     window
   * @param x the maps, of 2^31 - 1 values at most
   * @param bins how many outputs there are along each axis; H is a multiple of their slices
   * @param gy the gradient of the results, [N, C, outDepth·outHeight, outWidth] in the layout of x
   * @param gyOffset where it begins in gy
   * @param gx receives N·C·H·W values without gaps, in the layout of x
   * @param gxOffset where they go in gx
   */
  default void adaptiveGradient(
      Reduction r,
      Ties ties,
      FeatureMap x,
      Bins bins,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    AdaptiveArguments.gradient(r, ties, x, bins, gy, gyOffset, gx, gxOffset);
    if (bins.areGlobal()) {
      gradient(r, ties, x, gy, gyOffset, gx, gxOffset);
    } else if (r == Reduction.MEAN) {
      adaptiveMeanGradient(gy, gyOffset, x.layout(), x.shape(), bins, gx, gxOffset);
    } else if (x.shape().planes() > 0) {
      AdaptiveReductions.gradient(r, ties, x, bins, gy, gyOffset, gx, gxOffset);
    }
  }
}
