package dev.lanepool.kernel;

import dev.lanepool.kernel.internal.CubeRoot;
import dev.lanepool.kernel.internal.Maths;

/**
 * What becomes of a plane: an operation with its parameters, made once and used for any number of
 * calls. Immutable.
 *
 * <p>Every reduction is described by the same steps, so that a new one needs no new loop: each
 * value is prepared ({@link #base}, and a {@link #logarithm} where there is one); then comes the
 * {@link #center} of the plane; then the sum of the {@link #term} of each value, in double and in
 * the order of all sums; then the {@link #result}.
 *
 * <p>Results are at most one unit in the last place of a float off the exact value.
 */
public final class Reduction {
  /** How a value is prepared. */
  public enum Base {
    /** As it is. */
    VALUE,
    /** Without its sign. */
    MAGNITUDE,
    /** With the other sign. */
    NEGATIVE,
    /** The {@link Reduction#floor}, if the value is below. */
    FLOORED
  }

  /** What is known of the plane before its terms are summed. */
  public enum Center {
    /** Nothing. */
    NONE,
    /** The mean of the prepared values. */
    MEAN,
    /** Their maximum, in the order of {@link Double#compare}: NaN wins, +0 is above -0. */
    MAX
  }

  /** What a prepared value v adds to the sum. */
  public enum Term {
    /** There is no sum. */
    NONE,
    /** v. */
    VALUE,
    /** v². */
    SQUARE,
    /** v³. */
    CUBE,
    /** (v - center)². */
    DEVIATION,
    /** e^(rate·(v - center)). */
    EXPONENTIAL;

    /**
     * The term.
     *
     * @param v a prepared value
     * @param center of the plane
     * @param rate the factor in {@link #EXPONENTIAL}
     * @return what is added to the sum
     */
    public double of(double v, double center, double rate) {
      return switch (this) {
        case NONE -> 0;
        case VALUE -> v;
        case SQUARE -> v * v;
        case CUBE -> v * v * v;
        case DEVIATION -> (v - center) * (v - center);
        case EXPONENTIAL -> Maths.exp(rate * (v - center));
      };
    }
  }

  /** The last step. */
  private interface Result {
    double of(double sum, double n, double center);

    /** What the sum is divided by first, where that is not part of another step. */
    default double divisor(double n) {
      return 1;
    }
  }

  /** A root of the sum or, divided by n less the correction, of the mean; 1 is the value itself. */
  private record Root(int degree, boolean mean, int correction) implements Result {
    private static final Root SUM = new Root(1, false, 0);
    private static final Root MEAN = new Root(1, true, 0);

    @Override
    public double divisor(double n) {
      return mean ? n - correction : 1;
    }

    @Override
    public double of(double sum, double n, double center) {
      double x = sum / divisor(n);
      return degree == 1 ? x : degree == 2 ? Math.sqrt(x) : CubeRoot.of(x);
    }
  }

  /** The center and, over the rate, the logarithm of the sum or the mean; or that power of e. */
  private record Logarithm(double rate, boolean mean, boolean power) implements Result {
    @Override
    public double divisor(double n) {
      return mean ? n : 1;
    }

    @Override
    public double of(double sum, double n, double center) {
      boolean finite = Double.isFinite(center);
      double x = finite ? center + Maths.log(sum / divisor(n)) / rate : center;
      return power ? Maths.exp(x) : x;
    }
  }

  /** Half the sum of mean and center. */
  private record Midpoint() implements Result {
    @Override
    public double divisor(double n) {
      return 2 * n;
    }

    @Override
    public double of(double sum, double n, double center) {
      return sum / divisor(n) + 0.5 * center;
    }
  }

  /** The derivative of the result by a base value v, where the terms are differentiable. */
  private interface Slope {
    double of(double v, double y, double center, double n);
  }

  private static final Slope NONE = (v, y, mean, n) -> 0;

  /** The mean: global average pooling. */
  public static final Reduction MEAN =
      sum("MEAN", Base.VALUE, Term.VALUE, Root.MEAN, (v, y, mean, n) -> 1 / n);

