package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Reduction;

/**
 * The averages and the maxima of all planes, one behind the other: [N, C, H, W] becomes [N, 2·C, 1,
 * 1]. The order is a matter of the weights behind it: averages first in timm ({@code catavgmax}),
 * maxima first in fastai ({@code AdaptiveConcatPool2d}).
 */
public final class CatAvgMaxPool extends GlobalPool {
  private static final GlobalPool MAX = new GlobalMaxPool();

  private final boolean avgFirst;

  private CatAvgMaxPool(boolean avgFirst) {
    super(null);
    this.avgFirst = avgFirst;
  }

  /**
   * C averages, then C maxima.
   *
   * @return the layer
   */
  public static CatAvgMaxPool avgFirst() {
    return new CatAvgMaxPool(true);
  }

  /**
   * C maxima, then C averages.
   *
   * @return the layer
   */
  public static CatAvgMaxPool maxFirst() {
    return new CatAvgMaxPool(false);
  }

  @Override
  public int outputChannels(int channels) {
    return Math.multiplyExact(2, channels);
  }

  @Override
  void pool(KernelSet kernels, FeatureMap input, float[] y, int yOffset) {
    FeatureShape shape = input.shape();
    int planes = (int) shape.planes();
    float[] both = LayerScratch.floats(2 * planes);
    int mean = avgFirst ? 0 : planes;
    int max = planes - mean;
    if (input.hasArray()) {
      kernels.meanMax(input.array(), input.offset(), input.layout(), shape, both, mean, both, max);
    } else {
      kernels.reduce(Reduction.MEAN, input, both, mean);
      kernels.reduce(Reduction.MAX, input, both, max);
    }
    for (int n = 0; n < shape.n(); n++) {
      int to = yOffset + 2 * n * shape.c();
      System.arraycopy(both, n * shape.c(), y, to, shape.c());
      System.arraycopy(both, planes + n * shape.c(), y, to + shape.c(), shape.c());
    }
  }

  /** The maps themselves and the contributions of {@link GlobalMaxPool}, in the layer's order. */
  @Override
  public FeatureMap contributions(FeatureMap maps) {
    LayerArguments.requireInput(maps);
    outputShape(maps.shape());
    FeatureShape shape = maps.shape();
    FeatureShape twice =
        new FeatureShape(shape.n(), outputChannels(shape.c()), shape.h(), shape.w());
    FeatureMap result = FeatureMap.allocate(Layout.NCHW, twice);
    for (int n = 0; n < shape.n(); n++) {
      FeatureMap sample = maps.sample(n);
      int first = result.sample(n).offset();
      int second = first + (int) sample.shape().elements();
      sample.copyTo(result.array(), avgFirst ? first : second, Layout.NCHW);
      MAX.contributions(sample).copyTo(result.array(), avgFirst ? second : first, Layout.NCHW);
    }
    return result;
  }

  @Override
  void contribute(float[] x, int start, int n) {}

  @Override
  public String toString() {
    return avgFirst ? "CatAvgMaxPool(avg, max)" : "CatAvgMaxPool(max, avg)";
  }
}
