package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class StatisticsTest {
  private static final List<Reduction> ALL =
      List.of(Reduction.MAX, Reduction.MEAN, Reduction.variance(0), Reduction.MIN);

  @Test
  void resultsAreConcatenatedSampleBySample() {
    float[] x = {1, 3, 5, 9, 0, 0, -2, 2};
    FeatureMap map = FeatureMap.of(x, Layout.NCHW, new FeatureShape(2, 2, 1, 2));
    for (KernelSet k : Maps.backends()) {
      float[] y = new float[16];
      int[] index = new int[8];
      k.statistics(ALL, map, y, 0, index, 0);
      float[] expected = {3, 9, 2, 7, 1, 4, 1, 5, 0, 2, 0, 0, 0, 4, 0, -2};
      assertArrayEquals(expected, y);
      assertArrayEquals(new int[] {1, 1, 0, 0, 0, 1, 0, 0}, index);
    }
  }

  @Test
  void emptyBatches() {
    for (FeatureShape none : List.of(new FeatureShape(0, 3, 2, 2), new FeatureShape(2, 0, 2, 2))) {
      FeatureMap map = FeatureMap.of(new float[0], Layout.NHWC, none);
      for (KernelSet k : Maps.backends()) {
        k.statistics(ALL, map, new float[0], 0, new int[0], 0);
      }
    }
  }

  @Test
  void badArgumentsAreErrorsAndNothingIsWritten() {
    float[] x = new float[24];
    FeatureMap map = FeatureMap.of(x, Layout.NCHW, new FeatureShape(2, 3, 2, 2));
    FeatureMap single = FeatureMap.of(x, Layout.NCHW, new FeatureShape(2, 3, 1, 1));
    FeatureMap empty = FeatureMap.of(x, Layout.NCHW, new FeatureShape(2, 3, 2, 0));
    float[] y = new float[24];
    Arrays.fill(y, 7);
    int[] index = new int[11];
    for (KernelSet k : Maps.backends()) {
      fails("statistics is null", () -> k.statistics(null, map, y, 0, null, 0));
      fails("statistics is empty", () -> k.statistics(List.of(), map, y, 0, null, 0));
      List<Reduction> none = Arrays.asList(Reduction.MEAN, null);
      fails("r is null", () -> k.statistics(none, map, y, 0, null, 0));
      fails("x is null", () -> k.statistics(ALL, null, y, 0, null, 0));
      fails("y is null", () -> k.statistics(ALL, map, null, 0, null, 0));
      fails("y has 24 elements", () -> k.statistics(ALL, map, y, 1, null, 0));
      fails("yOffset is -1", () -> k.statistics(ALL, map, y, -1, null, 0));
      fails("y overlaps x", () -> k.statistics(ALL, map, x, 0, null, 0));
      fails("index has 11 elements", () -> k.statistics(ALL, map, y, 0, index, 0));
      fails("indexOffset is -1", () -> k.statistics(ALL, map, y, 0, index, -1));
      fails("shape is [2, 3, 2, 0]", () -> k.statistics(ALL, empty, y, 0, null, 0));
      List<Reduction> sample = List.of(Reduction.MEAN, Reduction.variance(1));
      fails("shape is [2, 3, 1, 1]", () -> k.statistics(sample, single, y, 0, null, 0));
    }
    for (float value : y) {
      assertTrue(value == 7, "y was written");
    }
  }

  private static void fails(String message, Executable call) {
    Exception e = assertThrows(RuntimeException.class, call);
    assertTrue(e.getMessage().startsWith(message), e::getMessage);
  }
}
