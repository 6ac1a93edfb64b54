package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Kernels;
import dev.lanepool.kernel.Reduction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Global pooling: [N, C, H, W] becomes [N, F, 1, 1], one value per plane, or two where two kinds
 * are concatenated. No parameters, any input size. The kinds are this class's subclasses, and
 * {@link #of(String)} gives them by name.
 *
 * <p>{@link #contributions} says which pixels a pooled value comes from, so that a class activation
 * map is true for every kind.
 */
public abstract sealed class GlobalPool implements Layer
    permits GlobalAvgPool, GlobalMaxPool, AvgMaxPool, CatAvgMaxPool, GeMPool, LogSumExpPool {

  private final Reduction reduction;

  /** Pooling by one reduction; null where a subclass pools otherwise. */
  GlobalPool(Reduction reduction) {
    this.reduction = reduction;
  }

  /**
   * The kinds of pooling: {@code avg}, {@code max}, {@code avgmax} (half their sum), {@code
   * catavgmax} and {@code catmaxavg} (both, the averages or the maxima first), {@code gem}, {@code
   * lse} (log-sum-exp).
   *
   * @return the names that {@link #of(String)} takes
   */
  public static List<String> names() {
    return PoolKind.names();
  }

  /**
   * The pooling of that name, with its options at their defaults.
   *
   * @param name one of {@link #names}
   * @return the layer
   * @throws NullPointerException if name is null
   * @throws IllegalArgumentException if there is no such pooling
   */
  public static GlobalPool of(String name) {
    return of(name, Map.of());
  }

  /**
   * The pooling of that name. An option that the pooling doesn't have is an error, never ignored.
   *
   * @param name one of {@link #names}
   * @param options values by name: {@code p} and {@code eps} of {@code gem}, {@code r} of {@code
   *     lse}; one that is missing has its default
   * @return the layer
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if there is no such pooling, if it has no such option, or if a
   *     value is out of the option's range
   */
  public static GlobalPool of(String name, Map<String, Double> options) {
    return PoolKind.named(name).create(options);
  }

  /**
   * Values that a sample is pooled to.
   *
   * @param channels C of the maps
   * @return F: C, or 2·C where two kinds are concatenated
   */
  public int outputChannels(int channels) {
    return channels;
  }

  @Override
  public final FeatureShape outputShape(FeatureShape input) {
    LayerArguments.requirePixels(input);
    return new FeatureShape(input.n(), outputChannels(input.c()), 1, 1);
  }

  @Override
  public final long parameterCount() {
    return 0;
  }

  @Override
  public final void forward(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    FeatureShape shape = input.shape();
    LayerArguments.requireOutput(input, output, shape.n(), outputChannels(shape.c()), 1, 1);
    pool(Kernels.best(), input, output.array(), output.offset());
  }

  /** Calls the kernel; y and yOffset are where the results go. */
  void pool(KernelSet kernels, FeatureMap input, float[] y, int yOffset) {
    kernels.reduce(reduction, input, y, yOffset);
  }

  /**
   * Hands every pooled value back to the pixels that it comes from: a plane r_k of contributions
   * for each, whose mean is the pooled value, mean(r_k) = z_k within rounding. So for a dense layer
   * behind the pooling, the map M_c = Σ_k W[c][k]·r_k has the mean logit_c - b_c, whatever the kind
   * of pooling; for the average, where r_k = x_k, it is the class activation map of Zhou et al.
   *
   * <p>Where pooling is homogeneous, pool(t·x) = t·pool(x) for t > 0, Euler's theorem says how: z =
   * Σ_i x_i·∂z/∂x_i, so that r_i = H·W·x_i·∂z/∂x_i. The average and the maximum are homogeneous,
   * and what is combined of them, and GeM where all values are at least eps. Log-sum-exp is not;
   * there the derivatives add up to 1, and r_i = H·W·z·∂z/∂x_i.
   *
   * @param maps the maps that are pooled, [N, C, H, W]
   * @return the contributions, [N, F, H, W]; as an array of floats; for the average the maps
   *     themselves where they are one
   * @throws NullPointerException if maps is null
   * @throws IllegalArgumentException if H·W = 0
   */
  public FeatureMap contributions(FeatureMap maps) {
    LayerArguments.requireInput(maps);
    LayerArguments.requirePixels(maps.shape());
    FeatureMap result = FeatureMap.allocate(Layout.NCHW, maps.shape());
    maps.copyTo(result.array(), 0, Layout.NCHW);
    int n = (int) maps.shape().planeSize();
    for (int plane = 0; plane < maps.shape().planes(); plane++) {
      contribute(result.array(), plane * n, n);
    }
    return result;
  }

  /** Turns the n values of a plane into their contributions. */
  abstract void contribute(float[] x, int start, int n);

  /**
   * How a pooled value answers to its whole plane: Σ_i ∂z_k/∂x_i, for every pooled value. It is 1
   * where adding a constant to the plane adds it to the pooled value: everywhere but in GeM.
   *
   * @param maps the maps that are pooled, [N, C, H, W]
   * @return N·F values
   * @throws NullPointerException if maps is null
   * @throws IllegalArgumentException if H·W = 0
   */
  public double[] gradientSums(FeatureMap maps) {
    LayerArguments.requireInput(maps);
    double[] ones = new double[(int) outputShape(maps.shape()).planes()];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Override
  public String toString() {
    return getClass().getSimpleName();
  }
}
