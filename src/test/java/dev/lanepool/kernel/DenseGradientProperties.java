package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Gradients of dense layers: the backends against each other, the truth, and the layer itself. */
class DenseGradientProperties {
  @Property(tries = 400)
  void backendsAgreeAtEveryPlace(
      @ForAll("sizes") int rows,
      @ForAll("sizes") int inputs,
      @ForAll @IntRange(min = 1, max = 20) int outputs,
      @ForAll Values values,
      @ForAll long seed) {
    checkBits(rows, inputs, outputs, values, seed);
    checkBits(outputs, inputs, rows, values, seed);
  }

  @Property(tries = 10)
  void backendsAgreeAroundBlocks(
      @ForAll("blocks") int terms,
      @ForAll @IntRange(min = 1, max = 19) int inputs,
      @ForAll Values values,
      @ForAll long seed) {
    checkBits(terms, inputs, 2, values, seed);
    checkBits(2, inputs, terms, values, seed);
  }

  private static void checkBits(int rows, int inputs, int outputs, Values values, long seed) {
    Random random = new Random(seed);
    int before = random.nextInt(20);
    // Half of the time the arrays end where the values do, so nothing behind them can be read.
    int after = random.nextBoolean() ? 0 : random.nextInt(40);
    float[] gy = Maps.surrounded(values.array(random, rows * outputs), before, after, random);
    float[] x = Maps.surrounded(values.array(random, rows * inputs), after, before, random);
    float[] w = Maps.surrounded(values.array(random, outputs * inputs), before, after, random);
    int[][] expected = null;
    for (KernelSet k : Maps.backends()) {
      float[] gx = Maps.guarded(after, rows * inputs, before);
      float[] gw = Maps.guarded(before, outputs * inputs, after);
      float[] gb = Maps.guarded(after, outputs, before);
      k.denseInputGradient(gy, before, rows, outputs, w, before, inputs, gx, after);
      k.denseWeightGradient(gy, before, rows, outputs, x, after, inputs, gw, before, gb, after);
      int[][] bits = {
        Maps.bits(gx, after, rows * inputs),
        Maps.bits(gw, before, outputs * inputs),
        Maps.bits(gb, after, outputs)
      };
      expected = expected == null ? bits : expected;
      assertArrayEquals(expected, bits, rows + " × " + inputs + " to " + outputs);
    }
  }

  @Property(tries = 100)
  void gradientsAreTheRoundedExactOnes(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 7) int inputs,
      @ForAll @IntRange(min = 1, max = 40) int outputs,
      @ForAll("finite") Values values,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] gy = values.array(random, rows * outputs);
    float[] x = values.array(random, rows * inputs);
    float[] w = values.array(random, outputs * inputs);
    for (KernelSet k : Maps.backends()) {
      float[] gx = new float[rows * inputs];
      float[] gw = new float[outputs * inputs];
      float[] gb = new float[outputs];
      k.denseInputGradient(gy, 0, rows, outputs, w, 0, inputs, gx, 0);
      k.denseWeightGradient(gy, 0, rows, outputs, x, 0, inputs, gw, 0, gb, 0);
      for (int i = 0; i < inputs; i++) {
        for (int r = 0; r < rows; r++) {
          exact(gy, r * outputs, 1, w, i, inputs, outputs).assertSum(gx[r * inputs + i], "gx");
        }
        for (int o = 0; o < outputs; o++) {
          exact(gy, o, outputs, x, i, inputs, rows).assertSum(gw[o * inputs + i], "gw");
        }
      }
      for (int o = 0; o < outputs; o++) {
        exact(gy, o, outputs, new float[] {1}, 0, 0, rows).assertSum(gb[o], "gb");
      }
    }
  }

  private static Exact exact(float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, int n) {
    Exact exact = new Exact();
    for (int i = 0; i < n; i++) {
      exact.add(new BigDecimal(a[aAt + i * aStep]).multiply(new BigDecimal(b[bAt + i * bStep])));
    }
    return exact;
  }

  /** The adjoint identities, without rounding: <gy, W·x> = <gx, x> = <gW, W>, <gy, b> = <gb, b>. */
  @Property(tries = 200)
  void gradientsAreAdjointToTheLayer(
      @ForAll @IntRange(min = 0, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 40) int inputs,
      @ForAll @IntRange(min = 0, max = 40) int outputs,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] gy = smallIntegers(random, rows * outputs);
    float[] x = smallIntegers(random, rows * inputs);
    float[] w = smallIntegers(random, outputs * inputs);
    float[] b = smallIntegers(random, outputs);
    for (KernelSet k : Maps.backends()) {
      float[] y = new float[rows * outputs];
      k.dense(x, 0, rows, inputs, w, 0, new float[outputs], 0, outputs, y, 0);
      float[] biases = new float[rows * outputs];
      k.dense(new float[rows * inputs], 0, rows, inputs, w, 0, b, 0, outputs, biases, 0);
      float[] gx = new float[rows * inputs];
      float[] gw = new float[outputs * inputs];
      float[] gb = new float[outputs];
      k.denseInputGradient(gy, 0, rows, outputs, w, 0, inputs, gx, 0);
      k.denseWeightGradient(gy, 0, rows, outputs, x, 0, inputs, gw, 0, gb, 0);
      assertEquals(product(gy, y), product(gx, x), "gx");
      assertEquals(product(gy, y), product(gw, w), "gw");
      assertEquals(product(gy, biases), product(gb, b), "gb");
    }
  }

  private static float[] smallIntegers(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(21) - 10;
    }
    return values;
  }

  private static long product(float[] a, float[] b) {
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (long) a[i] * (long) b[i];
    }
    return sum;
  }

  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.integers().between(1, 70)),
        Tuple.of(1, Arbitraries.of(127, 128, 129, 255)));
  }

  @Provide
  Arbitrary<Integer> blocks() {
    return Arbitraries.of(4095, 4096, 4097, 8193);
  }

  @Provide
  Arbitrary<Values> finite() {
    return Arbitraries.of(
        Values.GAUSSIAN, Values.ZEROS, Values.SUBNORMAL, Values.HUGE, Values.CANCELLING);
  }
}
