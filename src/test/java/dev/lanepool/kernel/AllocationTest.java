package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.layer.Allocation;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Kernels allocate nothing once warm. Until C2 has compiled them, the interpreter and C1 make an
 * object of every vector; so all calls are repeated until a whole round of them allocates nothing,
 * which must be within a generous time. What still allocates then does so for good.
 *
 * <p>How C2 compiles differs from JVM to JVM. So where kernels allocate in one, fresh JVMs with the
 * same options decide, two at the most: what always boxes does so in all of them. A JVM without a
 * type profile, which decides in thin cases what C2 can inline, must box nothing either. The scalar
 * kernels are the best ones where the suite runs without vectors.
 */
class AllocationTest {
  private static final int[][] PLANES = {
    {1, 1}, {3, 3}, {7, 7}, {13, 13}, {14, 14}, {56, 56}, {65, 64}, {96, 96}
  };
  private static final int[] CHANNELS = {3, 17, 64, 100};

  /** {inputs, outputs}. */
  private static final int[][] LAYERS = {{1, 1}, {17, 3}, {512, 10}, {2048, 100}, {4097, 5}};

  /** CPU time of the testing thread: tens of times what C2 takes on an idle machine. */
  private static final long LIMIT_NANOS = 15_000_000_000L;

  private static final String DONE = "done at bits: ";
  private static final String ALL = ".*";

  /** Values that a batch reads, so that small maps are reduced more often. */
  private static final int BATCH_VALUES = 300_000;

  private final float[] x = Values.GAUSSIAN.array(new Random(1), 96 * 96 * 100);
  private final float[] y = new float[200];
  private final int[] index = new int[100];

  @Test
  void bestReductionsAllocateNothing() throws Throwable {
    assertNotInEveryJvm(allocating(reductions(Kernels.best())), "-XX:+UseTypeProfile", ALL);
  }

  @Test
  void nothingDependsOnTheTypeProfile() throws Exception {
    String option = "-XX:-UseTypeProfile";
    assertNotInEveryJvm(inFreshJvm(option, ALL), option, ALL);
  }

  /** With nothing run before it, C2 knows what follows a long loop only from what that counted. */
  @Test
  void longRowsAloneAllocateNothing() throws Exception {
    String option = "-XX:+UseTypeProfile";
    String mean = ".*operation=MEAN,.*NCHW.* 56, 56\\]";
    assertNotInEveryJvm(inFreshJvm(option, mean), option, mean);
  }

  /** Fails for what allocates in one JVM, and in two fresh ones as well. */
  private static void assertNotInEveryJvm(List<String> allocating, String option, String cases)
      throws Exception {
    List<String> always = new ArrayList<>(allocating);
    for (int jvm = 1; jvm <= 2 && !always.isEmpty(); jvm++) {
      System.out.println("allocates in one JVM, a fresh one decides: " + always);
      List<String> again =
          inFreshJvm(option, cases).stream().map(AllocationTest::caseName).toList();
      always.removeIf(line -> !again.contains(caseName(line)));
    }
    assertEquals(List.of(), always);
  }

  private static String caseName(String line) {
    return line.substring(0, line.lastIndexOf(": "));
  }

  /**
   * What the fresh JVM runs, of the cases whose names match; prints what allocates, line by line,
   * then a line that it is done.
   */
  public static void main(String[] args) throws Throwable {
    AllocationTest test = new AllocationTest();
    List<Case> cases = new ArrayList<>(test.reductions(Kernels.best()));
    cases.removeIf(one -> !one.name().matches(args[0]));
    if (cases.isEmpty()) { // JUnit is not on this class path
      throw new IllegalArgumentException("no case is called " + args[0]);
    }
    allocating(cases).forEach(System.out::println);
    System.out.println(DONE + Kernels.backend().bits());
  }

