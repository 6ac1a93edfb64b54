package dev.lanepool.layer;

/**
 * The logistic function, 1 / (1 + exp(-x)), of maps of any shape. In double with {@link
 * StrictMath#exp}, rounded once; the bits are the same everywhere.
 */
public final class Sigmoid extends Elementwise {
  /** A layer without parameters. */
  public Sigmoid() {}

  @Override
  void apply(float[] y, int start, int count) {
    for (int i = start; i < start + count; i++) {
      y[i] = (float) (1 / (1 + StrictMath.exp(-(double) y[i])));
    }
  }
}
