package dev.lanepool.kernel.internal;

/**
 * Exponentials and logarithms of doubles in plain arithmetic, the same bits on every machine and
 * backend. Off by some units in the last place of a double. Constants and steps are public for the
 * lanes, which take the same.
 */
public final class Maths {
  /** Adding it rounds a double below 2^51 to an integer, which is then in its lowest bits. */
  public static final double TO_INTEGER = 0x1.8p52;

  /** The bits of {@link #TO_INTEGER}. */
  public static final long TO_INTEGER_BITS = 0x4338000000000000L;

  /** The bits of 1. */
  public static final long ONE_BITS = 0x3ff0000000000000L;

  /** Bits of a double's fraction. */
  public static final int FRACTION = 52;

  /** 1 / ln 2. */
  private static final double LOG2_E = 0x1.71547652b82fep0;

  /** ln 2 in so few bits that its product with an exponent is exact. */
  private static final double LN2_HIGH = 0x1.62e42fefap-1;

  /** The rest of ln 2. */
  private static final double LN2_LOW = 0x1.cf79abc9e3b3ap-40;

  /** exp is 0 from here down. */
  private static final double EXP_LEAST = -746;

  /** exp is infinite from here up. */
  private static final double EXP_MOST = 710;

  /** Taylor's coefficients of exp, 1/k!: the first left out is below 2^-57 at ln 2 / 2. */
  private static final double E3 = 1.0 / 6;

  /** 1/4!. */
  private static final double E4 = 1.0 / 24;

  /** 1/5!. */
  private static final double E5 = 1.0 / 120;

  /** 1/6!. */
  private static final double E6 = 1.0 / 720;

  /** 1/7!. */
  private static final double E7 = 1.0 / 5040;

  /** 1/8!. */
  private static final double E8 = 1.0 / 40320;

  /** 1/9!. */
  private static final double E9 = 1.0 / 362880;

  /** 1/10!. */
  private static final double E10 = 1.0 / 3628800;

  /** 1/11!. */
  private static final double E11 = 1.0 / 39916800;

  /** 1/12!. */
  private static final double E12 = 1.0 / 479001600;

  /** 1/13!. */
  private static final double E13 = 1.0 / 6227020800.0;

  /** The bits of sqrt(1/2): a mantissa is taken from there to sqrt(2). */
  public static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;

  /** The bits of a fraction. */
  public static final long FRACTION_MASK = (1L << FRACTION) - 1;

  /** Subnormals are scaled by this, 2^54, first. */
  public static final double SCALE = 0x1p54;

  /** What is added to a double's bits, so that its exponent is that of a mantissa from √½ on. */
  public static final long ABOVE_SQRT_HALF = ONE_BITS - SQRT_HALF_BITS;

  /** The bias of exponents. */
  public static final double BIAS = 1023;

  /** That of what was scaled. */
  public static final double SCALED_BIAS = BIAS + 54;

  private Maths() {}

  /**
   * e^x.
   *
   * @param x any double
   * @return e^x, NaN for NaN
   */
  public static double exp(double x) {
    double y = clamp(x);
    double k = powers(y);
    return scale(expOfRest(rest(y, k)), k);
  }

  // The steps of exp: some are loops over arrays in the vector kernels.

  /**
   * The nearest exponent whose power is not certainly 0 or infinite.
   *
   * @param x any double
   * @return x, or the border that it is beyond
   */
  public static double clamp(double x) {
    return Math.min(Math.max(x, EXP_LEAST), EXP_MOST);
  }

  /**
   * How often ln 2 goes into x.
   *
   * @param x {@link #clamp clamped}
   * @return an integer
   */
  public static double powers(double x) {
    return x * LOG2_E + TO_INTEGER - TO_INTEGER;
  }

  /**
   * What is left of x.
   *
   * @param x {@link #clamp clamped}
   * @param k its {@link #powers}
   * @return x - k·ln 2
   */
  public static double rest(double x, double k) {
    return x - k * LN2_HIGH - k * LN2_LOW;
  }

  /**
   * e^r by Taylor's series.
   *
   * @param r at most ln 2 / 2 from 0
   * @return e^r
   */
  public static double expOfRest(double r) {
    double p = E13 * r + E12;
    p = p * r + E11;
    p = p * r + E10;
    p = p * r + E9;
    p = p * r + E8;
    p = p * r + E7;
    p = p * r + E6;
    p = p * r + E5;
    p = p * r + E4;
    p = p * r + E3;
    p = p * r + 0.5;
    return p * r * r + r + 1;
  }

  /** x·2^k, in two steps, since 2^k may be beyond the doubles where the result is not. */
  private static double scale(double x, double k) {
    double half = k * 0.5 + TO_INTEGER - TO_INTEGER;
    return x * powerOfTwo(half) * powerOfTwo(k - half);
  }

  private static double powerOfTwo(double k) {
    long exponent = Double.doubleToRawLongBits(k + TO_INTEGER) << FRACTION;
    return Double.longBitsToDouble(exponent + ONE_BITS);
  }

  /**
   * The natural logarithm.
   *
   * @param x 0 or more, or NaN
   * @return ln x: -Infinity of 0, NaN of NaN
   */
  public static double log(double x) {
    boolean small = x < Double.MIN_NORMAL;
    long bits = Double.doubleToRawLongBits(small ? x * SCALE : x) + ABOVE_SQRT_HALF;
    double biased = Double.longBitsToDouble((bits >>> FRACTION) + TO_INTEGER_BITS) - TO_INTEGER;
    double exponent = biased - (small ? SCALED_BIAS : BIAS);
    exponent = x < Double.POSITIVE_INFINITY ? exponent : x;
    exponent = x == 0 ? Double.NEGATIVE_INFINITY : exponent;
    double mantissa = Double.longBitsToDouble((bits & FRACTION_MASK) + SQRT_HALF_BITS);
    return logOfParts(mantissa, exponent);
  }

  /**
   * The last step of log.
   *
   * @param mantissa from √½ to √2
   * @param exponent an integer; or infinite or NaN, as the result then is
   * @return ln(mantissa·2^exponent)
   */
  public static double logOfParts(double mantissa, double exponent) {
    double f = mantissa - 1;
    double s = f / (f + 2);
    double z = s * s;
    // 2·artanh(s), its terms s^2k / (2k + 1): the first left out is below 2^-55 at sqrt(2).
    double p = z * (1.0 / 19) + 1.0 / 17;
    p = p * z + 1.0 / 15;
    p = p * z + 1.0 / 13;
    p = p * z + 1.0 / 11;
    p = p * z + 1.0 / 9;
    p = p * z + 1.0 / 7;
    p = p * z + 1.0 / 5;
    p = p * z + 1.0 / 3;
    double twice = s + s;
    return exponent * LN2_HIGH + (twice + (twice * z * p + exponent * LN2_LOW));
  }

  /**
   * x^p as e^(p·ln x), off by some |p·ln x| units in the last place of a double.
   *
   * @param x 0 or more, or NaN
   * @param p more than 0
   * @return x^p
   */
  public static double pow(double x, double p) {
    return exp(p * log(x));
  }
}
