package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Reduction;

/**
 * Generalised-mean pooling, z_k = (mean of max(x, eps)^p)^(1/p): [N, C, H, W] becomes [N, C, 1, 1]
 * (F. Radenović, G. Tolias, O. Chum, "Fine-tuning CNN Image Retrieval with No Human Annotation",
 * 2018). With p = 1 it is the average of what is above eps, and it nears the maximum as p grows.
 */
public final class GeMPool extends GlobalPool {
  static final double DEFAULT_P = 3;
  static final double DEFAULT_EPS = 1e-6;

  private final double p;
  private final double eps;

  /** A layer with p = 3 and eps = 1e-6. */
  public GeMPool() {
    this(DEFAULT_P, DEFAULT_EPS);
  }

  /**
   * A layer.
   *
   * @param p the power, above 0
   * @param eps what smaller values count as, above 0
   * @throws IllegalArgumentException if one is not a finite number above 0
   */
  public GeMPool(double p, double eps) {
    super(
        Reduction.gem(
            LayerArguments.requirePositive("p", p), LayerArguments.requirePositive("eps", eps)));
    this.p = p;
    this.eps = eps;
  }

  /** Each pixel's share of Σ max(x, eps)^p, times H·W·z. */
  @Override
  void contribute(float[] x, int start, int n) {
    double max = clamp(x[GlobalMaxPool.argMax(x, start, n)]);
    double mean = meanPower(x, start, n, max, p);
    double z = max * StrictMath.pow(mean, 1 / p);
    for (int i = start; i < start + n; i++) {
      x[i] = (float) (z * power(x[i], max, p) / mean);
    }
  }

  /** Σ_i ∂z/∂x_i = mean(x^(p-1)) / z^(p-1), where values below eps count as no change. */
  @Override
  public double[] gradientSums(FeatureMap maps) {
    double[] sums = super.gradientSums(maps);
    int n = (int) maps.shape().planeSize();
    float[] x = new float[sums.length * n];
    maps.copyTo(x, 0, Layout.NCHW);
    for (int plane = 0; plane < sums.length; plane++) {
      sums[plane] = gradientSum(x, plane * n, n);
    }
    return sums;
  }

  private double gradientSum(float[] x, int start, int n) {
    double max = clamp(x[GlobalMaxPool.argMax(x, start, n)]);
    double sum = 0;
    for (int i = start; i < start + n; i++) {
      sum += x[i] < eps ? 0 : power(x[i], max, p - 1);
    }
    return sum / n / StrictMath.pow(meanPower(x, start, n, max, p), (p - 1) / p);
  }

  private double meanPower(float[] x, int start, int n, double max, double power) {
    double sum = 0;
    for (int i = start; i < start + n; i++) {
      sum += power(x[i], max, power);
    }
    return sum / n;
  }

  /** As a fraction of the largest value, so that no power is beyond a double. */
  private double power(float value, double max, double power) {
    return StrictMath.pow(clamp(value) / max, power);
  }

  private double clamp(double value) {
    return Math.max(value, eps);
  }

  @Override
  public String toString() {
    return "GeMPool(p=" + p + ", eps=" + eps + ")";
  }
}