  private static List<String> inFreshJvm(String option, String cases) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        switch (System.getProperty("lanepool.test.bits")) {
          case "256" -> List.of("--add-modules", "jdk.incubator.vector", "-XX:UseAVX=2");
          case "128" -> List.of("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=16");
          case "max" -> List.of("--add-modules", "jdk.incubator.vector");
          default -> List.of();
        });
    command.add(option);
    command.addAll(List.of("-cp", classPath(), AllocationTest.class.getName(), cases));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = new ArrayList<>(process.inputReader().lines().toList());
    assertEquals(0, process.waitFor(), () -> "the fresh JVM failed: " + lines);
    assertEquals(DONE + Kernels.backend().bits(), lines.remove(lines.size() - 1));
    return lines;
  }

  private static String classPath() throws URISyntaxException {
    URI main = Kernels.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    String name = AllocationTest.class.getName().replace('.', '/') + ".class";
    Path self = Path.of(AllocationTest.class.getResource("/" + name).toURI());
    Path tests = self.resolve("../".repeat(Path.of(name).getNameCount())).normalize();
    return Path.of(main) + File.pathSeparator + tests;
  }

  @Test
  void bestDenseAllocatesNothing() throws Throwable {
    assertNothingAllocated(denseLayers(Kernels.best()));
  }

  @Test
  void bestPointwiseAllocatesNothing() throws Throwable {
    assertNothingAllocated(pointwise(Kernels.best()));
  }

  @Test
  void bestDenseGradientsAllocateNothing() throws Throwable {
    assertNothingAllocated(denseGradients(Kernels.best()));
  }

  @Test
  void bestAdaptivePoolingAllocatesNothing() throws Throwable {
    assertNothingAllocated(adaptive(Kernels.best()));
  }

  @Test
  void bestSelectionsAllocateNothing() throws Throwable {
    assertNothingAllocated(selections(Kernels.best()));
  }

  /** Else zero would mean nothing. */
  @Test
  void measurementSeesOneObject() throws Throwable {
    Object[] kept = new Object[1];
    Case one = new Case("an int[4]", 1, () -> kept[0] = new int[4]);
    assertTrue(one.allocated() >= 16, "an int[4] of 16 bytes and a header is not seen");
    assertEquals(4, ((int[]) kept[0]).length);
  }

  private List<Case> reductions(KernelSet kernels) {
    List<Case> cases = new ArrayList<>();
    for (KernelSpec spec : Maps.ofFloatArrays()) {
      for (int[] plane : PLANES) {
        for (int channels : CHANNELS) {
          FeatureShape shape = new FeatureShape(1, channels, plane[0], plane[1]);
          int calls = Math.max(1, BATCH_VALUES / (int) (shape.elements() + 100));
          // From 1 on: no row is aligned.
          int offset = shape.elements() < x.length ? 1 : 0;
          FeatureMap map = spec.input(x, offset, shape);
          Runnable call = () -> spec.run(kernels, map, y, 0, index, 0);
          cases.add(new Case(spec + " of " + shape, calls, call));
        }
      }
    }
    return cases;
  }

  /** One shape at a time: the scratch of gradients is made anew for another. */
  @Test
  void bestGradientsAllocateNothing() throws Throwable {
    FeatureShape shape = new FeatureShape(2, 17, 7, 7);
    float[] gx = new float[(int) shape.elements()];
    boolean[] mask = new boolean[2 * 49];
    Arrays.fill(mask, 5, 70, true);
    Selection selection = Selection.mask(mask, 2, 7, 7);
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      FeatureMap map = FeatureMap.of(x, 1, layout, shape);
      for (KernelSpec.Operation operation : KernelSpec.Operation.values()) {
        Reduction r = operation.reduction();
        if (r != null) {
          Runnable call =
              () -> {
                Kernels.best().gradient(r, Ties.SHARED, map, y, 0, gx, 0);
                Kernels.best().gradient(r, Ties.SHARED, map, selection, y, 0, gx, 0);
              };
          cases.add(new Case("gradient of " + operation + " " + layout, 20, call));
        }
      }
      Runnable weights =
          () -> Kernels.best().weightGradient(Reduction.MEAN, map, selection, y, 0, gx, 0);
      cases.add(new Case("gradient of the weights " + layout, 20, weights));
    }
    assertNothingAllocated(cases);
  }

  /** Every operation, type and layout in native memory, which is what other runtimes hand over. */
  @Test
  void bestReductionsOfOtherTypesAllocateNothing() throws Throwable {
    List<Case> cases = new ArrayList<>();
    FeatureShape shape = new FeatureShape(1, 17, 7, 9);
    for (KernelSpec spec : KernelSpec.all()) {
      if (spec.storage() == KernelSpec.Storage.NATIVE) {
        FeatureMap map = spec.input(x, 0, shape);
        cases.add(
            new Case(spec.toString(), 10, () -> spec.run(Kernels.best(), map, y, 0, index, 0)));
      }
    }
    assertNothingAllocated(cases);
  }

  @Test
  void bestStatisticsAndPartsAllocateNothing() throws Throwable {
    List<Reduction> statistics =
        List.of(Reduction.MEAN, Reduction.MAX, Reduction.MIN, Reduction.variance(1));
    float[] to = new float[4 * 100];
    int[] indices = new int[2 * 100];
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      for (int[] plane : new int[][] {{7, 7}, {65, 64}}) {
        FeatureMap map = FeatureMap.of(x, 1, layout, new FeatureShape(1, 100, plane[0], plane[1]));
        Runnable call = () -> Kernels.best().statistics(statistics, map, to, 0, indices, 0);
        cases.add(new Case("statistics " + map, 5, call));
        Runnable part =
            () -> Kernels.best().reduceChannels(Reduction.MAX, map, 0, 30, 50, to, 0, indices, 0);
        cases.add(new Case("reduceChannels " + map, 10, part));
      }
    }
    assertNothingAllocated(cases);
  }

  @Test
  void bestQuantizedMeansAllocateNothing() throws Throwable {
    FeatureShape shape = new FeatureShape(2, 17, 7, 7);
    FeatureShape pooled = new FeatureShape(2, 17, 1, 1);
    Quantization q = Quantization.perTensor(0.5f, 3);
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      FeatureMap map = FeatureMap.of(x, 1, layout, shape).toType(ElementType.INT8);
      FeatureMap means = FeatureMap.allocate(ElementType.UINT8, layout, pooled);
      Runnable call =
          () -> Kernels.best().quantizedMean(map, q, means, q, Rounding.HALF_AWAY_FROM_ZERO);
      cases.add(new Case("quantizedMean " + layout, 100, call));
    }
    assertNothingAllocated(cases);
  }

  private List<Case> selections(KernelSet kernels) {
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
        Selection ragged = Selection.sizes(new int[] {1}, new int[] {1}, plane[0], plane[1]);
        for (int channels : CHANNELS) {
          FeatureShape shape = new FeatureShape(1, channels, plane[0], plane[1]);
          int calls = Math.max(2, BATCH_VALUES / (int) (shape.elements() + 100));
          FeatureMap map = FeatureMap.of(x, 1, layout, shape);
          Runnable call =
              () -> {
                kernels.reduce(Reduction.MEAN, map, ragged, y, 0);
                kernels.reduce(Reduction.MEAN, map, weighted, y, 0);
              };
          cases.add(new Case("selected mean " + layout + shape, calls, call));
          Runnable staged = () -> kernels.reduce(Reduction.MAX, map, weighted, y, 0, index, 0);
          cases.add(new Case("selected argMax " + layout + shape, calls, staged));
        }
      }
    }
    return cases;
  }

  private List<Case> denseLayers(KernelSet kernels) {
    List<Case> cases = new ArrayList<>();
    for (int[] layer : LAYERS) {
      int inputs = layer[0];
      int outputs = layer[1];
      int calls = Math.max(2, BATCH_VALUES / (inputs * outputs + 100));
      Runnable call = () -> kernels.dense(x, 1, 1, inputs, x, 5000, x, 0, outputs, y, 0);
      cases.add(new Case("dense " + inputs + " to " + outputs, calls, call));
    }
    return cases;
  }

  private List<Case> denseGradients(KernelSet kernels) {
    List<Case> cases = new ArrayList<>();
    float[] gx = new float[4 * 512];
    float[] gw = new float[512 * 10];
    for (int inputs : new int[] {1, 17, 512}) {
      Runnable input = () -> kernels.denseInputGradient(x, 1, 4, 10, x, 50, inputs, gx, 0);
      cases.add(new Case("denseInputGradient of " + inputs, 20, input));
      Runnable weight = () -> kernels.denseWeightGradient(x, 1, 70, 10, x, 9, inputs, gw, 0, y, 0);
      cases.add(new Case("denseWeightGradient of " + inputs, 20, weight));
    }
    return cases;
  }

  private List<Case> adaptive(KernelSet kernels) {
    List<Case> cases = new ArrayList<>();
    float[] to = new float[100 * 9];
    int[] pixels = new int[100 * 9];
    float[] gx = new float[100 * 400];
    for (Layout layout : Layout.values()) {
      for (int channels : CHANNELS) {
        FeatureShape shape = new FeatureShape(1, channels, 20, 20);
        Runnable means = () -> kernels.adaptiveMean(x, 1, layout, shape, 3, 3, to, 0);
        cases.add(new Case("adaptiveMean " + layout + shape, 20, means));
        Runnable maxima = () -> kernels.adaptiveMax(x, 1, layout, shape, 3, 3, to, 0, pixels, 0);
        cases.add(new Case("adaptiveMax " + layout + shape, 20, maxima));
        Runnable gradients =
            () -> {
              kernels.adaptiveMeanGradient(to, 0, layout, shape, 3, 3, gx, 0);
              kernels.adaptiveMax(x, 1, layout, shape, 3, 3, to, 0, pixels, 0);
              kernels.adaptiveMaxGradient(to, 0, pixels, 0, layout, shape, 3, 3, gx, 0);
            };
        cases.add(new Case("adaptive gradients " + layout + shape, 20, gradients));
      }
      FeatureMap map = FeatureMap.of(x, 1, layout, new FeatureShape(1, 3, 20, 20));
      Reduction norm = Reduction.lpNorm(3);
      Runnable norms =
          () -> {
            kernels.adaptiveReduce(norm, map, 3, 3, to, 0);
            kernels.adaptiveGradient(norm, Ties.FIRST, map, 3, 3, to, 0, gx, 0);
          };
      cases.add(new Case("adaptiveReduce " + layout, 20, norms));
    }
    return cases;
  }

  private List<Case> pointwise(KernelSet kernels) {
    List<Case> cases = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      for (int[] plane : new int[][] {{1, 1}, {7, 7}, {13, 13}}) {
        FeatureShape shape = new FeatureShape(1, 2048, plane[0], plane[1]);
        Runnable call = () -> kernels.pointwise(x, 1, layout, shape, x, 9, 1, y, 0);
        cases.add(new Case("pointwise " + layout + " " + shape, 10, call));
      }
    }
    return cases;
  }

  private static void assertNothingAllocated(List<Case> cases) throws Throwable {
    assertEquals(List.of(), allocating(cases));
  }

  private static List<String> allocating(List<Case> cases) throws Throwable {
    if (cases.isEmpty()) {
      throw new AssertionError("no cases");
    }
    List<String> allocating = new ArrayList<>();
    long start = Allocation.cpuNanos();
    do {
      allocating.clear();
      for (Case one : cases) {
        long bytes = one.allocated();
        if (bytes != 0) {
          allocating.add(one.name + ": " + (double) bytes / one.calls + " bytes per call");
        }
      }
    } while (!allocating.isEmpty() && Allocation.cpuNanos() - start < LIMIT_NANOS);
    return allocating;
  }

  /** A call, and how often a batch repeats it. */
  private record Case(String name, int calls, Runnable call) {
    /** Bytes that the calling thread allocates in a batch. */
    long allocated() throws Throwable {
      long before = Allocation.bytes();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      return Allocation.bytes() - before;
    }
  }
}
