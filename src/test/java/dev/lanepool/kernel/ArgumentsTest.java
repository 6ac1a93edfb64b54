package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Bad arguments to every kernel of both backends: the right exception, a message that names the
 * argument, its value and the need, and nothing written.
 */
class ArgumentsTest {
  /** [2, 3, 2, 2]: 24 values, 6 planes. */
  private static final FeatureShape SHAPE = new FeatureShape(2, 3, 2, 2);

  private static final float SENTINEL = 7;

  private final float[] x = filled(24);
  private final float[] y = filled(6);
  private final float[] max = filled(6);
  private final int[] index = {7, 7, 7, 7, 7, 7};

  private static float[] filled(int length) {
    float[] array = new float[length];
    Arrays.fill(array, SENTINEL);
    return array;
  }

  /** A reduction with one value per plane. */
  private interface Reduction {
    void run(
        KernelSet k, float[] x, int xOffset, Layout layout, FeatureShape s, float[] y, int yOffset);
  }

  private static final Reduction[] REDUCTIONS = {
    KernelSet::mean, KernelSet::sum, KernelSet::max, KernelSet::min
  };

  /** All reductions share x, layout and shape. */
  private void eachReduction(
      String[] words,
      Class<? extends Exception> type,
      float[] x,
      int xOffset,
      Layout layout,
      FeatureShape shape) {
    for (KernelSet k : Maps.backends()) {
      for (Reduction reduction : REDUCTIONS) {
        fails(type, () -> reduction.run(k, x, xOffset, layout, shape, y, 0), words);
      }
      fails(type, () -> k.argMax(x, xOffset, layout, shape, y, 0, index, 0), words);
      fails(type, () -> k.meanMax(x, xOffset, layout, shape, y, 0, max, 0), words);
    }
  }

  private void fails(Class<? extends Exception> type, Executable call, String... words) {
    Exception e = assertThrows(type, call);
    assertEquals(type, e.getClass());
    for (String word : words) {
      assertTrue(e.getMessage().contains(word), () -> word + " is not in: " + e.getMessage());
    }
    assertArrayEquals(filled(24), x, "x was written");
    assertArrayEquals(filled(6), y, "y was written");
    assertArrayEquals(filled(6), max, "max was written");
    assertArrayEquals(new int[] {7, 7, 7, 7, 7, 7}, index, "index was written");
  }

  private static String[] words(String... words) {
    return words;
  }

  @Test
  void inputOfReductions() {
    Class<NullPointerException> npe = NullPointerException.class;
    Class<IllegalArgumentException> iae = IllegalArgumentException.class;
    int least = Integer.MIN_VALUE;
    int most = Integer.MAX_VALUE;
    for (Layout l : Layout.values()) {
      eachReduction(words("x is null", "float[]"), npe, null, 0, l, SHAPE);
      eachReduction(words("shape is null", "FeatureShape"), npe, x, 0, l, null);
      eachReduction(words("xOffset is -1", "0 or more"), iae, x, -1, l, SHAPE);
      eachReduction(words("xOffset is " + least, "0 or more"), iae, x, least, l, SHAPE);
      eachReduction(words("x has 24", "xOffset = 1 ", "24 were needed"), iae, x, 1, l, SHAPE);
      eachReduction(words("x has 24", "xOffset = 24 "), iae, x, 24, l, SHAPE);
      eachReduction(words("x has 24", "xOffset = " + most), iae, x, most, l, SHAPE);
      eachReduction(words("x has 23", "24 were needed"), iae, new float[23], 0, l, SHAPE);
      eachReduction(words("x has 0", "24 were needed"), iae, new float[0], 0, l, SHAPE);
      for (int[] hw : new int[][] {{0, 2}, {2, 0}, {0, 0}}) {
        FeatureShape empty = new FeatureShape(2, 3, hw[0], hw[1]);
        eachReduction(words("shape is " + empty, "at least 1"), iae, x, 0, l, empty);
      }
      FeatureShape huge = new FeatureShape(most, 1, most, 2);
      eachReduction(words("x has 24", "" + huge.elements()), iae, x, 0, l, huge);
      // No values, and still no place.
      FeatureShape none = new FeatureShape(0, 3, 2, 2);
      eachReduction(words("x has 24", "xOffset = 25 "), iae, x, 25, l, none);
      eachReduction(words("xOffset is -1"), iae, x, -1, l, none);
    }
    eachReduction(words("layout is null", "NCHW or NHWC"), npe, x, 0, null, SHAPE);
  }

  /** Writes 6 values to some output of a reduction. */
  private interface Output {
    void run(KernelSet k, float[] x, int xOffset, Layout layout, float[] output, int offset);
  }

  @Test
  void outputsOfReductions() {
    for (Reduction reduction : REDUCTIONS) {
      checkOutput("y", (k, x, xo, l, out, at) -> reduction.run(k, x, xo, l, SHAPE, out, at));
    }
    checkOutput("y", (k, x, xo, l, out, at) -> k.argMax(x, xo, l, SHAPE, out, at, index, 0));
    checkOutput("mean", (k, x, xo, l, out, at) -> k.meanMax(x, xo, l, SHAPE, out, at, max, 0));
    checkOutput("max", (k, x, xo, l, out, at) -> k.meanMax(x, xo, l, SHAPE, y, 0, out, at));
  }

