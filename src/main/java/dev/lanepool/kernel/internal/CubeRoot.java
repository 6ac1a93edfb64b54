package dev.lanepool.kernel.internal;

import static dev.lanepool.kernel.internal.Maths.TO_INTEGER;
import static dev.lanepool.kernel.internal.Maths.TO_INTEGER_BITS;

/**
 * Cube roots of doubles in plain arithmetic, the same bits on every machine and backend: off by
 * less than one unit in the last place. An estimate of 1 / ∛x by its exponent, improved twice by
 * the binomial series of (1 - h)^(-1/3), h = 1 - x·r³; then one step of Newton's method for ∛x.
 *
 * <p>The constants are public for the lanes, which take the same steps.
 */
public final class CubeRoot {
  /** What the exponent of a root loses for each of x. */
  public static final double SLOPE = -1.0 / 3;

  /** 4/3 of the bias of an exponent, in units of 2^-20, less what makes the worst error least. */
  public static final double BIAS = 1430186164;

  /** How often the estimate is improved: from 4 bits to 16, then to all. */
  public static final int ITERATIONS = 2;

  /** Coefficient of h in (1 - h)^(-1/3). */
  public static final double H1 = 1.0 / 3;

  /** Of h². */
  public static final double H2 = 2.0 / 9;

  /** Of h³. */
  public static final double H3 = 14.0 / 81;

  /** With halves for y, whose cube may be beyond the doubles, 8 / (3·y²) is the step's factor. */
  public static final double EIGHT_THIRDS = 8.0 / 3;

  /** What is below is near the subnormals, which have fewer bits. */
  public static final double SMALL = 0x1p-1000;

  /** Small values are scaled by this, 2^54, first. */
  public static final double SCALE = 0x1p54;

  /** What that makes of the root. */
  public static final double UNSCALE = 0x1p-18;

  private CubeRoot() {}

  /**
   * The cube root.
   *
   * @param x 0 or more, or NaN
   * @return ∛x: +Infinity of +Infinity, NaN of NaN
   */
  public static double of(double x) {
    boolean small = x < SMALL;
    double scaled = small ? x * SCALE : x;
    double r = estimate(scaled);
    for (int i = 0; i < ITERATIONS; i++) {
      double h = 1 - scaled * r * (r * r);
      r += r * (((h * H3 + H2) * h + H1) * h);
    }
    double y = scaled * r * r;
    double half = y * 0.5;
    double error = half * half * half - scaled * 0.125;
    y -= error * (r * r * EIGHT_THIRDS);
    y = small ? y * UNSCALE : y;
    return x < Double.POSITIVE_INFINITY ? y : x;
  }

  private static double estimate(double x) {
    long high = Double.doubleToRawLongBits(x) >>> 32 | TO_INTEGER_BITS;
    double exponent = Double.longBitsToDouble(high) - TO_INTEGER;
    double d = exponent * SLOPE + BIAS + TO_INTEGER;
    return Double.longBitsToDouble(Double.doubleToRawLongBits(d) << 32);
  }
}
