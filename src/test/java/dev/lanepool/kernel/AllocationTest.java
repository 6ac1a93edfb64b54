package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.Allocation;
import dev.lanepool.Allocation.Case;
import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels allocate nothing once warm; on the scalar backend these are the scalar ones. */
class AllocationTest {
  private static final int[][] PLANES = {
    {1, 1}, {3, 3}, {7, 7}, {13, 13}, {14, 14}, {56, 56}, {65, 64}, {96, 96}
  };

  /** For which sums of native memory have loops of their own. */
  private static final int[][] NATIVE_PLANES = {
    {4, 4}, {5, 5}, {5, 6}, {6, 6}, {6, 7}, {8, 8}, {10, 10}, {17, 17}
  };

  private static final int[] CHANNELS = {3, 17, 64, 100};

  /** {inputs, outputs}. */
  private static final int[][] LAYERS = {{1, 1}, {17, 3}, {512, 10}, {2048, 100}, {4097, 5}};

  /** Values that a batch reads, so that small maps are reduced more often. */
  private static final int BATCH_VALUES = 300_000;

  private static final KernelSet KERNELS = Kernels.best();
  private static final float[] X = Values.GAUSSIAN.array(new Random(1), 96 * 96 * 100);
  private static final float[] Y = new float[1200];
  private static final int[] INDEX = new int[600];

  /** What goes window by window through the stages, each by others. */
  private static final List<Reduction> ADAPTIVE =
      List.of(
          Reduction.lpNorm(3),
          Reduction.lpNorm(2.5),
          Reduction.logSumExp(1),
          Reduction.variance(0),
          Reduction.MEAN_MAX_AVERAGE);

