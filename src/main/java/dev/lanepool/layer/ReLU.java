package dev.lanepool.layer;

/** The rectifier, max(x, 0), of maps of any shape. NaN stays NaN; −0 becomes +0. */
public final class ReLU extends Elementwise {
  /** A layer without parameters. */
  public ReLU() {}

  @Override
  void apply(float[] y, int start, int count) {
    for (int i = start; i < start + count; i++) {
      y[i] = Math.max(y[i], 0);
    }
  }
}