  private void checkOutput(String name, Output output) {
    Class<IllegalArgumentException> iae = IllegalArgumentException.class;
    int most = Integer.MAX_VALUE;
    for (KernelSet k : Maps.backends()) {
      for (Layout l : Layout.values()) {
        float[] out = filled(8);
        fails(
            NullPointerException.class,
            () -> output.run(k, x, 0, l, null, 0),
            name + " is null",
            "float[]");
        fails(iae, () -> output.run(k, x, 0, l, out, -1), name + "Offset is -1", "0 or more");
        for (int at : new int[] {3, 8, 9, most}) {
          String[] words = {name + " has 8", name + "Offset = " + at + " ", "6 were needed"};
          fails(iae, () -> output.run(k, x, 0, l, out, at), words);
        }
        fails(iae, () -> output.run(k, x, 0, l, new float[5], 0), name + " has 5", "6 were");
        assertArrayEquals(filled(8), out, "written");
        checkOverlap(name, output, k, l);
      }
    }
  }

  /** Input and output in one array: any shared element is an error, neighbours are not. */
  private void checkOverlap(String name, Output output, KernelSet k, Layout l) {
    float[] shared = filled(40);
    for (int at : new int[] {3, 8, 20, 31}) {
      String there = "elements " + at + " to " + (at + 5) + " and 8 to 31";
      fails(
          IllegalArgumentException.class,
          () -> output.run(k, shared, 8, l, shared, at),
          name + " overlaps x",
          there);
    }
    assertArrayEquals(filled(40), shared, "written");
    // All alike, so that y and max are what they were.
    for (int at : new int[] {0, 2, 32, 34}) {
      Arrays.fill(shared, SENTINEL);
      output.run(k, shared, 8, l, shared, at);
      float result = shared[at];
      assertTrue(result == SENTINEL || result == 4 * SENTINEL, "not computed");
      Arrays.fill(y, SENTINEL);
      Arrays.fill(max, SENTINEL);
      Arrays.fill(index, 7);
    }
  }

  @Test
  void indexOfArgMax() {
    Class<IllegalArgumentException> iae = IllegalArgumentException.class;
    for (KernelSet k : Maps.backends()) {
      for (Layout l : Layout.values()) {
        fails(
            NullPointerException.class,
            () -> k.argMax(x, 0, l, SHAPE, y, 0, null, 0),
            "index is null",
            "int[]");
        fails(iae, () -> k.argMax(x, 0, l, SHAPE, y, 0, index, -1), "indexOffset is -1", "0 or");
        fails(
            iae,
            () -> k.argMax(x, 0, l, SHAPE, y, 0, index, 1),
            "index has 6",
            "indexOffset = 1 ",
            "6 were needed");
        fails(iae, () -> k.argMax(x, 0, l, SHAPE, y, 0, new int[5], 0), "index has 5", "6 were");
      }
    }
  }

  @Test
  void meanAndMaxMustBeApart() {
    for (KernelSet k : Maps.backends()) {
      for (Layout l : Layout.values()) {
        float[] both = filled(20);
        for (int at : new int[] {1, 6, 11}) {
          fails(
              IllegalArgumentException.class,
              () -> k.meanMax(x, 0, l, SHAPE, both, 6, both, at),
              "max overlaps mean",
              "elements " + at + " to " + (at + 5) + " and 6 to 11");
        }
        assertArrayEquals(filled(20), both, "written");
        k.meanMax(x, 0, l, SHAPE, both, 6, both, 12);
        k.meanMax(x, 0, l, SHAPE, both, 6, both, 0);
        assertArrayEquals(filled(20), both, "the mean and the maximum of sevens are seven");
      }
    }
  }

  /** A dense layer with good arguments, 2 rows of 3 inputs to 2 outputs, but for those changed. */
  private final class DenseCall {
    float[] x = filled(6);
    int xOffset;
    int rows = 2;
    int inputs = 3;
    float[] w = filled(6);
    int wOffset;
    float[] b = filled(2);
    int bOffset;
    int outputs = 2;
    float[] out = filled(4);
    int outOffset;

    void fails(Class<? extends Exception> type, String... words) {
      float[][] arrays = {x, w, b, out};
      float[][] before = new float[4][];
      for (int i = 0; i < 4; i++) {
        before[i] = arrays[i] == null ? null : arrays[i].clone();
      }
      for (KernelSet k : Maps.backends()) {
        ArgumentsTest.this.fails(
            type,
            () ->
                k.dense(x, xOffset, rows, inputs, w, wOffset, b, bOffset, outputs, out, outOffset),
            words);
        for (int i = 0; i < 4; i++) {
          assertArrayEquals(before[i], arrays[i], "written");
        }
      }
    }
  }

  private interface Change {
    void to(DenseCall call);
  }

