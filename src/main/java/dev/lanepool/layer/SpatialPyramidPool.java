package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Kernels;
import java.util.Arrays;
import java.util.Objects;

/**
 * Spatial pyramid pooling: every plane is pooled adaptively to level × level values for each level,
 * and all are concatenated, so that [N, C, H, W] of any size becomes [N, C·Σ level², 1, 1] (K. He,
 * X. Zhang, S. Ren, J. Sun, "Spatial Pyramid Pooling in Deep Convolutional Networks for Visual
 * Recognition", 2014). The order is level by level as given, each as a [C, level, level] map,
 * whatever the layout, so that the weights behind it mean the same for both.
 */
public final class SpatialPyramidPool implements Layer {
  private final boolean max;
  private final int[] levels;
  private final Bins[] bins;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  private SpatialPyramidPool(boolean max, int... levels) {
    Objects.requireNonNull(levels, "levels is null; at least one level was needed");
    if (levels.length == 0) {
      throw new IllegalArgumentException("levels is empty; at least one level was needed");
    }
    this.max = max;
    this.levels = levels.clone();
    for (int i = 0; i < levels.length; i++) {
      // The largest square that fits an int.
      if (levels[i] < 1 || levels[i] > 46_340) {
        throw new IllegalArgumentException(
            "levels[" + i + "] is " + levels[i] + "; 1 to 46340 was needed");
      }
    }
    bins = Arrays.stream(levels).mapToObj(level -> Bins.of(level, level)).toArray(Bins[]::new);
  }

  /**
   * A pyramid of maxima, as in the paper.
   *
   * @param levels windows along either axis, such as 6, 3, 2, 1
   * @return the layer
   * @throws NullPointerException if levels is null
   * @throws IllegalArgumentException if there is no level, or if one is not 1 to 46340
   */
  public static SpatialPyramidPool max(int... levels) {
    return new SpatialPyramidPool(true, levels);
  }

  /**
   * A pyramid of means.
   *
   * @param levels windows along either axis, such as 1, 2, 3, 6
   * @return the layer
   * @throws NullPointerException if levels is null
   * @throws IllegalArgumentException if there is no level, or if one is not 1 to 46340
   */
  public static SpatialPyramidPool average(int... levels) {
    return new SpatialPyramidPool(false, levels);
  }

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    return new FeatureShape(input == null ? 0 : input.n(), features(input), 1, 1);
  }

  @Override
  public long parameterCount() {
    return 0;
  }

  private int features(FeatureShape input) {
    AdaptivePool.requirePlanes(input);
    long cells = 0;
    for (int level : levels) {
      cells += (long) level * level;
    }
    if (input.c() > 0 && cells > Integer.MAX_VALUE / input.c()) {
      throw new IllegalArgumentException(
          "input has "
              + input.c()
              + " channels, and a pyramid has "
              + cells
              + " values each; at most "
              + Integer.MAX_VALUE
              + " features can be formed");
    }
    return (int) (cells * input.c());
  }

  @Override
  public void forward(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    int features = features(input.shape());
    LayerArguments.requireOutput(input, output, input.shape().n(), features, 1, 1);
    Scratch s = scratch.get();
    s.fit(input.shape(), input.layout() == Layout.NHWC ? features : 0);
    FeatureMap x = LayerScratch.onHeap(input);
    int size = (int) s.sample.elements();
    for (int n = 0; n < input.shape().n(); n++) {
      int to = output.offset() + n * features;
      for (Bins level : bins) {
        pool(level, x, x.offset() + n * size, output.array(), to, s);
        to += (int) level.outputs() * s.sample.c();
      }
    }
  }

  private void pool(Bins level, FeatureMap input, int from, float[] y, int to, Scratch s) {
    float[] x = input.array();
    if (input.layout() == Layout.NCHW) {
      pool(level, x, from, Layout.NCHW, s.sample, y, to);
      return;
    }
    pool(level, x, from, Layout.NHWC, s.sample, s.pixels, 0);
    int channels = s.sample.c();
    int cells = (int) level.outputs();
    for (int c = 0; c < channels; c++) {
      for (int cell = 0; cell < cells; cell++) {
        y[to + c * cells + cell] = s.pixels[cell * channels + c];
      }
    }
  }

  private void pool(
      Bins level, float[] x, int from, Layout layout, FeatureShape shape, float[] y, int to) {
    KernelSet kernels = Kernels.best();
    if (max) {
      kernels.adaptiveMax(x, from, layout, shape, level, y, to, null, 0);
    } else {
      kernels.adaptiveMean(x, from, layout, shape, level, y, to);
    }
  }

  /** What is kept per thread for the last input shape, so that nothing is allocated once warm. */
  private static final class Scratch {
    private FeatureShape input;
    private FeatureShape sample;

    /** A level of one sample in NHWC. */
    private float[] pixels = new float[0];

    void fit(FeatureShape shape, int size) {
      if (!shape.equals(input)) {
        input = shape;
        sample = new FeatureShape(1, shape.c(), shape.h(), shape.w());
      }
      if (pixels.length < size) {
        pixels = new float[size];
      }
    }
  }

  @Override
  public String toString() {
    return "SpatialPyramidPool(" + (max ? "max, " : "average, ") + Arrays.toString(levels) + ")";
  }
}
