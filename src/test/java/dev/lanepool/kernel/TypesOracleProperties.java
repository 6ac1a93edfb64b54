package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSpec.Operation;
import dev.lanepool.kernel.KernelSpec.Storage;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every operation, type, layout and storage against whole numbers, which every type holds. */
class TypesOracleProperties {
  @Property(tries = 150)
  void resultsAreThoseOfWholeNumbers(
      @ForAll("shapes") FeatureShape shape,
      @ForAll ElementType type,
      @ForAll Layout layout,
      @ForAll Storage storage,
      @ForAll long seed) {
    Random random = new Random(seed);
    int n = (int) shape.planeSize();
    int planes = (int) shape.planes();
    int least = type == ElementType.UINT8 ? 0 : -60;
    float[] nchw = new float[planes * n];
    for (int i = 0; i < nchw.length; i++) {
      nchw[i] = least + random.nextInt(121);
    }
    float[] x = Maps.inLayout(layout, nchw, shape);
    for (Operation operation : Operation.values()) {
      if (operation.reduction() == null) {
        continue; // of float arrays only; LawsProperties has it
      }
      KernelSpec spec = new KernelSpec(operation, type, layout, storage);
      FeatureMap map = spec.input(x, 0, shape);
      for (KernelSet kernels : Maps.backends()) {
        float[] y = new float[planes];
        int[] index = new int[planes];
        spec.run(kernels, map, y, 0, index, 0);
        for (int plane = 0; plane < planes; plane++) {
          Plane exact = new Plane(nchw, plane * n, n);
          float expected = (float) exact.result(operation);
          assertEquals(expected, y[plane], Math.ulp(expected), spec::toString);
          if (operation.indexed()) {
            int first = operation == Operation.ARG_MAX ? exact.argMax : exact.argMin;
            assertEquals(first, index[plane], spec::toString);
          }
        }
      }
    }
  }

  /** What the values of a plane come to, in whole numbers and with StrictMath. */
  private static final class Plane {
    private final float[] x;
    private final int start;
    private final int n;
    private long sum;
    private long magnitudes;
    private long squares;
    private int argMax;
    private int argMin;

    Plane(float[] x, int start, int n) {
      this.x = x;
      this.start = start;
      this.n = n;
      for (int i = 0; i < n; i++) {
        long value = (long) x[start + i];
        sum += value;
        magnitudes += Math.abs(value);
        squares += value * value;
        argMax = value > x[start + argMax] ? i : argMax;
        argMin = value < x[start + argMin] ? i : argMin;
      }
    }

    double result(Operation operation) {
      double max = x[start + argMax];
      return switch (operation) {
        case MEAN -> (double) sum / n;
        case SUM -> sum;
        case MAX, ARG_MAX -> max;
        case MIN, ARG_MIN -> x[start + argMin];
        case MEAN_MAX_AVERAGE -> ((double) sum / n + max) / 2;
        case L1 -> magnitudes;
        case L2 -> Math.sqrt(squares);
        case LP_NORM -> Math.cbrt(powers(3, 0, true));
        case POWER_MEAN -> StrictMath.pow(powers(1.5, 0, true) / n, 1 / 1.5);
        case GEM -> Math.cbrt(powers(3, 1e-6, false) / n);
        case LOG_SUM_EXP -> max + StrictMath.log(exponentials(max) / n) / 2;
        case MEAN_SQUARES -> (double) squares / n;
        case VARIANCE -> (double) (n * squares - sum * sum) / ((double) n * n);
        case MEAN_MAX -> throw new AssertionError("two results");
      };
    }

    /** Σ|x|^p, or of the values themselves where they are above the floor. */
    private double powers(double p, double floor, boolean magnitudes) {
      double total = 0;
      for (int i = 0; i < n; i++) {
        double value = magnitudes ? Math.abs(x[start + i]) : x[start + i];
        total += StrictMath.pow(Math.max(value, floor), p);
      }
      return total;
    }

    private double exponentials(double max) {
      double total = 0;
      for (int i = 0; i < n; i++) {
        total += StrictMath.exp(2 * (x[start + i] - max));
      }
      return total;
    }
  }

  @Provide
  Arbitrary<FeatureShape> shapes() {
    return Arbitraries.of(
        new FeatureShape(1, 1, 1, 1),
        new FeatureShape(2, 5, 1, 3),
        new FeatureShape(2, 17, 3, 5),
        new FeatureShape(1, 33, 7, 7),
        new FeatureShape(1, 70, 4, 4),
        new FeatureShape(1, 2, 70, 60));
  }
}
