package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
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

  private static final int LANES = RowSums.LANES;

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
    Arrays.fill(s.sums, 0, LANES * width, 0);
    for (int lane = 0; lane < Math.min(n, LANES); lane++) {
      int count = selected(lane, n, s);
      if (binary) {
        addAll(x, start, stride, width, count, s, lane * width);
      } else {
        for (int i = 0; i < count; i++) {
          int pixel = s.index[i];
          WEIGHED.reduce(x, start + pixel * stride, pixel, lane * width, width, s);
        }
      }
    }
    for (int half = LANES / 2 * width; half >= width; half /= 2) {
      for (int i = 0; i < half; i++) {
        s.sums[i] += s.sums[half + i];
      }
    }
  }

  /** The pixels of a partial sum that have a weight, to s.index; returns how many. */
  private static int selected(int lane, int n, Scratch s) {
    int count = 0;
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
      PixelRows.add(x, start + first * stride, step * stride, pixels, width, s, to);
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
