package dev.lanepool.layer;

/**
 * The sigmoid in three straight lines, x/6 + 1/2 held to 0..1, of maps of any shape (A. Howard et
 * al., "Searching for MobileNetV3", 2019). ONNX's {@code HardSigmoid} is this with alpha = 1/6.
 */
public final class HardSigmoid extends Elementwise {
  /** A layer without parameters. */
  public HardSigmoid() {}

  @Override
  void apply(float[] y, int start, int count) {
    for (int i = start; i < start + count; i++) {
      y[i] = (float) Math.max(0, Math.min(1, (y[i] + 3.0) / 6));
    }
  }
}
