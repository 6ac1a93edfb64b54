package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class AdaptiveReductionTest {
  private static final FeatureShape SHAPE = new FeatureShape(1, 1, 2, 3);
  private static final Reduction L2 = Reduction.lpNorm(2);
  private static final Bins TWO = Bins.of(1, 2);
  private final KernelSet kernels = Kernels.best();
  private final float[] values = {3, 0, -3, -4, 0, 4};
  private final FeatureMap x = FeatureMap.of(values, Layout.NCHW, SHAPE);

  /** Two windows that share the middle column. */
  @Test
  void normsOfWindowsThatOverlap() {
    float[] y = {9, 9, 9, 9};
    kernels.adaptiveReduce(L2, x, TWO, y, 1);
    assertArrayEquals(new float[] {9, 5, 5, 9}, y);
    float[] gx = new float[6];
    kernels.adaptiveGradient(L2, Ties.FIRST, x, TWO, new float[] {5, 10}, 0, gx, 0);
    assertArrayEquals(new float[] {3, 0, -6, -4, 0, 8}, gx);
  }

  /** pytorch#6765: the norm of nothing but zeros has no derivative; its gradient is 0, not NaN. */
  @Test
  void theNormOfZerosHasTheGradientZero() {
    FeatureMap zeros = FeatureMap.allocate(Layout.NCHW, SHAPE);
    float[] gx = new float[6];
    kernels.adaptiveGradient(
        L2, Ties.FIRST, zeros, Bins.of(2, 2), new float[] {1, 1, 1, 1}, 0, gx, 0);
    assertArrayEquals(new float[6], gx);
  }

  @Test
  void tiesAreSharedOrTheFirstGetsAll() {
    FeatureMap ones = FeatureMap.of(new float[] {1, 1, 1, 1, 1, 1}, Layout.NCHW, SHAPE);
    float[] gy = {4, 8};
    float[] gx = new float[6];
    kernels.adaptiveGradient(Reduction.MAX, Ties.FIRST, ones, TWO, gy, 0, gx, 0);
    assertArrayEquals(new float[] {4, 8, 0, 0, 0, 0}, gx);
    kernels.adaptiveGradient(Reduction.MAX, Ties.SHARED, ones, TWO, gy, 0, gx, 0);
    assertArrayEquals(new float[] {1, 3, 2, 1, 3, 2}, gx);
  }

  @Test
  void anEmptyBatchGivesNothing() {
    FeatureMap none = FeatureMap.allocate(Layout.NHWC, new FeatureShape(0, 3, 4, 4));
    kernels.adaptiveReduce(L2, none, Bins.of(2, 2), new float[0], 0);
    kernels.adaptiveGradient(L2, Ties.FIRST, none, Bins.of(2, 2), new float[0], 0, new float[0], 0);
    Bins bins = Bins.ofVolume(2, 1, 2, 2);
    kernels.adaptiveReduce(L2, none, bins, new float[0], 0);
    kernels.adaptiveGradient(L2, Ties.FIRST, none, bins, new float[0], 0, new float[0], 0);
  }

  @Test
  void whatDoesNotFitIsAnError() {
    float[] y = new float[2];
    fails("outHeight is 0; at least 1 was needed", () -> pool(L2, x, Bins.of(0, 2), y, 0));
    fails("y has 2 elements; from yOffset = 1 on, 2 were needed", () -> pool(L2, x, TWO, y, 1));
    fails("y overlaps x: in the same array", () -> pool(L2, x, TWO, values, 1));
    FeatureMap empty = FeatureMap.allocate(Layout.NCHW, new FeatureShape(1, 1, 0, 3));
    fails("shape is [1, 1, 0, 3]; H and W", () -> pool(L2, empty, Bins.of(1, 1), y, 0));
    fails(
        "bins are 2 × 3, for [1, 1, 2, 3] windows of 1 values; variance(1)",
        () -> pool(Reduction.variance(1), x, Bins.of(2, 3), new float[6], 0));
    fails(
        "r is lpNorm(2.0); MAX or MIN was needed",
        () -> kernels.adaptiveReduce(L2, x, TWO, y, 0, new int[2], 0));
    fails(
        "index has 2 elements; from indexOffset = 1 on, 2 were needed",
        () -> kernels.adaptiveReduce(Reduction.MIN, x, TWO, y, 0, new int[2], 1));
    assertThrows(NullPointerException.class, () -> pool(null, x, TWO, y, 0));
    assertThrows(NullPointerException.class, () -> pool(L2, null, TWO, y, 0));
    assertThrows(NullPointerException.class, () -> pool(L2, x, null, y, 0));
    assertThrows(NullPointerException.class, () -> pool(L2, x, TWO, null, 0));
    float[] gx = new float[6];
    fails(
        "gy has 2 elements; from gyOffset = 1 on, 2",
        () -> kernels.adaptiveGradient(L2, Ties.FIRST, x, TWO, y, 1, gx, 0));
    fails("gx overlaps x", () -> kernels.adaptiveGradient(L2, Ties.FIRST, x, TWO, y, 0, values, 0));
    assertThrows(
        NullPointerException.class, () -> kernels.adaptiveGradient(L2, null, x, TWO, y, 0, gx, 0));
    assertArrayEquals(new float[2], y);
  }

  /** Two slices of 2×2, pooled to one slice of two columns: [1 2; 3 4] and [5 6; 7 8]. */
  @Test
  void volumes() {
    float[] values = {1, 2, 3, 4, 5, 6, 7, 8};
    FeatureMap volume = FeatureMap.of(values, Layout.NCHW, FeatureShape.volume(1, 1, 2, 2, 2));
    Bins columns = Bins.ofVolume(2, 1, 1, 2);
    float[] y = new float[2];
    kernels.adaptiveReduce(Reduction.MEAN, volume, columns, y, 0);
    assertArrayEquals(new float[] {4, 5}, y);
    int[] index = new int[2];
    kernels.adaptiveReduce(Reduction.MIN, volume, columns, y, 0, index, 0);
    assertArrayEquals(new float[] {1, 2}, y);
    assertArrayEquals(new int[] {0, 1}, index);
    Bins rows = Bins.ofVolume(2, 1, 2, 1);
    kernels.adaptiveReduce(Reduction.MAX, volume, rows, y, 0, index, 0);
    assertArrayEquals(new float[] {6, 8}, y);
    assertArrayEquals(new int[] {5, 7}, index);
    float[] gx = new float[8];
    kernels.adaptiveGradient(
        Reduction.MEAN, Ties.FIRST, volume, rows, new float[] {4, 8}, 0, gx, 0);
    assertArrayEquals(new float[] {1, 1, 2, 2, 1, 1, 2, 2}, gx);
  }

  @Test
  void volumesThatDoNotFitAreErrors() {
    float[] y = {7, 7, 7, 7};
    int[] index = new int[4];
    float[] gx = new float[6];
    fails("slices is 0; at least 1 was needed", () -> Bins.ofVolume(0, 1, 1, 1));
    fails("outDepth is -1; at least 1 was needed", () -> Bins.ofVolume(2, -1, 1, 1));
    fails("outWidth is 0; at least 1 was needed", () -> Bins.ofVolume(2, 1, 1, 0));
    fails(
        "outDepth·outHeight is 2147483648; at most 2147483647 was needed",
        () -> Bins.ofVolume(2, 65_536, 32_768, 1));
    String rows = "shape is [1, 1, 2, 3], with 2 rows; a multiple of slices = 4 was needed";
    for (Bins bins : new Bins[] {Bins.ofVolume(4, 1, 1, 1), Bins.ofVolume(4, 2, 1, 2)}) {
      fails(rows, () -> pool(L2, x, bins, y, 0));
      fails(rows, () -> kernels.adaptiveReduce(Reduction.MAX, x, bins, y, 0, index, 0));
      fails(rows, () -> kernels.adaptiveGradient(L2, Ties.FIRST, x, bins, y, 0, gx, 0));
    }
    Bins bins = Bins.ofVolume(2, 2, 1, 2);
    fails("y has 4 elements; from yOffset = 1 on, 4 were needed", () -> pool(L2, x, bins, y, 1));
    fails(
        "bins are 2 × 1 × 2 of 2 slices, for [1, 1, 2, 3] windows of 2 values; variance(2)",
        () -> pool(Reduction.variance(2), x, bins, y, 0));
    assertArrayEquals(new float[] {7, 7, 7, 7}, y);
    assertArrayEquals(new int[4], index);
    assertArrayEquals(new float[6], gx);
  }

  private void pool(Reduction r, FeatureMap x, Bins bins, float[] y, int at) {
    kernels.adaptiveReduce(r, x, bins, y, at);
  }

  private static void fails(String message, Executable call) {
    Exception e = assertThrows(IllegalArgumentException.class, call);
    String begin = e.getMessage().substring(0, Math.min(message.length(), e.getMessage().length()));
    assertEquals(message, begin, e.getMessage());
  }
}