  /** The sum. */
  public static final Reduction SUM =
      sum("SUM", Base.VALUE, Term.VALUE, Root.SUM, (v, y, mean, n) -> 1);

  /** The maximum: global max pooling. */
  public static final Reduction MAX = maximum("MAX", Base.VALUE, 0, 1);

  /** The minimum; NaN wins here, too. */
  public static final Reduction MIN = maximum("MIN", Base.NEGATIVE, 0, -1);

  /** The sum of magnitudes (ONNX {@code ReduceL1}). */
  public static final Reduction L1 =
      sum("L1", Base.MAGNITUDE, Term.VALUE, Root.SUM, (v, y, mean, n) -> 1);

  /** The root of the sum of squares (ONNX {@code ReduceL2}). */
  public static final Reduction L2 =
      sum(
          "L2",
          Base.VALUE,
          Term.SQUARE,
          new Root(2, false, 0),
          (v, y, mean, n) -> y == 0 ? 0 : v / y);

  /** The mean of squares. */
  public static final Reduction MEAN_SQUARES =
      sum("MEAN_SQUARES", Base.VALUE, Term.SQUARE, Root.MEAN, (v, y, mean, n) -> 2 * v / n);

  /** Half the sum of mean and maximum (timm's {@code avgmax}). */
  public static final Reduction MEAN_MAX_AVERAGE =
      new Reduction(
          "MEAN_MAX_AVERAGE",
          Base.VALUE,
          0,
          false,
          Center.MAX,
          Term.VALUE,
          0,
          0,
          new Midpoint(),
          (v, y, mean, n) -> 0.5 / n,
          0.5);

  private final String name;
  private final Base base;
  private final double floor;
  private final boolean logarithm;
  private final Center center;
  private final Term term;
  private final double rate;
  private final int correction;
  private final Result result;
  private final Slope slope;
  private final double peak;

  private Reduction(
      String name,
      Base base,
      double floor,
      boolean logarithm,
      Center center,
      Term term,
      double rate,
      int correction,
      Result result,
      Slope slope,
      double peak) {
    this.name = name;
    this.base = base;
    this.floor = floor;
    this.logarithm = logarithm;
    this.center = center;
    this.term = term;
    this.rate = rate;
    this.correction = correction;
    this.result = result;
    this.slope = slope;
    this.peak = peak;
  }

  private static Reduction sum(String name, Base base, Term term, Result result, Slope slope) {
    return new Reduction(name, base, 0, false, Center.NONE, term, 0, 0, result, slope, 0);
  }

  private static Reduction maximum(String name, Base base, double floor, double factor) {
    Result last = (s, n, c) -> factor * c;
    return new Reduction(name, base, floor, false, Center.MAX, Term.NONE, 0, 0, last, NONE, factor);
  }

  /**
   * The Lp norm, (Σ|x|^p)^(1/p) (ONNX {@code GlobalLpPool}). Nothing is divided by n. For p = 1, 2
   * and 3 values are multiplied only; p = +Infinity is the largest magnitude.
   *
   * @param p more than 0
   * @return the reduction
   * @throws IllegalArgumentException if p is not more than 0
   */
  public static Reduction lpNorm(double p) {
    return power("lpNorm(" + p + ")", Base.MAGNITUDE, 0, p, false);
  }

  /**
   * The power mean, (Σ|x|^p / n)^(1/p): as {@link #lpNorm}, with the mean for the sum.
   *
   * @param p more than 0
   * @return the reduction
   * @throws IllegalArgumentException if p is not more than 0
   */
  public static Reduction powerMean(double p) {
    return power("powerMean(" + p + ")", Base.MAGNITUDE, 0, p, true);
  }

  /**
   * Generalised-mean pooling with its usual p = 3 and eps = 1e-6.
   *
   * @return the reduction
   */
  public static Reduction gem() {
    return gem(3, 1e-6);
  }

