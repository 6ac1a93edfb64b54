package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Exact arithmetic to hold sums against. The contract: a result is the exact value, off by at most
 * n·2^-53 of the sum (or mean) of magnitudes, rounded once to float. Every value passes through at
 * most n roundings to double, so the bound grows by (1 + 2^-53)^n, which the slack covers.
 */
final class Exact {
  private static final BigDecimal UNIT =
      new BigDecimal(0x1p-53).multiply(new BigDecimal(1 + 0x1p-20));
  private static final MathContext DIGITS = new MathContext(250);

  private BigDecimal sum = BigDecimal.ZERO;
  private BigDecimal magnitudes = BigDecimal.ZERO;
  private int terms;

  static Exact ofPlane(float[] nchw, int start, int n) {
    Exact exact = new Exact();
    for (int i = start; i < start + n; i++) {
      exact.add(new BigDecimal(nchw[i]));
    }
    return exact;
  }

  void add(BigDecimal term) {
    sum = sum.add(term);
    magnitudes = magnitudes.add(term.abs());
    terms++;
  }

  void assertSum(float actual, String what) {
    assertRounded(actual, BigDecimal.ONE, what);
  }

  void assertMean(float actual, String what) {
    assertRounded(actual, BigDecimal.valueOf(terms), what);
  }

  private void assertRounded(float actual, BigDecimal divisor, String what) {
    BigDecimal exact = sum.divide(divisor, DIGITS);
    BigDecimal bound =
        magnitudes.divide(divisor, DIGITS).multiply(UNIT).multiply(BigDecimal.valueOf(terms));
    // Rounding is monotone: what lies between two roundings is the rounding of something between.
    float lowest = exact.subtract(bound).floatValue();
    float highest = exact.add(bound).floatValue();
    assertTrue(
        lowest <= actual && actual <= highest,
        () -> what + ": " + actual + " is not in [" + lowest + ", " + highest + "]");
  }
}
