package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.Reduction;
import java.util.List;

/**
 * The averages and the maxima of all planes, one behind the other: [N, C, H, W] becomes [N, 2·C, 1,
 * 1]. The order is a matter of the weights behind it: averages first in timm ({@code catavgmax}),
 * maxima first in fastai ({@code AdaptiveConcatPool2d}).
 */
public final class CatAvgMaxPool extends GlobalPool {
  static final List<Reduction> AVG_FIRST = List.of(Reduction.MEAN, Reduction.MAX);
  private static final List<Reduction> MAX_FIRST = List.of(Reduction.MAX, Reduction.MEAN);
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
    kernels.statistics(avgFirst ? AVG_FIRST : MAX_FIRST, input, y, yOffset, null, 0);
  }

  /** The maps themselves and the contributions of {@link GlobalMaxPool}, in the layer's order. */
  @Override
  public FeatureMap contributions(FeatureMap maps) {
    LayerArguments.requireInput(maps);
    LayerArguments.requirePixels(maps.shape());
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
