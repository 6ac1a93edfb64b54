package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  @Test
  void oneValueIsCertainOfItself() {
    assertEquals(new Interval(0.5, 0.5, 0.5), Bootstrap.median(new double[] {0.5}));
  }

  /** The least of three is the median of a draw with probability 7/27, more than 2.5 %. */
  @Test
  void threeValuesGiveTheirRange() {
    assertEquals(new Interval(1, 2, 4), Bootstrap.median(new double[] {4, 1, 2}));
  }

  /**
   * The median of a draw from 1..n is at most k if more than half of its n values are, and their
   * number is binomial: the exact distribution that the bootstrap approaches.
   */
  @Test
  void theIntervalIsThatOfTheExactDistribution() {
    for (int n : new int[] {11, 21, 31}) {
      double[] values = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
      Interval interval = Bootstrap.median(values);
      assertEquals((n + 1) / 2.0, interval.mid());
      assertEquals(exact(n, 0.025), interval.low(), 1);
      assertEquals(exact(n, 0.975), interval.high(), 1);
    }
  }

  private static int exact(int n, double probability) {
    int k = 1;
    while (1 - new BinomialDistribution(n, (double) k / n).cumulativeProbability(n / 2)
        < probability) {
      k++;
    }
    return k;
  }

  @Test
  void aDifferenceIsThatOfTheMedians() {
    Interval same = Bootstrap.difference(new double[] {5}, new double[] {3});
    assertEquals(new Interval(2, 2, 2), same);
    Interval wide = Bootstrap.difference(new double[] {4, 5, 6}, new double[] {1, 2, 3});
    assertEquals(new Interval(1, 3, 5), wide);
  }

  /** 95 % by name; a median of few values keeps it roughly. */
  @Test
  void theIntervalHoldsTheTruthAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(7);
    int held = 0;
    int trials = 300;
    for (int i = 0; i < trials; i++) {
      Interval interval = Bootstrap.median(random.doubles(11, -1, 1).toArray());
      held += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
    }
    assertTrue(held >= 0.9 * trials && held <= 0.99 * trials, held + " of " + trials);
  }

  @Test
  void noiseIsTheWidthOrTheDistance() {
    assertEquals(0.04, new Interval(-0.02, 0, 0.02).noise(), 1e-12);
    assertEquals(0.05, new Interval(0.04, 0.045, 0.05).noise(), 1e-12);
    assertEquals(0.05, new Interval(-0.05, -0.045, -0.04).noise(), 1e-12);
  }
}
