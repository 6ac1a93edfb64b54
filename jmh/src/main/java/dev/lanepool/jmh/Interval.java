package dev.lanepool.jmh;

/**
 * An estimate of the logarithm of a ratio, and the 95 % interval around it.
 *
 * @param low the lower end
 * @param mid the estimate
 * @param high the upper end
 */
public record Interval(double low, double mid, double high) {
  Interval minus(double log) {
    return new Interval(low - log, mid - log, high - log);
  }

  /**
   * Were this a ratio of two equal things: how far noise carries it from 1. The interval's width,
   * or its distance from 0 where that is more.
   */
  double noise() {
    return Math.max(high - low, Math.max(Math.abs(low), Math.abs(high)));
  }

  /** The ratios, such as {@code 1.52 [1.50, 1.55]}. */
  @Override
  public String toString() {
    return Text.ratio(mid) + " [" + Text.ratio(low) + ", " + Text.ratio(high) + "]";
  }
}
