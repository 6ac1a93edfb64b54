package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSpec.Operation;
import dev.lanepool.kernel.KernelSpec.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The same input gives the same bits: on both backends, in both layouts, at every place. */
class KernelEqualityProperties {
  private static final Values[] VALUES = Values.values();
  private static final List<Operation> OPERATIONS = List.of(Operation.values());

  /** What reads native memory where it is. */
  private static final List<Operation> IN_PLACE =
      List.of(
          Operation.MEAN,
          Operation.SUM,
          Operation.MAX,
          Operation.MIN,
          Operation.ARG_MAX,
          Operation.ARG_MIN);

  private static final List<Integer> AROUND_LANES =
      List.of(1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 47, 63, 64, 65, 81);

  /** The operations take turns, like the colours of a chessboard: half of them at each shape. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void smallPlanesDensely(
      @ForAll @IntRange(min = 1, max = 130) int pixels, @ForAll("aroundLanes") int channels) {
    int colour = (pixels + AROUND_LANES.indexOf(channels)) % 2;
    FeatureShape shape = new FeatureShape(1 + (pixels + channels) % 3, channels, 1, pixels);
    List<Operation> half = OPERATIONS.stream().filter(o -> o.ordinal() % 2 == colour).toList();
    Values values = VALUES[(pixels + 7 * channels) % VALUES.length];
    checkReductions(half, shape, values, 131 * channels + pixels);
  }

  @Property(tries = 40)
  void planesAroundBlocks(
      @ForAll("blockSizes") int pixels,
      @ForAll @IntRange(min = 1, max = 2) int samples,
      @ForAll("fewChannels") int channels,
      @ForAll Values values,
      @ForAll long seed) {
    checkReductions(OPERATIONS, new FeatureShape(samples, channels, pixels, 1), values, seed);
  }

  @Property(tries = 600)
  void anyShape(
      @ForAll @IntRange(min = 1, max = 3) int samples,
      @ForAll("channels") int channels,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll Values values,
      @ForAll long seed) {
    checkReductions(OPERATIONS, new FeatureShape(samples, channels, height, width), values, seed);
  }

  /** Channels that don't make whole vectors are taken for more of fewer pixels. */
  @Property(tries = 60)
  void manyPixelsOfFewChannels(
      @ForAll @IntRange(min = 1, max = 2) int samples,
      @ForAll @IntRange(min = 1, max = 130) int channels,
      @ForAll @IntRange(min = 510, max = 560) int pixels,
      @ForAll Values values,
      @ForAll long seed) {
    checkReductions(OPERATIONS, new FeatureShape(samples, channels, pixels, 1), values, seed);
  }

  @Property(tries = 20)
  void manyChannels(
      @ForAll @IntRange(min = 1, max = 2) int samples,
      @ForAll @IntRange(min = 2030, max = 2230) int channels,
      @ForAll @IntRange(min = 1, max = 70) int pixels,
      @ForAll Values values,
      @ForAll long seed) {
    checkReductions(OPERATIONS, new FeatureShape(samples, channels, pixels, 1), values, seed);
  }

  /** Such pixels begin at the same place within lines of the cache, and some loops go by that. */
  @Property(tries = 20)
  void channelsOfWholeLines(
      @ForAll @IntRange(min = 1, max = 2) int samples,
      @ForAll @IntRange(min = 32, max = 140) int lines,
      @ForAll @IntRange(min = 1, max = 70) int pixels,
      @ForAll Values values,
      @ForAll long seed) {
    FeatureShape shape = new FeatureShape(samples, 16 * lines, pixels, 1);
    checkReductions(OPERATIONS, shape, values, seed);
    checkNative(shape, values, seed);
  }

  /** Best against scalar, layout against layout, between garbage against alone. */
  private static void checkReductions(
      List<Operation> operations, FeatureShape shape, Values values, long seed) {
    Random random = new Random(seed);
    float[] nchw = values.maps(random, shape);
    int xOffset = random.nextInt(21);
    int yOffset = random.nextInt(21);
    // Half of the time the arrays end where the maps do, so nothing behind them can be read.
    int slack = random.nextBoolean() ? 0 : random.nextInt(40);
    for (Operation operation : operations) {
      int[] expected = null;
      for (Layout layout : Layout.values()) {
        KernelSpec spec = Maps.spec(operation, layout);
        float[] alone = Maps.inLayout(layout, nchw, shape);
        float[] x = Maps.surrounded(alone, xOffset, slack, random);
        float[] before = x.clone();
        int[] scalar = Maps.bits(spec, Kernels.scalar(), x, xOffset, shape, yOffset, slack);
        int[] best = Maps.bits(spec, Kernels.best(), x, xOffset, shape, yOffset, slack);
        expected = expected == null ? scalar : expected;
        assertArrayEquals(expected, scalar, () -> "the layouts differ: " + operation);
        assertArrayEquals(scalar, best, () -> "the backends differ: " + spec + " " + shape);
        int[] there = Maps.bits(spec, Kernels.best(), alone, shape);
        assertArrayEquals(best, there, () -> "the place or what is around matters: " + spec);
        assertArrayEquals(before, x, () -> spec + " wrote to its input");
      }
    }
  }

