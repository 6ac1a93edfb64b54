package dev.lanepool.kernel;

/** What becomes of a number halfway between two integers. */
public enum Rounding {
  /** The even one, as ONNX has it. */
  HALF_EVEN,

  /** The one farther from zero, as TensorFlow Lite has it. */
  HALF_AWAY_FROM_ZERO;

  /** The nearest integer. */
  double round(double v) {
    double even = Math.rint(v);
    boolean tie = Math.abs(v - even) == 0.5;
    return this == HALF_AWAY_FROM_ZERO && tie ? v + Math.copySign(0.5, v) : even;
  }
}