  /** One shape of the gradients' group: their scratch is made anew for another. */
  private static final FeatureShape GRADIENTS = new FeatureShape(2, 17, 7, 7);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reductions",
        "manyChannelsOrNaN",
        "reductionsOfOtherTypes",
        "nativeMaps",
        "meansOfOtherTypes",
        "gradients",
        "selections",
        "statisticsAndParts",
        "quantizedMeans",
        "denseLayers",
        "denseGradients",
        "pointwise",
        "adaptive",
        "adaptiveReductions"
      })
  void allocatesNothing(String group) throws Throwable {
    Allocation.assertNone(AllocationTest.class, group);
  }

  /** The profile decides in thin cases what C2 can inline. */
  @ParameterizedTest
  @ValueSource(
      strings = {"reductions", "manyChannelsOrNaN", "gradients", "nativeMaps", "meansOfOtherTypes"})
  void nothingDependsOnTheTypeProfile(String group) throws Exception {
    String option = "-XX:-UseTypeProfile";
    Allocation.assertNoneInFreshJvm(option, AllocationTest.class, group, ".*");
  }

  /** With nothing run before it, C2 knows what follows a long loop only from what that counted. */
  @Test
  void longRowsAloneAllocateNothing() throws Exception {
    String mean = ".*operation=MEAN,.*NCHW.* 56, 56\\]";
    String option = "-XX:+UseTypeProfile";
    Allocation.assertNoneInFreshJvm(option, AllocationTest.class, "reductions", mean);
  }

  /** Else zero would mean nothing. */
  @Test
  void measurementSeesOneObject() throws Throwable {
    Object[] kept = new Object[1];
    Case one = new Case("an int[4]", 1, () -> kept[0] = new int[4]);
    assertTrue(one.allocated() >= 16, "an int[4] of 16 bytes and a header is not seen");
    assertEquals(4, ((int[]) kept[0]).length);
  }

  private static List<Case> reductions() {
    List<Case> cases = new ArrayList<>();
    for (KernelSpec spec : Maps.ofFloatArrays()) {
      for (int[] plane : PLANES) {
        for (int channels : CHANNELS) {
          FeatureShape shape = new FeatureShape(1, channels, plane[0], plane[1]);
          int calls = Math.max(1, BATCH_VALUES / (int) (shape.elements() + 100));
          // From 1 on: no row is aligned.
          int offset = shape.elements() < X.length ? 1 : 0;
          FeatureMap map = spec.input(X, offset, shape);
          Runnable call = () -> spec.run(KERNELS, map, Y, 0, INDEX, 0);
          cases.add(new Case(spec + " of " + shape, calls, call));
        }
      }
    }
    return cases;
  }

  /** Of arrays and of native memory: what has loops, or parts of them, of its own. */
  private static List<Case> manyChannelsOrNaN() {
    float[] nan = X.clone();
    nan[70] = Float.NaN;
    List<Case> cases = new ArrayList<>();
    for (KernelSpec spec : KernelSpec.all()) {
      if (spec.type() == ElementType.FLOAT32 && spec.storage() != KernelSpec.Storage.CROP) {
        for (float[] x : List.of(X, nan)) {
          FeatureShape shape = new FeatureShape(1, x == X ? 576 : 33, 7, 8);
          FeatureMap map = spec.input(x, 1, shape);
          Runnable call = () -> spec.run(KERNELS, map, Y, 0, INDEX, 0);
          cases.add(new Case(spec + " of " + shape, x == X ? 10 : 100, call));
        }
      }
    }
    return cases;
  }

  private static List<Case> gradients() {
    float[] gx = new float[(int) GRADIENTS.elements()];
    boolean[] mask = new boolean[2 * 49];
    Arrays.fill(mask, 5, 70, true);
    Selection selection = Selection.mask(mask, 2, 7, 7);
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      FeatureMap map = FeatureMap.of(X, 1, layout, GRADIENTS);
      for (KernelSpec.Operation operation : KernelSpec.Operation.values()) {
        Reduction r = operation.reduction();
        if (r != null) {
          Runnable call =
              () -> {
                KERNELS.gradient(r, Ties.SHARED, map, Y, 0, gx, 0);
                KERNELS.gradient(r, Ties.SHARED, map, selection, Y, 0, gx, 0);
              };
          cases.add(new Case("gradient of " + operation + " " + layout, 20, call));
        }
      }
      Reduction largest = Reduction.lpNorm(Double.POSITIVE_INFINITY);
      Runnable first =
          () -> {
            KERNELS.gradient(largest, Ties.FIRST, map, Y, 0, gx, 0);
            KERNELS.gradient(Reduction.MEAN_MAX_AVERAGE, Ties.FIRST, map, selection, Y, 0, gx, 0);
          };
      cases.add(new Case("gradient of the first maxima " + layout, 20, first));
      Runnable weights = () -> KERNELS.weightGradient(Reduction.MEAN, map, selection, Y, 0, gx, 0);
      cases.add(new Case("gradient of the weights " + layout, 20, weights));
    }
    return cases;
  }

  /** Every operation, type and layout in native memory, which is what other runtimes hand over. */
  private static List<Case> reductionsOfOtherTypes() {
    List<Case> cases = new ArrayList<>();
    FeatureShape shape = new FeatureShape(1, 17, 7, 9);
    for (KernelSpec spec : KernelSpec.all()) {
      if (spec.storage() == KernelSpec.Storage.NATIVE) {
        FeatureMap map = spec.input(X, 0, shape);
        cases.add(new Case(spec.toString(), 10, () -> spec.run(KERNELS, map, Y, 0, INDEX, 0)));
      }
    }
    return cases;
  }

  /** Those that are read where they are, up to the end of their memory. */
  private static List<Case> nativeMaps() {
    List<Case> cases = new ArrayList<>();
    for (Reduction r : List.of(Reduction.MEAN, Reduction.SUM, Reduction.MAX, Reduction.MIN)) {
      for (Layout layout : Layout.values()) {
        for (int[] plane : nativePlanes()) {
          FeatureShape shape = new FeatureShape(1, 17, plane[0], plane[1]);
          MemorySegment memory = Arena.ofAuto().allocate(Float.BYTES * shape.elements());
          MemorySegment.copy(X, 0, memory, ValueLayout.JAVA_FLOAT, 0, (int) shape.elements());
          FeatureMap map = FeatureMap.of(memory, ElementType.FLOAT32, layout, shape);
          int calls = Math.max(1, BATCH_VALUES / (int) (shape.elements() + 100));
          cases.add(new Case(r + " of " + map, calls, () -> KERNELS.reduce(r, map, Y, 0)));
          if (r == Reduction.MAX || r == Reduction.MIN) {
            Runnable indexed = () -> KERNELS.reduce(r, map, Y, 0, INDEX, 0);
            cases.add(new Case("indexed " + r + " of " + map, calls, indexed));
          }
        }
      }
    }
    return cases;
  }

  /** Sums of a type have loops of their own, for short and for long rows. */
  private static List<Case> meansOfOtherTypes() {
    List<Case> cases = new ArrayList<>();
    for (KernelSpec spec : KernelSpec.all()) {
      boolean mean = spec.operation() == KernelSpec.Operation.MEAN;
      boolean contiguous =
          spec.layout() == Layout.NCHW && spec.storage() != KernelSpec.Storage.CROP;
      if (mean && contiguous && spec.type() != ElementType.FLOAT32) {
        for (int[] plane : nativePlanes()) {
          FeatureShape shape = new FeatureShape(1, 17, plane[0], plane[1]);
          FeatureMap map = spec.input(X, 0, shape);
          int calls = Math.max(1, BATCH_VALUES / (int) (shape.elements() + 100));
          Runnable call = () -> spec.run(KERNELS, map, Y, 0, null, 0);
          cases.add(new Case(spec + " of " + shape, calls, call));
        }
      }
    }
    return cases;
  }

  private static List<int[]> nativePlanes() {
    return Stream.of(PLANES, NATIVE_PLANES).flatMap(Stream::of).toList();
  }

  private static List<Case> statisticsAndParts() {
    List<Reduction> statistics =
        List.of(Reduction.MEAN, Reduction.MAX, Reduction.MIN, Reduction.variance(1));
    float[] to = new float[4 * 100];
    int[] indices = new int[2 * 100];
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      for (int[] plane : new int[][] {{7, 7}, {65, 64}}) {
        FeatureMap map = FeatureMap.of(X, 1, layout, new FeatureShape(1, 100, plane[0], plane[1]));
        Runnable call = () -> KERNELS.statistics(statistics, map, to, 0, indices, 0);
        cases.add(new Case("statistics " + map, 5, call));
        Runnable part =
            () -> KERNELS.reduceChannels(Reduction.MAX, map, 0, 30, 50, to, 0, indices, 0);
        cases.add(new Case("reduceChannels " + map, 10, part));
      }
    }
    return cases;
  }

  private static List<Case> quantizedMeans() {
    FeatureShape shape = new FeatureShape(2, 17, 7, 7);
    FeatureShape pooled = new FeatureShape(2, 17, 1, 1);
    Quantization q = Quantization.perTensor(0.5f, 3);
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      FeatureMap map = FeatureMap.of(X, 1, layout, shape).toType(ElementType.INT8);
      FeatureMap means = FeatureMap.allocate(ElementType.UINT8, layout, pooled);
      Runnable call = () -> KERNELS.quantizedMean(map, q, means, q, Rounding.HALF_AWAY_FROM_ZERO);
      cases.add(new Case("quantizedMean " + layout, 100, call));
    }
    return cases;
  }

  private static List<Case> selections() {
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      for (int[] plane : new int[][] {{1, 1}, {7, 7}, {14, 14}, {65, 64}}) {
        int pixels = plane[0] * plane[1];
        float[] weights = new float[pixels];
        for (int i = 0; i < pixels; i++) {
          weights[i] = i % 3;
        }
        weights[pixels - 1] = 1;
        Selection weighted = Selection.weights(weights, 1, plane[0], plane[1]);
        boolean[] selected = new boolean[pixels];
        for (int i = 0; i < pixels; i++) {
          selected[i] = i % 3 < 2;
        }
        Selection masked = Selection.mask(selected, 1, plane[0], plane[1]);
        Selection ragged = Selection.sizes(new int[] {1}, new int[] {1}, plane[0], plane[1]);
        for (int channels : CHANNELS) {
          FeatureShape shape = new FeatureShape(1, channels, plane[0], plane[1]);
          int calls = Math.max(2, BATCH_VALUES / (int) (shape.elements() + 100));
          FeatureMap map = FeatureMap.of(X, 1, layout, shape);
          Runnable call =
              () -> {
                KERNELS.reduce(Reduction.MEAN, map, ragged, Y, 0);
                KERNELS.reduce(Reduction.MEAN, map, masked, Y, 0);
                KERNELS.reduce(Reduction.MEAN, map, weighted, Y, 0);
              };
          cases.add(new Case("selected mean " + layout + shape, calls, call));
          Runnable staged = () -> KERNELS.reduce(Reduction.MAX, map, weighted, Y, 0, INDEX, 0);
          cases.add(new Case("selected argMax " + layout + shape, calls, staged));
        }
      }
    }
    return cases;
  }

  private static List<Case> denseLayers() {
    List<Case> cases = new ArrayList<>();
    for (int[] layer : LAYERS) {
      int inputs = layer[0];
      int outputs = layer[1];
      int calls = Math.max(2, BATCH_VALUES / (inputs * outputs + 100));
      Runnable call = () -> KERNELS.dense(X, 1, 1, inputs, X, 5000, X, 0, outputs, Y, 0);
      cases.add(new Case("dense " + inputs + " to " + outputs, calls, call));
    }
    return cases;
  }

  private static List<Case> denseGradients() {
    List<Case> cases = new ArrayList<>();
    float[] gx = new float[4 * 512];
    float[] gw = new float[512 * 10];
    for (int inputs : new int[] {1, 17, 512}) {
      Runnable input = () -> KERNELS.denseInputGradient(X, 1, 4, 10, X, 50, inputs, gx, 0);
      cases.add(new Case("denseInputGradient of " + inputs, 20, input));
      Runnable weight = () -> KERNELS.denseWeightGradient(X, 1, 70, 10, X, 9, inputs, gw, 0, Y, 0);
      cases.add(new Case("denseWeightGradient of " + inputs, 20, weight));
    }
    return cases;
  }

  private static List<Case> adaptive() {
    List<Case> cases = new ArrayList<>();
    float[] to = new float[100 * 49];
    int[] pixels = new int[100 * 49];
    float[] gx = new float[100 * 400];
    Bins volumes = Bins.ofVolume(4, 3, 3, 1);
    for (Layout layout : Layout.values()) {
      for (int channels : CHANNELS) {
        for (Bins bins : List.of(Bins.of(3, 3), volumes, Bins.of(7, 7), Bins.of(4, 4))) {
          int side = Map.of(7, 14, 4, 7).getOrDefault(bins.outWidth(), 20);
          FeatureShape shape = new FeatureShape(1, channels, side, side);
          String name = " of " + bins + " " + layout + shape;
          Runnable means = () -> KERNELS.adaptiveMean(X, 1, layout, shape, bins, to, 0);
          cases.add(new Case("adaptiveMean" + name, 20, means));
          Runnable maxima = () -> KERNELS.adaptiveMax(X, 1, layout, shape, bins, to, 0, null, 0);
          cases.add(new Case("adaptiveMax" + name, 20, maxima));
          Runnable gradients =
              () -> {
                KERNELS.adaptiveMeanGradient(to, 0, layout, shape, bins, gx, 0);
                KERNELS.adaptiveMax(X, 1, layout, shape, bins, to, 0, pixels, 0);
                KERNELS.adaptiveMaxGradient(to, 0, pixels, 0, layout, shape, bins, gx, 0);
              };
          cases.add(new Case("adaptive gradients" + name, 20, gradients));
        }
      }
      FeatureMap map = FeatureMap.of(X, 1, layout, new FeatureShape(1, 3, 20, 20));
      for (Reduction r : ADAPTIVE) {
        Runnable few =
            () -> {
              KERNELS.adaptiveReduce(r, map, volumes, to, 0);
              KERNELS.adaptiveGradient(r, Ties.FIRST, map, volumes, to, 0, gx, 0);
            };
        cases.add(new Case("adaptive " + r + " of few channels " + layout, 20, few));
      }
    }
    return cases;
  }

  private static List<Case> adaptiveReductions() {
    List<Case> cases = new ArrayList<>();
    FeatureShape shape = new FeatureShape(1, 100, 20, 20);
    float[] to = new float[100 * 9];
    int[] pixels = new int[100 * 9];
    float[] gx = new float[100 * 400];
    Bins bins = Bins.of(3, 3);
    for (Layout layout : Layout.values()) {
      FeatureMap floats = FeatureMap.of(X, 1, layout, shape);
      for (FeatureMap map : List.of(floats, floats.toType(ElementType.FLOAT16))) {
        Runnable sums = () -> KERNELS.adaptiveReduce(Reduction.SUM, map, bins, to, 0);
        cases.add(new Case("adaptive SUM " + map, 5, sums));
        Runnable minima = () -> KERNELS.adaptiveReduce(Reduction.MIN, map, bins, to, 0, pixels, 0);
        cases.add(new Case("adaptive MIN " + map, 5, minima));
        for (Reduction r : ADAPTIVE) {
          Runnable call =
              () -> {
                KERNELS.adaptiveReduce(r, map, bins, to, 0);
                KERNELS.adaptiveGradient(r, Ties.FIRST, map, bins, to, 0, gx, 0);
              };
          cases.add(new Case("adaptive " + r + " " + map, 3, call));
        }
      }
      for (Ties ties : Ties.values()) {
        Runnable peaks =
            () -> {
              KERNELS.adaptiveGradient(Reduction.MIN, ties, floats, bins, to, 0, gx, 0);
              KERNELS.adaptiveGradient(
                  Reduction.MEAN_MAX_AVERAGE, ties, floats, bins, to, 0, gx, 0);
            };
        cases.add(new Case("adaptive gradients to maxima, " + ties + " " + layout, 3, peaks));
      }
      FeatureMap doubles = floats.toType(ElementType.FLOAT64);
      Runnable maxima =
          () -> KERNELS.adaptiveReduce(Reduction.MAX, doubles, bins, to, 0, pixels, 0);
      cases.add(new Case("adaptive MAX " + doubles, 3, maxima));
    }
    return cases;
  }

  private static List<Case> pointwise() {
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      for (int[] plane : new int[][] {{1, 1}, {7, 7}, {13, 13}}) {
        FeatureShape shape = new FeatureShape(1, 2048, plane[0], plane[1]);
        Runnable call = () -> KERNELS.pointwise(X, 1, layout, shape, X, 9, 1, Y, 0);
        cases.add(new Case("pointwise " + layout + " " + shape, 10, call));
      }
    }
    return cases;
  }
}
