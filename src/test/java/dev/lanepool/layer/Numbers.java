package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;

/** Data and oracles that the tests of layers, heads and class activation maps share. */
public final class Numbers {
  private static final BigDecimal HALF_ULP = new BigDecimal(0x1p-24);

  private Numbers() {}

  /** Signed values of many magnitudes, 2^-8 to 2^8. */
  public static float[] values(long seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Math.scalb(2 * random.nextFloat() - 1, random.nextInt(17) - 8);
    }
    return values;
  }

  /** Whole numbers from -bound to bound: sums and products of few of them are exact. */
  public static float[] integers(long seed, int count, int bound) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(2 * bound + 1) - bound;
    }
    return values;
  }

  /**
   * Values given in the order of NCHW as a map in a layout, somewhere in an array of NaN, so that
   * what is read from outside the map shows in the result.
   */
  public static FeatureMap map(float[] nchw, Layout layout, int offset, FeatureShape shape) {
    float[] array = new float[offset + nchw.length + 5];
    Arrays.fill(array, Float.NaN);
    int i = 0;
    for (int n = 0; n < shape.n(); n++) {
      for (int c = 0; c < shape.c(); c++) {
        for (int h = 0; h < shape.h(); h++) {
          for (int w = 0; w < shape.w(); w++) {
            int at =
                layout == Layout.NCHW
                    ? ((n * shape.c() + c) * shape.h() + h) * shape.w() + w
                    : ((n * shape.h() + h) * shape.w() + w) * shape.c() + c;
            array[offset + at] = nchw[i++];
          }
        }
      }
    }
    return FeatureMap.of(array, offset, layout, shape);
  }

  /** Vectors as a map [n, c, 1, 1]. */
  public static FeatureMap vectors(int n, float... values) {
    return FeatureMap.of(values, Layout.NCHW, new FeatureShape(n, values.length / n, 1, 1));
  }

  /** A dense layer of such values. */
  public static Dense dense(long seed, int inputs, int outputs) {
    return new Dense(values(seed, inputs * outputs), values(~seed, outputs));
  }

  /** A normalisation with such parameters. */
  public static LayerNorm layerNorm(long seed, int channels) {
    return new LayerNorm(values(seed, channels), values(~seed, channels), 1e-6);
  }

  /** What a map holds, as one array. */
  public static float[] contents(FeatureMap map) {
    int elements = (int) map.shape().elements();
    return Arrays.copyOfRange(map.array(), map.offset(), map.offset() + elements);
  }

  /** Equal to the bit: 0 is not -0, NaN is NaN. */
  public static void assertBits(float[] expected, float[] actual, String what) {
    assertEquals(expected.length, actual.length, what + ": number of values");
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
        assertEquals(expected[i], actual[i], what + ": value " + i);
      }
    }
  }

  /**
   * Asserts that a value is x·w + bias within what the contract allows: one rounding to float, and
   * n + 1 roundings of partial sums in double, each at most 2^-53 of the sum of magnitudes.
   */
  public static void assertDot(float actual, float[] x, float[] w, float bias, String what) {
    BigDecimal exact = new BigDecimal(bias);
    BigDecimal magnitude = exact.abs();
    for (int i = 0; i < x.length; i++) {
      BigDecimal product = new BigDecimal(x[i]).multiply(new BigDecimal(w[i]));
      exact = exact.add(product);
      magnitude = magnitude.add(product.abs());
    }
    BigDecimal sums = magnitude.multiply(new BigDecimal((x.length + 1) * 0x1p-53));
    BigDecimal bound =
        exact.abs().add(sums).multiply(HALF_ULP).add(sums).add(new BigDecimal(Float.MIN_VALUE));
    BigDecimal error = new BigDecimal(actual).subtract(exact).abs();
    assertTrue(
        error.compareTo(bound) <= 0,
        () -> what + " is " + actual + ", off by " + error.doubleValue() + ", bound " + bound);
  }
}
