package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.math.BigDecimal;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Fully connected layers against exact arithmetic. */
class DenseOracleProperties {
  @Property(tries = 300)
  void outputsAreTheRoundedExactOnes(
      @ForAll @IntRange(min = 1, max = 3) int rows,
      @ForAll("inputs") int inputs,
      @ForAll @IntRange(min = 1, max = 12) int outputs,
      @ForAll("finite") Values values,
      @ForAll("finite") Values weightValues,
      @ForAll long seed) {
    Random random = new Random(seed);
    int o = inputs > 200 ? 1 : outputs;
    float[] x = values.planes(random, rows, inputs);
    float[] w = weightValues.planes(random, o, inputs);
    float[] b = weightValues.array(random, o);
    for (KernelSet kernels : Maps.backends()) {
      float[] y = Maps.floats(Maps.denseBits(kernels, x, rows, inputs, w, b));
      for (int i = 0; i < y.length; i++) {
        exact(x, i / o * inputs, inputs, w, i % o, b).assertSum(y[i], "output " + i);
      }
    }
  }

  private static Exact exact(float[] x, int xStart, int inputs, float[] w, int output, float[] b) {
    Exact exact = new Exact();
    for (int i = 0; i < inputs; i++) {
      BigDecimal weight = new BigDecimal(w[output * inputs + i]);
      exact.add(new BigDecimal(x[xStart + i]).multiply(weight));
    }
    exact.add(new BigDecimal(b[output]));
    return exact;
  }

  @Property(tries = 500)
  void integersGiveExactResults(
      @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 5000) int inputs,
      @ForAll @IntRange(min = 1, max = 20) int outputs,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] x = Values.INTEGERS.array(random, rows * inputs);
    float[] w = Values.INTEGERS.array(random, outputs * inputs);
    float[] b = Values.INTEGERS.array(random, outputs);
    float[] expected = new float[rows * outputs];
    for (int i = 0; i < expected.length; i++) {
      int row = i / outputs;
      int output = i % outputs;
      long sum = (long) b[output];
      for (int input = 0; input < inputs; input++) {
        sum += (long) x[row * inputs + input] * (long) w[output * inputs + input];
      }
      expected[i] = sum;
    }
    for (KernelSet kernels : Maps.backends()) {
      assertArrayEquals(expected, Maps.floats(Maps.denseBits(kernels, x, rows, inputs, w, b)));
    }
  }

  @Provide
  Arbitrary<Integer> inputs() {
    return Arbitraries.frequencyOf(
        Tuple.of(12, Arbitraries.integers().between(1, 70)),
        Tuple.of(1, Arbitraries.of(4095, 4096, 4097, 8200)));
  }

  @Provide
  Arbitrary<Values> finite() {
    return Arbitraries.of(
        Values.GAUSSIAN,
        Values.INTEGERS,
        Values.ZEROS,
        Values.SUBNORMAL,
        Values.HUGE,
        Values.CANCELLING);
  }
}
