package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SelectionTest {
  private static final FeatureShape SHAPE = new FeatureShape(2, 1, 2, 2);

  private final FeatureMap x =
      FeatureMap.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, Layout.NCHW, SHAPE);

  private float[] mean(Selection selection) {
    float[] y = new float[2];
    Kernels.best().reduce(Reduction.MEAN, x, selection, y, 0);
    return y;
  }

  @Test
  void knownNumbers() {
    boolean[] mask = {true, false, false, true, false, true, false, false};
    assertArrayEquals(new float[] {2.5f, 6}, mean(Selection.mask(mask, 2, 2, 2)));
    Selection ragged = Selection.sizes(new int[] {1, 2}, new int[] {2, 1}, 2, 2);
    assertArrayEquals(new float[] {1.5f, 6}, mean(ragged));
    float[] weights = {1, 3, 0, 0, 0, 0.5f, 0.5f, 1};
    Selection attention = Selection.weights(weights, 2, 2, 2);
    assertArrayEquals(new float[] {1.75f, 7.25f}, mean(attention));
    Arrays.fill(weights, 9);
    assertArrayEquals(new float[] {1.75f, 7.25f}, mean(attention), "the weights were copied");
    // Weighted squares 1 + 12 over 4; deviations from 1.75 squared, weighted, over 4.
    check(Reduction.MEAN_SQUARES, attention, 3.25f);
    check(Reduction.variance(0), attention, 0.1875f);
    check(Reduction.variance(1), attention, 0.25f);
    check(Reduction.SUM, attention, 7);
    check(Reduction.MIN, attention, 1);
  }

  private void check(Reduction r, Selection selection, float expected) {
    for (KernelSet kernels : Maps.backends()) {
      float[] y = new float[2];
      kernels.reduce(r, x, selection.orElse(0), y, 0);
      assertEquals(expected, y[0], r::toString);
    }
  }

  /**
   * @see <a href="https://github.com/keras-team/keras/issues/18152">keras-team/keras#18152</a>
   */
  @Test
  @DisplayName("keras-team/keras#18152: everything masked is an error or the caller's value")
  void nothingSelected() {
    boolean[] mask = {true, true, true, true, false, false, false, false};
    Selection selection = Selection.mask(mask, 2, 2, 2);
    for (Layout layout : Layout.values()) {
      FeatureMap map = FeatureMap.of(x.array(), layout, SHAPE);
      for (KernelSpec.Operation operation : KernelSpec.Operation.values()) {
        Reduction r = operation.reduction();
        if (r == null) {
          continue;
        }
        for (KernelSet k : Maps.backends()) {
          float[] y = {9, 9};
          int[] index = {9, 9};
          Executable call = () -> run(k, operation, map, selection, y, index);
          Exception e = assertThrows(IllegalArgumentException.class, call, r::toString);
          assertTrue(e.getMessage().contains("total 0.0 in sample 1"), e::getMessage);
          assertArrayEquals(new float[] {9, 9}, y, "y was written");
          run(k, operation, map, selection.orElse(-3), y, index);
          assertEquals(-3, y[1], r::toString);
          assertEquals(operation.indexed() ? -1 : 9, index[1]);
          float[] gx = new float[8];
          float[] gy = {1, 1};
          k.gradient(r, Ties.SHARED, map, selection.orElse(Double.NaN), gy, 0, gx, 0);
          assertArrayEquals(new float[4], Arrays.copyOfRange(gx, 4, 8), r::toString);
        }
      }
    }
    float[] gw = new float[8];
    Selection other = selection.orElse(Double.NaN);
    Kernels.best().weightGradient(Reduction.MEAN, x, other, new float[] {1, 1}, 0, gw, 0);
    assertArrayEquals(new float[] {-0.375f, -0.125f, 0.125f, 0.375f, 0, 0, 0, 0}, gw);
  }

  private static void run(
      KernelSet k,
      KernelSpec.Operation operation,
      FeatureMap map,
      Selection selection,
      float[] y,
      int[] index) {
    if (operation.indexed()) {
      k.reduce(operation.reduction(), map, selection, y, 0, index, 0);
    } else {
      k.reduce(operation.reduction(), map, selection, y, 0);
    }
  }

  /** A variance of a sample needs more than one value. */
  @Test
  void tooLittleSelected() {
    Selection one = Selection.sizes(new int[] {2, 1}, new int[] {2, 1}, 2, 2);
    float[] y = new float[2];
    Executable call = () -> Kernels.best().reduce(Reduction.variance(1), x, one, y, 0);
    Exception e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains("total 1.0 in sample 1; more than 1"), e::getMessage);
    Kernels.best().reduce(Reduction.variance(1), x, one.orElse(42), y, 0);
    assertEquals(42, y[1]);
  }

  @Test
  void gradientOfTheMeanIsItsWeight() {
    float[] weights = {1, 3, 0, 0, 2, 2, 2, 2};
    Selection selection = Selection.weights(weights, 2, 2, 2);
    float[] gx = new float[8];
    float[] gy = {8, 4};
    Kernels.best().gradient(Reduction.MEAN, Ties.FIRST, x, selection, gy, 0, gx, 0);
    assertArrayEquals(new float[] {2, 6, 0, 0, 1, 1, 1, 1}, gx);
  }

  @Test
  void emptyBatches() {
    for (FeatureShape none : List.of(new FeatureShape(0, 3, 2, 2), new FeatureShape(2, 0, 2, 2))) {
      FeatureMap map = FeatureMap.of(new float[0], Layout.NHWC, none);
      float[] weights = new float[4 * none.n()];
      Arrays.fill(weights, 1);
      Selection selection = Selection.weights(weights, none.n(), 2, 2);
      for (KernelSet k : Maps.backends()) {
        k.reduce(Reduction.MEAN, map, selection, new float[0], 0);
        k.reduce(Reduction.MAX, map, selection, new float[0], 0, new int[0], 0);
      }
    }
  }

  @Test
  void makersCheckTheirArguments() {
    fails("selected is null", () -> Selection.mask(null, 1, 1, 1));
    fails("selected has 3 elements; N·H·W = 4", () -> Selection.mask(new boolean[3], 1, 2, 2));
    fails("h is -2", () -> Selection.mask(new boolean[4], 1, -2, -2));
    fails("heights is null", () -> Selection.sizes(null, new int[1], 2, 2));
    fails("widths is null", () -> Selection.sizes(new int[1], null, 2, 2));
    fails("widths has 2 elements", () -> Selection.sizes(new int[1], new int[2], 2, 2));
    fails("heights[1] is 3", () -> Selection.sizes(new int[] {2, 3}, new int[2], 2, 2));
    fails("widths[0] is -1", () -> Selection.sizes(new int[2], new int[] {-1, 0}, 2, 2));
    fails("weights is null", () -> Selection.weights(null, 1, 1, 1));
    fails("weights has 1 elements", () -> Selection.weights(new float[1], 0, 1, 1));
    for (float bad : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
      fails("weights[1] is " + bad, () -> Selection.weights(new float[] {0, bad}, 1, 1, 2));
    }
    assertEquals("Selection [1, 2, 3]", Selection.mask(new boolean[6], 1, 2, 3).toString());
  }

  @Test
  void kernelsCheckTheSelection() {
    Selection other = Selection.weights(new float[] {1, 1, 1, 1}, 1, 2, 2);
    boolean[] mask = new boolean[8];
    Arrays.fill(mask, true);
    Selection all = Selection.mask(mask, 2, 2, 2);
    float[] y = new float[2];
    Reduction mean = Reduction.MEAN;
    for (KernelSet k : Maps.backends()) {
      fails("selection is null", () -> k.reduce(mean, x, (Selection) null, y, 0));
      fails("selection is Selection [1, 2, 2]; N, H", () -> k.reduce(mean, x, other, y, 0));
      fails("y has 2 elements", () -> k.reduce(mean, x, all, y, 1));
      fails("x is null", () -> k.reduce(mean, null, all, y, 0));
      fails("r is null", () -> k.reduce(null, x, all, y, 0));
      fails("r is MEAN; MAX or", () -> k.reduce(mean, x, all, y, 0, new int[2], 0));
      fails("r is MAX; MEAN or", () -> k.weightGradient(Reduction.MAX, x, all, y, 0, y, 0));
      fails("gw has 2 elements", () -> k.weightGradient(mean, x, all, y, 0, y, 0));
      fails(
          "selection is null", () -> k.gradient(mean, Ties.FIRST, x, null, y, 0, new float[8], 0));
    }
  }

  private static void fails(String message, Executable call) {
    Exception e = assertThrows(RuntimeException.class, call);
    assertTrue(e.getMessage().startsWith(message), e::getMessage);
  }
}
