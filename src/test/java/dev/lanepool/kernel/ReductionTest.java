package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reductions with parameters, against formulas in StrictMath. */
class ReductionTest {
  private static final int SIZE = 5000;

  private final float[] x = Values.GAUSSIAN.array(new Random(4), SIZE);

  private void check(double expected, Reduction r) {
    for (KernelSet kernels : Maps.backends()) {
      for (Layout layout : Layout.values()) {
        float[] y = new float[1];
        kernels.reduce(r, FeatureMap.of(x, layout, new FeatureShape(1, 1, 50, 100)), y, 0);
        assertEquals((float) expected, y[0], Math.ulp((float) expected), r::toString);
      }
    }
  }

  private double sum(DoubleUnaryOperator term) {
    double sum = 0;
    for (float value : x) {
      sum += term.applyAsDouble(value);
    }
    return sum;
  }

  /** Of another class than other native memory. */
  @Test
  void mapsInMappedFilesHaveTheSameBits(@TempDir Path folder) throws IOException {
    try (Arena arena = Arena.ofConfined();
        FileChannel file =
            FileChannel.open(
                folder.resolve("maps"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      MemorySegment mapped =
          file.map(FileChannel.MapMode.READ_WRITE, 0, (long) SIZE * Float.BYTES, arena);
      MemorySegment.copy(x, 0, mapped, ValueLayout.JAVA_FLOAT, 0, SIZE);
      for (KernelSet kernels : Maps.backends()) {
        for (Layout layout : Layout.values()) {
          compareStorages(kernels, mapped, layout, new FeatureShape(2, 50, 7, 7));
          compareStorages(kernels, mapped, layout, new FeatureShape(1, 20, 5, 49));
          compareStorages(kernels, mapped, layout, new FeatureShape(1, 7, 7, 100));
          compareStorages(kernels, mapped, layout, new FeatureShape(1, 1, 49, 100));
        }
      }
    }
  }

  private void compareStorages(
      KernelSet kernels, MemorySegment segment, Layout layout, FeatureShape shape) {
    int planes = (int) shape.planes();
    FeatureMap inArray = FeatureMap.of(x, layout, shape);
    FeatureMap there = FeatureMap.of(segment, ElementType.FLOAT32, layout, shape);
    float[] expected = new float[planes];
    float[] y = new float[planes];
    for (Reduction r : List.of(Reduction.MEAN, Reduction.MAX, Reduction.MIN)) {
      kernels.reduce(r, inArray, expected, 0);
      kernels.reduce(r, there, y, 0);
      assertArrayEquals(expected, y, () -> r + " " + layout + " " + shape);
    }
    int[] expectedIndex = new int[planes];
    int[] index = new int[planes];
    for (Reduction r : List.of(Reduction.MAX, Reduction.MIN)) {
      kernels.reduce(r, inArray, expected, 0, expectedIndex, 0);
      kernels.reduce(r, there, y, 0, index, 0);
      assertArrayEquals(expectedIndex, index, () -> r + " " + layout + " " + shape);
    }
  }

  @Test
  void powers() {
    for (double p : new double[] {0.5, 1, 1.5, 2, 3, 7, 40}) {
      double norm = sum(v -> StrictMath.pow(Math.abs(v), p));
      check(StrictMath.pow(norm, 1 / p), Reduction.lpNorm(p));
      check(StrictMath.pow(norm / SIZE, 1 / p), Reduction.powerMean(p));
      double gem = sum(v -> StrictMath.pow(Math.max(v, 0.01), p)) / SIZE;
      check(StrictMath.pow(gem, 1 / p), Reduction.gem(p, 0.01));
    }
    double most = 0;
    for (float value : x) {
      most = Math.max(most, Math.abs(value));
    }
    check(most, Reduction.lpNorm(Double.POSITIVE_INFINITY));
  }

  @Test
  void exponentialsAndMoments() {
    for (double r : new double[] {0.1, 1, 20}) {
      double mean = sum(v -> StrictMath.exp(r * v)) / SIZE;
      check(StrictMath.log(mean) / r, Reduction.logSumExp(r));
    }
    double mean = sum(v -> v) / SIZE;
    double squares = sum(v -> (v - mean) * (v - mean));
    check(squares / SIZE, Reduction.variance(0));
    check(squares / (SIZE - 1), Reduction.variance(1));
    check(sum(v -> v * v) / SIZE, Reduction.MEAN_SQUARES);
    check(sum(Math::abs), Reduction.L1);
    check(Math.sqrt(sum(v -> v * v)), Reduction.L2);
  }

  @Test
  void parametersAreChecked() {
    for (double bad : new double[] {0, -1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Reduction.lpNorm(bad));
      assertThrows(IllegalArgumentException.class, () -> Reduction.powerMean(bad));
      assertThrows(IllegalArgumentException.class, () -> Reduction.gem(bad, 0));
      assertThrows(IllegalArgumentException.class, () -> Reduction.logSumExp(bad));
    }
    assertThrows(IllegalArgumentException.class, () -> Reduction.gem(3, -1));
    assertThrows(IllegalArgumentException.class, () -> Reduction.variance(-1));
  }

  /** What is in an array need not be of the array's type. */
  @Test
  void aFloatArrayMayHoldOtherTypes() {
    MemorySegment floats = MemorySegment.ofArray(new float[100]);
    for (ElementType type : ElementType.values()) {
      for (Layout layout : Layout.values()) {
        FeatureMap map = FeatureMap.of(floats, type, layout, new FeatureShape(1, 2, 5, 5));
        for (int i = 0; i < 50; i++) {
          type.write(floats, (long) i * type.bytes(), i);
        }
        for (KernelSet kernels : Maps.backends()) {
          float[] y = new float[2];
          kernels.reduce(Reduction.SUM, map, y, 0);
          float[] sums = layout == Layout.NCHW ? new float[] {300, 925} : new float[] {600, 625};
          assertArrayEquals(sums, y, () -> "the sums of " + map);
          kernels.reduce(Reduction.L1, map, y, 0);
          assertArrayEquals(sums, y, () -> "the norms of " + map);
        }
      }
    }
  }
}