  private void denseFails(Change change, Class<? extends Exception> type, String... words) {
    DenseCall call = new DenseCall();
    change.to(call);
    call.fails(type, words);
  }

  @Test
  void denseExtents() {
    Class<IllegalArgumentException> iae = IllegalArgumentException.class;
    denseFails(c -> c.rows = -1, iae, "rows is -1", "at least 0");
    denseFails(c -> c.inputs = -1, iae, "inputs is -1", "at least 1");
    denseFails(c -> c.inputs = 0, iae, "inputs is 0", "at least 1");
    denseFails(c -> c.outputs = -1, iae, "outputs is -1", "at least 0");
    // 2^32 values, 0 where 32 bits are counted: of x, of the weights alone, of y alone.
    Change manyInputs = c -> c.rows = c.inputs = 65_536;
    denseFails(manyInputs, iae, "x has 6", "4294967296 were needed");
    Change manyWeights =
        c -> {
          c.rows = 0;
          c.inputs = c.outputs = 65_536;
        };
    denseFails(manyWeights, iae, "weights has 6", "4294967296 were needed");
    float[] many = filled(65_536);
    Change manyResults =
        c -> {
          c.inputs = 1;
          c.rows = c.outputs = many.length;
          c.x = c.w = c.b = many;
        };
    denseFails(manyResults, iae, "y has 4", "4294967296 were needed");
    Change wide = c -> c.inputs = 1 << 30;
    denseFails(wide, iae, "x has 6", "2147483648 were needed");
  }

  @Test
  void denseArrays() {
    Class<NullPointerException> npe = NullPointerException.class;
    denseFails(c -> c.x = null, npe, "x is null", "float[]");
    denseFails(c -> c.w = null, npe, "weights is null", "float[]");
    denseFails(c -> c.b = null, npe, "bias is null", "float[]");
    denseFails(c -> c.out = null, npe, "y is null", "float[]");
    Class<IllegalArgumentException> iae = IllegalArgumentException.class;
    denseFails(c -> c.xOffset = -1, iae, "xOffset is -1", "0 or more");
    denseFails(c -> c.wOffset = -1, iae, "weightsOffset is -1", "0 or more");
    denseFails(c -> c.bOffset = -1, iae, "biasOffset is -1", "0 or more");
    denseFails(c -> c.outOffset = -1, iae, "yOffset is -1", "0 or more");
    int most = Integer.MAX_VALUE;
    for (int at : new int[] {1, 7, most}) {
      denseFails(c -> c.xOffset = at, iae, "x has 6", "xOffset = " + at + " ", "6 were");
      denseFails(c -> c.wOffset = at, iae, "weights has 6", "weightsOffset = " + at, "6 were");
      denseFails(c -> c.bOffset = at, iae, "bias has 2", "biasOffset = " + at, "2 were");
      denseFails(c -> c.outOffset = at, iae, "y has 4", "yOffset = " + at + " ", "4 were");
    }
    denseFails(c -> c.x = filled(5), iae, "x has 5", "6 were needed");
    denseFails(c -> c.w = filled(5), iae, "weights has 5", "6 were needed");
    denseFails(c -> c.b = filled(1), iae, "bias has 1", "2 were needed");
    denseFails(c -> c.out = filled(3), iae, "y has 3", "4 were needed");
  }

  @Test
  void denseOverlaps() {
    Class<IllegalArgumentException> iae = IllegalArgumentException.class;
    float[] shared = filled(20);
    for (int at : new int[] {5, 8, 13}) {
      Change change = c -> c.out = shared;
      denseFails(
          c -> {
            change.to(c);
            c.x = shared;
            c.xOffset = 8;
            c.outOffset = at;
          },
          iae,
          "y overlaps x",
          "elements " + at + " to " + (at + 3) + " and 8 to 13");
      denseFails(
          c -> {
            change.to(c);
            c.w = shared;
            c.wOffset = 8;
            c.outOffset = at;
          },
          iae,
          "y overlaps weights",
          "elements " + at + " to " + (at + 3) + " and 8 to 13");
    }
    for (int at : new int[] {5, 8, 9}) {
      denseFails(
          c -> {
            c.out = c.b = shared;
            c.bOffset = 8;
            c.outOffset = at;
          },
          iae,
          "y overlaps bias",
          "elements " + at + " to " + (at + 3) + " and 8 to 9");
    }
  }

  /** One array may hold all inputs, even the same values, and the outputs next to them. */
  @Test
  void denseMayShareItsInputs() {
    float[] all = {1, 2, 3, 0, 0, -1};
    for (KernelSet k : Maps.backends()) {
      k.dense(all, 0, 1, 3, all, 0, all, 0, 1, all, 3);
      assertArrayEquals(new float[] {1, 2, 3, 15, 0, -1}, all);
    }
  }

  @Test
  void emptyDenseWritesNothing() {
    for (KernelSet k : Maps.backends()) {
      k.dense(x, 0, 0, 3, y, 0, max, 0, 2, y, 6);
      k.dense(x, 0, 2, 3, y, 0, max, 0, 0, y, 6);
      assertArrayEquals(filled(6), y);
    }
  }
}
