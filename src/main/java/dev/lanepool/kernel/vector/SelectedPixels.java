package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.widen;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Sums of the selected pixels of NHWC maps; the lanes are channels. Pixel p of a block belongs to
 * partial sum p mod 16, as in {@link PixelSums}; pixels of weight 0 are passed over.
 */
final class SelectedPixels {
  /** The most channels together: their 16 partial sums stay in the L1 cache. */
  static final int CHANNELS = 256;

  /** Channels of which a pixel is a line or two of memory: their sums stay in registers. */
  private static final int FEW = DOUBLE_LANES == 8 ? 64 : 48;

  private static final PixelRows ROWS = PixelRows.OF_ARRAYS;

  private static final Boundary FOLDED = new Boundary(SelectedPixels::foldedRow);
  private static final Boundary FEW_CHANNELS = new Boundary(SelectedPixels::fewChannels);
  private static final Boundary WEIGHED = new Boundary(SelectedPixels::weighed);

  private SelectedPixels() {}

  /**
   * Sums n pixels, a block at the most, of {@code width} adjacent channels, a multiple of the
   * double lanes, to s.sums. Pixels lie {@code stride} apart.
   *
   * @param binary whether all weights are 0 or 1
   * @param s has the weights at the beginning of s.factors
   */
  static void sums(float[] x, int start, int stride, int width, int n, boolean binary, Scratch s) {
    if (binary && n <= PixelRows.FOLDED_PIXELS) {
      folded(x, start, stride, width, n, s);
      halves(s.sums, LANES / 4 * width, width);
      return;
    }
    Arrays.fill(s.sums, 0, LANES * width, 0);
    for (int lane = 0; lane < Math.min(n, LANES); lane++) {
      int count = selected(lane, n, 0, s);
      if (binary && width <= FEW) {
        s.position = lane * width;
        toPlaces(count, stride, s);
        FEW_CHANNELS.reduce(x, start, 0, count, width, s);
      } else if (binary) {
        addAll(x, start, stride, width, count, s, lane * width);
      } else {
        for (int i = 0; i < count; i++) {
          int pixel = s.index[i];
          WEIGHED.reduce(x, start + pixel * stride, pixel, lane * width, width, s);
        }
      }
    }
    halves(s.sums, LANES / 2 * width, width);
  }

  /** Folds from 2 · half sums to width of them. */
  private static void halves(double[] sums, int half, int width) {
    for (; half >= width; half /= 2) {
      for (int i = 0; i < half; i++) {
        sums[i] += sums[half + i];
      }
    }
  }

  /** Of a few pixels, the eight rows of partial sums that are left after the first fold. */
  private static void folded(float[] x, int start, int stride, int width, int n, Scratch s) {
    for (int lane = 0; lane < LANES / 2; lane++) {
      int count = selected(lane, n, 0, s);
      int both = selected(lane + LANES / 2, n, count, s);
      s.position = lane * width;
      toPlaces(both, stride, s);
      FOLDED.reduce(x, start, count, both, width, s);
    }
  }

  /** Makes the first pixels of s.index the places where they begin. */
  private static void toPlaces(int count, int stride, Scratch s) {
    for (int i = 0; i < count; i++) {
      s.index[i] *= stride;
    }
  }

  /** The sums of the first pixels and of the others, added. */
  private static void foldedRow(float[] x, int start, int first, int n, int width, Scratch s) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      foldedSum(x, start + c, first, n, s.index, s.sums, s.position + c);
    }
  }

  private static void foldedSum(
      float[] x, int start, int first, int n, int[] pixels, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    for (int i = 0; i < first; i++) {
      low = exact(low).add(widen(x, start + pixels[i]));
    }
    for (int i = first; i < n; i++) {
      high = exact(high).add(widen(x, start + pixels[i]));
    }
    exact(low).add(exact(high)).intoArray(s, to);
  }

  /** The sums of n pixels, four vectors of channels at a time. */
  private static void fewChannels(float[] x, int start, int none, int n, int width, Scratch s) {
    int c = 0;
    for (; c <= width - 4 * DOUBLE_LANES; c += 4 * DOUBLE_LANES) {
      fourSums(x, start + c, n, s.index, s.sums, s.position + c);
    }
    for (; c < width; c += DOUBLE_LANES) {
      foldedSum(x, start + c, n, n, s.index, s.sums, s.position + c);
    }
  }

  private static void fourSums(float[] x, int start, int n, int[] pixels, double[] s, int to) {
    DoubleVector first = DoubleVector.zero(DOUBLES);
    DoubleVector second = DoubleVector.zero(DOUBLES);
    DoubleVector third = DoubleVector.zero(DOUBLES);
    DoubleVector fourth = DoubleVector.zero(DOUBLES);
    for (int k = 0; k < n; k++) {
      int i = start + pixels[k];
      first = exact(first).add(widen(x, i));
      second = exact(second).add(widen(x, i + DOUBLE_LANES));
      third = exact(third).add(widen(x, i + 2 * DOUBLE_LANES));
      fourth = exact(fourth).add(widen(x, i + 3 * DOUBLE_LANES));
    }
    exact(first).intoArray(s, to);
    exact(second).intoArray(s, to + DOUBLE_LANES);
    exact(third).intoArray(s, to + 2 * DOUBLE_LANES);
    exact(fourth).intoArray(s, to + 3 * DOUBLE_LANES);
  }

  /** The pixels of a partial sum that have a weight, to s.index[count..]; the count with them. */
  private static int selected(int lane, int n, int count, Scratch s) {
    for (int pixel = lane; pixel < n; pixel += LANES) {
      if (s.factors[pixel] != 0) {
        s.index[count++] = pixel;
      }
    }
    return count;
  }

  /** Four pixels at once where they are equally far apart, else two, however far that is. */
  private static void addAll(
      float[] x, int start, int stride, int width, int count, Scratch s, int to) {
    for (int i = 0; i < count; ) {
      int first = s.index[i];
      int step = i + 1 < count ? s.index[i + 1] - first : 0;
      boolean four =
          i + 3 < count && s.index[i + 2] == first + 2 * step && s.index[i + 3] == first + 3 * step;
      int pixels = four ? 4 : Math.min(2, count - i);
      ROWS.add(x, start + first * stride, step * stride, pixels, width, s, to);
      i += pixels;
    }
  }

  private static void weighed(float[] x, int start, int pixel, int to, int width, Scratch s) {
    double weight = s.factors[pixel];
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, s.sums, to + c);
      sum.add(widen(x, start + c).mul(weight)).intoArray(s.sums, to + c);
    }
  }
}