  @Property(tries = 250)
  void batchDoesNotMatter(
      @ForAll @IntRange(min = 2, max = 4) int samples,
      @ForAll("channels") int channels,
      @ForAll @IntRange(min = 1, max = 70) int pixels,
      @ForAll Values values,
      @ForAll long seed) {
    checkBatch(Maps.ofFloatArrays(), samples, channels, pixels, values, seed);
  }

  /** There are so many of them that a few tries each are many in all. */
  @Property(tries = 20)
  void batchDoesNotMatterForAnyTypeAndStorage(
      @ForAll @IntRange(min = 2, max = 4) int samples,
      @ForAll("channels") int channels,
      @ForAll @IntRange(min = 1, max = 70) int pixels,
      @ForAll Values values,
      @ForAll long seed) {
    checkBatch(KernelSpec.all(), samples, channels, pixels, values, seed);
  }

  /** A sample of a batch begins, or ends, somewhere in its array. */
  @Property(tries = 40)
  void backendsAreEqualForAnyTypeAndStorage(
      @ForAll("fewChannels") int channels,
      @ForAll("anyLength") int pixels,
      @ForAll Values values,
      @ForAll long seed) {
    FeatureShape shape = new FeatureShape(2, Math.clamp(4200 / pixels, 1, channels), 1, pixels);
    float[] x = values.maps(new Random(seed), shape);
    for (KernelSpec spec : KernelSpec.all()) {
      FeatureMap batch = spec.input(x, 0, shape);
      for (int n = 0; n < 2; n++) {
        FeatureMap sample = batch.sample(n);
        int[] scalar = Maps.bits(spec, Kernels.scalar(), sample, 0, 0);
        int[] best = Maps.bits(spec, Kernels.best(), sample, 0, 0);
        assertArrayEquals(scalar, best, () -> "the backends differ: " + spec + " " + shape);
      }
    }
  }

