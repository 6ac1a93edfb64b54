package dev.lanepool.jmh;

import java.util.SplittableRandom;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The percentile bootstrap of a median (B. Efron, "Bootstrap methods: another look at the
 * jackknife", 1979): forks are drawn again with replacement, and the interval is where 95 % of the
 * medians fall. The draws are the same every time, so the same file gets the same verdict.
 */
final class Bootstrap {
  private static final int DRAWS = 4000;
  private static final long SEED = 20260101;
  private static final double LOW_PERCENT = 2.5;
  private static final double HIGH_PERCENT = 97.5;

  private Bootstrap() {}

  /** The median of the values. */
  static Interval median(double[] values) {
    return difference(values, new double[1]);
  }

  /** The median of one set of values less that of another. */
  static Interval difference(double[] values, double[] others) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] differences = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      differences[i] = medianOf(draw(values, random)) - medianOf(draw(others, random));
    }
    return new Interval(
        StatUtils.percentile(differences, LOW_PERCENT),
        medianOf(values) - medianOf(others),
        StatUtils.percentile(differences, HIGH_PERCENT));
  }

  private static double[] draw(double[] values, SplittableRandom random) {
    return random.ints(values.length, 0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  static double medianOf(double... values) {
    return StatUtils.percentile(values, 50);
  }
}