  /**
   * Generalised-mean pooling, (Σmax(x, eps)^p / n)^(1/p) (F. Radenović, G. Tolias, O. Chum,
   * "Fine-tuning CNN Image Retrieval with No Human Annotation", 2018).
   *
   * @param p more than 0; 1, 2 and 3 are fastest, +Infinity is the maximum
   * @param eps what lower values count as, 0 or more, finite
   * @return the reduction
   * @throws IllegalArgumentException if p or eps is out of its range
   */
  public static Reduction gem(double p, double eps) {
    if (!(eps >= 0 && eps < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("eps is " + eps + "; 0 or more, finite, was needed");
    }
    return power("gem(" + p + ", " + eps + ")", Base.FLOORED, eps, p, true);
  }

  /**
   * Log-sum-exp pooling, m + ln(Σe^(r·(x - m)) / n) / r with m = max(x) (P. O. Pinheiro, R.
   * Collobert, "From Image-level to Pixel-level Labeling with Convolutional Networks", 2015): near
   * the mean for small r, near the maximum for large r.
   *
   * @param r more than 0, finite
   * @return the reduction
   * @throws IllegalArgumentException if r is out of its range
   */
  public static Reduction logSumExp(double r) {
    if (!(r > 0 && r < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("r is " + r + "; more than 0, finite, was needed");
    }
    Result last = new Logarithm(r, true, false);
    String name = "logSumExp(" + r + ")";
    Slope slope = (v, y, total, n) -> Maths.exp(r * (v - y)) / total;
    return new Reduction(
        name, Base.VALUE, 0, false, Center.MAX, Term.EXPONENTIAL, r, 0, last, slope, 0);
  }

  /**
   * The variance, Σ(x - mean)² / (n - correction): correction 0 for all there is, 1 for a sample.
   *
   * @param correction 0 or more; planes need more values than that
   * @return the reduction
   * @throws IllegalArgumentException if the correction is negative
   */
  public static Reduction variance(int correction) {
    if (correction < 0) {
      throw new IllegalArgumentException("correction is " + correction + "; 0 or more was needed");
    }
    String name = "variance(" + correction + ")";
    Root last = new Root(1, true, correction);
    Slope slope = (v, y, mean, n) -> 2 * (v - mean) / (n - correction);
    return new Reduction(
        name, Base.VALUE, 0, false, Center.MEAN, Term.DEVIATION, 0, correction, last, slope, 0);
  }

  private static Reduction power(String name, Base base, double floor, double p, boolean mean) {
    if (!(p > 0)) {
      throw new IllegalArgumentException("p is " + p + "; more than 0 was needed");
    }
    if (p == Double.POSITIVE_INFINITY) {
      return maximum(name, base, floor, 1);
    }
    Slope slope = (v, y, m, n) -> powerSlope(v, y, p) / (mean ? n : 1);
    if (p == 1 || p == 2 || p == 3) {
      Term term = p == 1 ? Term.VALUE : p == 2 ? Term.SQUARE : Term.CUBE;
      Root last = new Root((int) p, mean, 0);
      return new Reduction(name, base, floor, false, Center.NONE, term, 0, 0, last, slope, 0);
    }
    // e^(p·(ln v - m)) with m = max(ln v): no power of a value can leave the doubles.
    Result last = new Logarithm(p, mean, true);
    return new Reduction(
        name, base, floor, true, Center.MAX, Term.EXPONENTIAL, p, 0, last, slope, 0);
  }

  /** (v / y)^(p - 1); 0 at 0, where a norm has no slope of its own, unless p = 1. */
  private static double powerSlope(double v, double y, double p) {
    double q = v / y;
    return p == 1 ? 1 : v == 0 ? 0 : p == 2 ? q : p == 3 ? q * q : Maths.pow(q, p - 1);
  }

  /**
   * How values are prepared.
   *
   * @return the first step
   */
  public Base base() {
    return base;
  }

  /**
   * What lower values count as, where the base is {@link Base#FLOORED}.
   *
   * @return 0 or more
   */
  public double floor() {
    return floor;
  }

  /**
   * Whether the logarithm of the base is what center and term take.
   *
   * @return true for powers that are not products
   */
  public boolean logarithm() {
    return logarithm;
  }

  /**
   * What is found out about the plane before the terms are summed.
   *
   * @return the second step
   */
  public Center center() {
    return center;
  }

  /**
   * What is summed.
   *
   * @return the third step
   */
  public Term term() {
    return term;
  }

  /**
   * The factor in {@link Term#EXPONENTIAL}.
   *
   * @return more than 0; 0 for other terms
   */
  public double rate() {
    return rate;
  }

  /**
   * How many values a plane must have more than.
   *
   * @return 0, or the correction of a variance
   */
  public int correction() {
    return correction;
  }

  /**
   * Whether the result is a value of the plane, so that it has an index.
   *
   * @return true for {@link #MAX} and {@link #MIN}
   */
  public boolean indexed() {
    return this == MAX || this == MIN;
  }

  /**
   * The last step.
   *
   * @param sum of the terms; 0 if there are none
   * @param n values of the plane; the sum of their weights where they have such
   * @param center of the plane; 0 if there is none
   * @return what the plane becomes, before it is rounded to the type of the results
   */
  public double result(double sum, double n, double center) {
    return result.of(sum, n, center);
  }

  /**
   * Which root the last step takes of the sum over the {@link #divisor}.
   *
   * @return 1, 2 or 3; 0 where the last step is another
   */
  public int root() {
    return result instanceof Root root ? root.degree() : 0;
  }

  /**
   * What the last step divides the sum by.
   *
   * @param n values of the plane; the sum of their weights where they have such
   * @return n less the correction for means, 1 for sums, 2·n for {@link #MEAN_MAX_AVERAGE}
   */
  public double divisor(double n) {
    return result.divisor(n);
  }

  /**
   * A value as the first step prepares it, before any logarithm.
   *
   * @param x a value of the plane
   * @return what the terms and the maximum are formed of
   */
  public double prepared(double x) {
    return switch (base) {
      case VALUE -> x;
      case MAGNITUDE -> Math.abs(x);
      case NEGATIVE -> -x;
      case FLOORED -> Math.max(x, floor);
    };
  }

  /**
   * The derivative of the result by a value x of a plane, but for what it owes to the maximum.
   *
   * @param y the result
   * @param center the mean, where that is the {@link #center}; where the slopes are shares of 1,
   *     their total with a center of 1
   * @param n values of the plane; the sum of their weights where they have such
   */
  double slope(double x, double y, double center, double n) {
    double inner = innerSlope(x);
    return inner == 0 ? 0 : inner * slope.of(prepared(x), y, center, n);
  }

  /** Whether slopes add up to 1, so that they need not depend on how exact the result is. */
  boolean shares() {
    return term == Term.EXPONENTIAL && !logarithm;
  }

  /**
   * The derivative of the result by a value that is the maximum of the prepared values, but for
   * what the sum of the terms owes to it.
   *
   * @param x the value
   * @return 0 where the result has no {@link #hasPeak peak}
   */
  public double peak(double x) {
    return peak * innerSlope(x);
  }

  private double innerSlope(double x) {
    return switch (base) {
      case VALUE -> 1;
      case MAGNITUDE -> x == 0 ? 0 : Math.copySign(1, x);
      case NEGATIVE -> -1;
      case FLOORED -> x < floor ? 0 : 1;
    };
  }

  /** Whether all values of a plane have the same {@link #slope}. */
  boolean isFlat() {
    return base == Base.VALUE && term == Term.VALUE;
  }

  /**
   * Whether the result owes something to where the maximum stands, not only to terms.
   *
   * @return true for maxima, minima and {@link #MEAN_MAX_AVERAGE}
   */
  public boolean hasPeak() {
    return peak != 0;
  }

  /**
   * Whether a plane may come in pieces: nothing must be known of it before the terms are summed.
   */
  boolean accumulates() {
    return term != Term.DEVIATION && term != Term.EXPONENTIAL;
  }

  /** The plain sum of this reduction's terms; null if it has none. */
  Reduction terms() {
    return term == Term.NONE
        ? null
        : new Reduction(name, base, floor, false, Center.NONE, term, rate, 0, Root.SUM, NONE, 0);
  }

  /** The plain maximum of the prepared values. */
  Reduction maximum() {
    return maximum(name, base, floor, 1);
  }

  /** As it was made, such as {@code MEAN} or {@code gem(3.0, 1.0E-6)}. */
  @Override
  public String toString() {
    return name;
  }
}