  /** Sums and extrema have loops of their own there, which read up to the end of the memory. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void nativePlanesDensely(
      @ForAll @IntRange(min = 1, max = 300) int pixels, @ForAll("fewChannels") int channels) {
    FeatureShape shape = new FeatureShape(1 + pixels % 2, channels, 1, pixels);
    checkNative(shape, VALUES[(pixels + channels) % VALUES.length], pixels);
  }

  @Property(tries = 40)
  void nativePlanesAroundBlocks(
      @ForAll("blockSizes") int pixels,
      @ForAll("fewChannels") int channels,
      @ForAll Values values,
      @ForAll long seed) {
    checkNative(new FeatureShape(1, channels, pixels, 1), values, seed);
  }

  @Property(tries = 20)
  void nativeMapsOfManyChannels(
      @ForAll @IntRange(min = 1, max = 2) int samples,
      @ForAll @IntRange(min = 2030, max = 2330) int channels,
      @ForAll @IntRange(min = 1, max = 70) int pixels,
      @ForAll Values values,
      @ForAll long seed) {
    checkNative(new FeatureShape(samples, channels, pixels, 1), values, seed);
  }

  private static void checkNative(FeatureShape shape, Values values, long seed) {
    float[] x = values.maps(new Random(seed), shape);
    for (Operation operation : IN_PLACE) {
      for (Layout layout : Layout.values()) {
        KernelSpec spec = new KernelSpec(operation, ElementType.FLOAT32, layout, Storage.NATIVE);
        FeatureMap map = spec.input(x, 0, shape);
        int[] scalar = Maps.bits(spec, Kernels.scalar(), map, 0, 0);
        int[] best = Maps.bits(spec, Kernels.best(), map, 0, 0);
        assertArrayEquals(scalar, best, () -> "the backends differ: " + spec + " " + shape);
      }
    }
  }

  private static void checkBatch(
      List<KernelSpec> specs, int samples, int channels, int pixels, Values values, long seed) {
    FeatureShape shape = new FeatureShape(samples, channels, 1, pixels);
    FeatureShape one = new FeatureShape(1, channels, 1, pixels);
    int size = (int) one.elements();
    float[] x = values.maps(new Random(seed), shape);
    for (KernelSpec spec : specs) {
      int[] batch = Maps.bits(spec, Kernels.best(), x, shape);
      for (int n = 0; n < samples; n++) {
        float[] sample = Arrays.copyOfRange(x, n * size, (n + 1) * size);
        int[] alone = Maps.bits(spec, Kernels.best(), sample, one);
        for (int part = 0; part < alone.length / channels; part++) {
          int from = (part * samples + n) * channels;
          int[] inBatch = Arrays.copyOfRange(batch, from, from + channels);
          int[] wanted = Arrays.copyOfRange(alone, part * channels, (part + 1) * channels);
          assertArrayEquals(wanted, inBatch, () -> "the batch matters: " + spec + " " + shape);
        }
      }
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void smallDenseLayers(
      @ForAll @IntRange(min = 1, max = 70) int inputs,
      @ForAll @IntRange(min = 1, max = 70) int outputs) {
    int rows = 1 + (inputs + 2 * outputs) % 5;
    Values values = VALUES[(inputs + 7 * outputs) % VALUES.length];
    checkDense(rows, inputs, outputs, values, 71 * inputs + outputs);
  }

  @Property(tries = 100)
  void longDenseLayers(
      @ForAll @IntRange(min = 1, max = 3) int rows,
      @ForAll("denseInputs") int inputs,
      @ForAll @IntRange(min = 1, max = 70) int outputs,
      @ForAll Values values,
      @ForAll long seed) {
    checkDense(rows, inputs, outputs, values, seed);
  }

  @Property(tries = 60)
  void wideDenseLayers(
      @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 40) int inputs,
      @ForAll @IntRange(min = 60, max = 200) int outputs,
      @ForAll Values values,
      @ForAll long seed) {
    checkDense(rows, inputs, outputs, values, seed);
  }

  private static void checkDense(int rows, int inputs, int outputs, Values values, long seed) {
    Random random = new Random(seed);
    int[] at = {random.nextInt(21), random.nextInt(21), random.nextInt(21), random.nextInt(21)};
    int slack = random.nextBoolean() ? 0 : random.nextInt(40);
    float[] x = values.array(random, rows * inputs);
    float[] w = values.array(random, outputs * inputs);
    float[] b = values.array(random, outputs);
    float[] wideX = Maps.surrounded(x, at[0], slack, random);
    float[] wideW = Maps.surrounded(w, at[1], slack, random);
    float[] wideB = Maps.surrounded(b, at[2], slack, random);
    int[] scalar =
        Maps.denseBits(
            Kernels.scalar(),
            wideX,
            at[0],
            rows,
            inputs,
            wideW,
            at[1],
            wideB,
            at[2],
            outputs,
            at[3],
            slack);
    int[] best =
        Maps.denseBits(
            Kernels.best(),
            wideX,
            at[0],
            rows,
            inputs,
            wideW,
            at[1],
            wideB,
            at[2],
            outputs,
            at[3],
            slack);
    assertArrayEquals(scalar, best, "the backends differ");
    int[] alone = Maps.denseBits(Kernels.best(), x, rows, inputs, w, b);
    assertArrayEquals(best, alone, "the place or what is around matters");
    float[] lastRow = Arrays.copyOfRange(x, (rows - 1) * inputs, rows * inputs);
    int[] one = Maps.denseBits(Kernels.best(), lastRow, 1, inputs, w, b);
    int[] ofBatch = Arrays.copyOfRange(best, (rows - 1) * outputs, rows * outputs);
    assertArrayEquals(one, ofBatch, "the batch matters");
  }

  @Provide
  Arbitrary<Integer> channels() {
    IntStream counts = IntStream.concat(IntStream.rangeClosed(1, 70), IntStream.of(127, 128, 129));
    return Arbitraries.of(counts.boxed().toList());
  }

  @Provide
  Arbitrary<Integer> aroundLanes() {
    return Arbitraries.of(AROUND_LANES);
  }

  @Provide
  Arbitrary<Integer> fewChannels() {
    return Arbitraries.of(1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 65);
  }

  @Provide
  Arbitrary<Integer> anyLength() {
    IntStream lengths =
        IntStream.concat(IntStream.rangeClosed(1, 66), IntStream.of(196, 1023, 1025, 4096, 4105));
    return Arbitraries.of(lengths.boxed().toList());
  }

  @Provide
  Arbitrary<Integer> blockSizes() {
    return Arbitraries.of(
        4079, 4080, 4081, 4095, 4096, 4097, 4111, 4112, 8191, 8192, 8193, 8209, 12289);
  }

  @Provide
  Arbitrary<Integer> denseInputs() {
    return Arbitraries.of(127, 128, 129, 1000, 2048, 4095, 4096, 4097, 8192, 8200, 12289);
  }
}
