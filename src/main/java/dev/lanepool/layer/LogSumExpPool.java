package dev.lanepool.layer;

import dev.lanepool.kernel.Reduction;

/**
 * Log-sum-exp pooling, z_k = log(mean of exp(r·x)) / r: [N, C, H, W] becomes [N, C, 1, 1] (P.
 * Pinheiro, R. Collobert, "From Image-level to Pixel-level Labeling with Convolutional Networks",
 * 2015). It lies between the average, for small r, and the maximum, for large r.
 */
public final class LogSumExpPool extends GlobalPool {
  static final double DEFAULT_R = 1;

  private final double r;

  /** A layer with r = 1. */
  public LogSumExpPool() {
    this(DEFAULT_R);
  }

  /**
   * A layer.
   *
   * @param r how sharp, above 0
   * @throws IllegalArgumentException if r is not a finite number above 0
   */
  public LogSumExpPool(double r) {
    super(Reduction.logSumExp(LayerArguments.requirePositive("r", r)));
    this.r = r;
  }

  /** Each pixel's share of Σ exp(r·x), which is its derivative, times H·W·z. */
  @Override
  void contribute(float[] x, int start, int n) {
    double max = x[GlobalMaxPool.argMax(x, start, n)];
    double mean = meanExp(x, start, n, max);
    double z = max + StrictMath.log(mean) / r;
    for (int i = start; i < start + n; i++) {
      x[i] = (float) (z * StrictMath.exp(r * (x[i] - max)) / mean);
    }
  }

  private double meanExp(float[] x, int start, int n, double max) {
    double sum = 0;
    for (int i = start; i < start + n; i++) {
      sum += StrictMath.exp(r * (x[i] - max));
    }
    return sum / n;
  }

  @Override
  public String toString() {
    return "LogSumExpPool(r=" + r + ")";
  }
}
