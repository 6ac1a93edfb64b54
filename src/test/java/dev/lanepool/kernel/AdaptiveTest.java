package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveTest {
  private static final FeatureShape SHAPE = new FeatureShape(2, 3, 2, 3);

  private static final Bins TWO = Bins.of(2, 2);

  private final float[] x = filled(36);
  private final float[] y = filled(24);
  private final int[] index = IntStream.range(0, 24).map(i -> i % 2).toArray();

  private static float[] filled(int length) {
    float[] array = new float[length];
    Arrays.fill(array, 7);
    return array;
  }

  /**
   * Windows as PyTorch's {@code adaptive_avg_pool1d} has them.
   *
   * @see <a href="https://github.com/FlagOpen/FlagGems/issues/4924">FlagOpen/FlagGems#4924</a>
   * @see <a href="https://github.com/pytorch/pytorch/issues/81409">pytorch/pytorch#81409</a>
   */
  @ParameterizedTest
  @DisplayName("FlagGems#4924, pytorch/pytorch#81409: windows that don't divide the plane")
  @CsvSource({
    "10, 3, '0-4 3-7 6-10'",
    "5, 3, '0-2 1-4 3-5'",
    "7, 2, '0-4 3-7'",
    "2, 4, '0-1 0-1 1-2 1-2'",
    "3, 3, '0-1 1-2 2-3'",
    "1, 3, '0-1 0-1 0-1'",
    "4, 3, '0-2 1-3 2-4'",
    "224, 13, '0-18 17-35 34-52 51-69 68-87 86-104 103-121 120-138 137-156 155-173 172-190 189-207 206-224'"
  })
  void windowsAlongAnAxis(int in, int out, String windows) {
    float[] values = new float[in];
    for (int i = 0; i < in; i++) {
      values[i] = 1 << i % 20;
    }
    float[] expected = new float[out];
    String[] ranges = windows.split(" ");
    for (int o = 0; o < out; o++) {
      String[] ends = ranges[o].split("-");
      int start = Integer.parseInt(ends[0]);
      int end = Integer.parseInt(ends[1]);
      double sum = 0;
      for (int i = start; i < end; i++) {
        sum += values[i];
      }
      expected[o] = (float) (sum / (end - start));
    }
    float[] actual = new float[out];
    for (KernelSet k : Maps.backends()) {
      for (Layout layout : Layout.values()) {
        k.adaptiveMean(
            values, 0, layout, new FeatureShape(1, 1, 1, in), Bins.of(1, out), actual, 0);
        assertArrayEquals(expected, actual, "along W");
        k.adaptiveMean(
            values, 0, layout, new FeatureShape(1, 1, in, 1), Bins.of(out, 1), actual, 0);
        assertArrayEquals(expected, actual, "along H");
      }
    }
  }

  /**
   * @see <a href="https://github.com/pytorch/pytorch/issues/81409">pytorch/pytorch#81409</a>
   */
  @Test
  @DisplayName("pytorch/pytorch#81409: windows are in whole numbers, past 2^31 and 2^24")
  void longAxes() {
    int in = 3_000_000;
    float[] values = new float[in];
    int out = 997;
    for (int o = 0; o < out; o++) {
      values[(int) ((long) o * in / out)] = o + 1;
    }
    float[] max = new float[out];
    int[] pixels = new int[out];
    FeatureShape shape = new FeatureShape(1, 1, in, 1);
    Kernels.best().adaptiveMax(values, 0, Layout.NCHW, shape, Bins.of(out, 1), max, 0, pixels, 0);
    for (int o = 0; o < out; o++) {
      long next = (long) (o + 1) * in / out;
      boolean shared = (o + 1L) * in % out != 0 && o + 1 < out;
      assertEquals(shared ? next : (long) o * in / out, pixels[o], "window " + o);
      assertEquals(shared ? o + 2 : o + 1, max[o], "window " + o);
    }
  }

  /** More planes, and more rows of outputs, than are pooled together. */
  @ParameterizedTest
  @CsvSource({
    "300, 14, 14, 7, 7",
    "300, 7, 7, 3, 3",
    "9, 13, 32, 5, 11",
    "3, 300, 8, 290, 3",
    "2, 130, 32, 81, 40"
  })
  void manyPlanes(int channels, int height, int width, int outHeight, int outWidth) {
    FeatureShape shape = new FeatureShape(1, channels, height, width);
    Bins bins = Bins.of(outHeight, outWidth);
    float[] values = Values.CANCELLING.maps(new Random(channels), shape);
    int outputs = channels * outHeight * outWidth;
    float[] means = new float[outputs];
    float[] maxima = new float[outputs];
    int[] pixels = new int[outputs];
    KernelSet scalar = Kernels.scalar();
    scalar.adaptiveMean(values, 0, Layout.NCHW, shape, bins, means, 0);
    scalar.adaptiveMax(values, 0, Layout.NCHW, shape, bins, maxima, 0, pixels, 0);
    float[] actual = new float[outputs];
    int[] actualPixels = new int[outputs];
    for (KernelSet k : Maps.backends()) {
      k.adaptiveMean(values, 0, Layout.NCHW, shape, bins, actual, 0);
      assertArrayEquals(means, actual);
      k.adaptiveMax(values, 0, Layout.NCHW, shape, bins, actual, 0, actualPixels, 0);
      assertArrayEquals(maxima, actual);
      assertArrayEquals(pixels, actualPixels);
    }
  }

  @Test
  void sameSizeIsACopyAndLargerRepeats() {
    FeatureShape shape = new FeatureShape(1, 2, 2, 2);
    float[] values = {1, 2, 3, 4, -5, -6, -7, Float.NaN};
    float[] same = new float[8];
    float[] twice = new float[32];
    for (KernelSet k : Maps.backends()) {
      k.adaptiveMean(values, 0, Layout.NCHW, shape, TWO, same, 0);
      assertArrayEquals(values, same);
      k.adaptiveMean(values, 0, Layout.NCHW, shape, Bins.of(4, 4), twice, 0);
      assertArrayEquals(
          new float[] {1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4}, Arrays.copyOf(twice, 16));
    }
  }

  @Test
  void maximaWithoutIndices() {
    float[] values = {1, 5, 2, 4, 3, 6};
    FeatureShape shape = new FeatureShape(1, 1, 2, 3);
    float[] max = new float[2];
    for (KernelSet k : Maps.backends()) {
      for (Layout l : Layout.values()) {
        k.adaptiveMax(values, 0, l, shape, Bins.of(1, 2), max, 0, null, 0);
        assertArrayEquals(new float[] {5, 6}, max);
        k.adaptiveMax(values, 0, l, shape, Bins.of(1, 1), max, 0, null, 0);
        assertArrayEquals(new float[] {6, 6}, max);
      }
    }
  }

  @Test
  void gradientsOfKnownNumbers() {
    // Rows of 5 to 3 windows: 0-2, 1-4, 3-5.
    FeatureShape shape = new FeatureShape(1, 1, 1, 5);
    float[] gx = new float[5];
    KernelSet k = Kernels.best();
    k.adaptiveMeanGradient(new float[] {2, 3, 4}, 0, Layout.NCHW, shape, Bins.of(1, 3), gx, 0);
    assertArrayEquals(new float[] {1, 2, 1, 3, 2}, gx);
    int[] first = {1, 1, 4};
    k.adaptiveMaxGradient(
        new float[] {2, 3, 4}, 0, first, 0, Layout.NCHW, shape, Bins.of(1, 3), gx, 0);
    assertArrayEquals(new float[] {0, 5, 0, 0, 4}, gx);
  }

  @Test
  void emptyBatchesAreEmptyResults() {
    int most = Integer.MAX_VALUE;
    for (FeatureShape none :
        new FeatureShape[] {
          new FeatureShape(0, 3, 2, 2),
          new FeatureShape(2, 0, 2, 2),
          new FeatureShape(0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE),
          new FeatureShape(Integer.MAX_VALUE, 0, 2, 2)
        }) {
      for (KernelSet k : Maps.backends()) {
        for (Layout l : Layout.values()) {
          k.adaptiveMean(x, 0, l, none, Bins.of(3, 70_000), y, 24);
          k.adaptiveMax(x, 0, l, none, Bins.of(70_000, 70_000), y, 24, index, 24);
          k.adaptiveMean(x, 0, l, none, Bins.of(most, most), y, 24);
          k.adaptiveMax(x, 0, l, none, Bins.of(most, most), y, 24, null, 0);
          k.adaptiveMeanGradient(y, 0, l, none, Bins.of(1, 1), x, 36);
          k.adaptiveMeanGradient(y, 0, l, none, Bins.of(2, 70_000), x, 36);
          k.adaptiveMaxGradient(y, 0, index, 0, l, none, Bins.of(70_000, 70_000), x, 36);
        }
      }
    }
    assertNothingWritten();
  }

  @Test
  void badArgumentsAreErrorsAndNothingIsWritten() {
    int most = Integer.MAX_VALUE;
    FeatureShape noPixels = new FeatureShape(2, 3, 0, 3);
    Bins odd = Bins.ofVolume(3, 1, 2, 2);
    float[] all = filled(60);
    for (KernelSet k : Maps.backends()) {
      for (Layout l : Layout.values()) {
        poolingFails("x is null", k, null, l, SHAPE, TWO, y, 0);
        poolingFails("layout is null", k, x, null, SHAPE, TWO, y, 0);
        poolingFails("shape is null", k, x, l, null, TWO, y, 0);
        poolingFails("bins is null", k, x, l, SHAPE, null, y, 0);
        poolingFails("y is null", k, x, l, SHAPE, TWO, null, 0);
        poolingFails("shape is [2, 3, 0, 3]; H and W", k, x, l, noPixels, TWO, y, 0);
        poolingFails("shape is [2, 3, 2, 3], with 2 rows; a multiple", k, x, l, SHAPE, odd, y, 0);
        poolingFails("x has 35 elements", k, new float[35], l, SHAPE, TWO, y, 0);
        poolingFails(
            "y has 24 elements; from yOffset = 0 on, 36", k, x, l, SHAPE, Bins.of(2, 3), y, 0);
        poolingFails("y has 24 elements; from yOffset = 1 on, 24", k, x, l, SHAPE, TWO, y, 1);
        poolingFails("yOffset is -1; an offset", k, x, l, SHAPE, TWO, y, -1);
        poolingFails("y overlaps x", k, all, l, SHAPE, TWO, all, 35);
        // 2^64 and more outputs, few of them where 64 bits are counted.
        poolingFails("y has 24 elements", k, x, l, SHAPE, Bins.of(most, most), y, 0);
        poolingFails("y has 24 elements", k, x, l, SHAPE, Bins.of(1 << 30, 1 << 30), y, 0);
        fails("index is null", () -> k.adaptiveMaxGradient(y, 0, null, 0, l, SHAPE, TWO, x, 0));
        indexFails("index has 24 elements; from indexOffset = 1 on, 24", k, l, index, 1);
        indexFails("indexOffset is -1; an offset", k, l, index, -1);
        gradientFails("gy is null", k, null, l, SHAPE, TWO, x, 0);
        gradientFails("bins is null", k, y, l, SHAPE, null, x, 0);
        gradientFails("shape is [2, 3, 2, 3], with 2 rows; a multiple", k, y, l, SHAPE, odd, x, 0);
        gradientFails("gx is null", k, y, l, SHAPE, TWO, null, 0);
        gradientFails("gx has 36 elements; from gxOffset = 1 on, 36", k, y, l, SHAPE, TWO, x, 1);
        gradientFails(
            "gy has 24 elements; from gyOffset = 0 on, 36", k, y, l, SHAPE, Bins.of(2, 3), x, 0);
        gradientFails("gx overlaps gy", k, all, l, SHAPE, TWO, all, 23);
        gradientFails("shape is [2, 3, 0, 3]; H and W", k, y, l, noPixels, TWO, x, 0);
      }
    }
    assertArrayEquals(filled(60), all, "written");
  }

  @Test
  void indicesOutsideTheirWindowsAreErrors() {
    // 2 × 2 windows of 2 × 3 pixels: columns 0-2 and 1-3.
    int[] good = {0, 1, 3, 5};
    for (int[] bad : new int[][] {{0, -1}, {0, 2}, {0, 3}, {1, 3}, {2, 0}, {3, 6}, {3, 1 << 30}}) {
      int row = bad[0] / 2;
      String window = "rows " + row + " to " + row + " and columns ";
      indexOutsideFails(good, bad, window, new FeatureShape(1, 1, 2, 3), TWO);
    }
  }

  @Test
  void indicesOutsideTheirVolumesAreErrors() {
    // 3 slices of 3 × 1 pixels, slices and rows 0-2 and 1-3: pixel 3·d + h.
    int[] good = {0, 5, 4, 8};
    String front = "slices 0 to 1, rows 0 to 1 and columns 0 to 0 of planes 1 wide";
    String back = "slices 1 to 2, rows 1 to 2 and columns 0 to 0 of planes 1 wide";
    FeatureShape shape = FeatureShape.volume(1, 1, 3, 3, 1);
    Bins bins = Bins.ofVolume(3, 2, 2, 1);
    for (int pixel : new int[] {-1, 2, 5, 6, 9}) {
      indexOutsideFails(good, new int[] {0, pixel}, front, shape, bins);
    }
    for (int pixel : new int[] {-1, 2, 3, 6, 9, 1 << 30}) {
      indexOutsideFails(good, new int[] {3, pixel}, back, shape, bins);
    }
    Kernels.best().adaptiveMaxGradient(y, 0, good, 0, Layout.NCHW, shape, bins, new float[9], 0);
  }

  /** With the pixel bad[1] at bad[0]. */
  private void indexOutsideFails(
      int[] good, int[] bad, String window, FeatureShape shape, Bins bins) {
    int[] pixels = good.clone();
    pixels[bad[0]] = bad[1];
    float[] gx = filled((int) shape.elements());
    for (Layout l : Layout.values()) {
      fails(
          "index[" + bad[0] + "] is " + bad[1] + "; a pixel of its window, " + window,
          () -> Kernels.best().adaptiveMaxGradient(y, 0, pixels, 0, l, shape, bins, gx, 0));
    }
    assertArrayEquals(filled(gx.length), gx, "written");
  }

  private void poolingFails(
      String message,
      KernelSet k,
      float[] x,
      Layout l,
      FeatureShape shape,
      Bins bins,
      float[] y,
      int at) {
    fails(message, () -> k.adaptiveMean(x, 0, l, shape, bins, y, at));
    fails(message, () -> k.adaptiveMax(x, 0, l, shape, bins, y, at, index, 0));
  }

  private void indexFails(String message, KernelSet k, Layout l, int[] index, int at) {
    fails(message, () -> k.adaptiveMax(x, 0, l, SHAPE, TWO, y, 0, index, at));
    fails(message, () -> k.adaptiveMaxGradient(y, 0, index, at, l, SHAPE, TWO, x, 0));
  }

  private void gradientFails(
      String message,
      KernelSet k,
      float[] gy,
      Layout l,
      FeatureShape shape,
      Bins bins,
      float[] gx,
      int at) {
    fails(message, () -> k.adaptiveMeanGradient(gy, 0, l, shape, bins, gx, at));
    fails(message, () -> k.adaptiveMaxGradient(gy, 0, index, 0, l, shape, bins, gx, at));
  }

  private void fails(String message, Executable call) {
    Exception e = assertThrows(RuntimeException.class, call);
    assertEquals(
        message.endsWith("is null") ? NullPointerException.class : IllegalArgumentException.class,
        e.getClass());
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
    assertNothingWritten();
  }

  private void assertNothingWritten() {
    assertArrayEquals(filled(36), x, "x was written");
    assertArrayEquals(filled(24), y, "y was written");
    assertArrayEquals(IntStream.range(0, 24).map(i -> i % 2).toArray(), index, "index was written");
  }
}
