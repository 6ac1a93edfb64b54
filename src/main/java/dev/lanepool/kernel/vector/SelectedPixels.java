package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.widen;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Weighted sums over the pixels of NHWC maps; the lanes are channels. Pixel p of a block belongs to
 * partial sum p mod 16, as in {@link PixelSums}; pixels of weight 0 are passed over.
 */
final class SelectedPixels {
  /** The most channels together. */
  static final int CHANNELS = Scratch.PLANES;

  private static final int LANES = RowSums.LANES;

  private static final Boundary SUMS =
      new Boundary((x, start, stride, n, width, s) -> partialSums(x, start, stride, width, n, s));

  private SelectedPixels() {}

  /**
   * Sums n pixels, a block at the most, of {@code width} adjacent channels to s.sums. Pixels lie
   * {@code stride} apart.
   *
   * @param s has the factors at the beginning of s.factors
   */
  static void sums(float[] x, int start, int stride, int width, int n, Scratch s) {
    Arrays.fill(s.sums, 0, LANES * width, 0);
    SUMS.reduce(x, start, stride, n, width, s);
    for (int half = LANES / 2 * width; half >= width; half /= 2) {
      for (int i = 0; i < half; i++) {
        s.sums[i] += s.sums[half + i];
      }
    }
  }

  private static void partialSums(float[] x, int start, int stride, int width, int n, Scratch s) {
    for (int lane = 0; lane < Math.min(n, LANES); lane++) {
      int count = selected(lane, n, s);
      int to = lane * width;
      int i = 0;
      for (; i <= count - 4; i += 4) {
        addFour(x, start, stride, width, s.index, i, s.factors, s.sums, to);
      }
      for (; i < count; i++) {
        int pixel = s.index[i];
        addOne(x, start + pixel * stride, width, s.factors[pixel], s.sums, to);
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

  /** Four pixels at once, which spares reading and writing the partial sums for each. */
  private static void addFour(
      float[] x,
      int start,
      int stride,
      int width,
      int[] pixels,
      int at,
      double[] factors,
      double[] s,
      int to) {
    double f0 = factors[pixels[at]];
    double f1 = factors[pixels[at + 1]];
    double f2 = factors[pixels[at + 2]];
    double f3 = factors[pixels[at + 3]];
    int i0 = start + pixels[at] * stride;
    int i1 = start + pixels[at + 1] * stride;
    int i2 = start + pixels[at + 2] * stride;
    int i3 = start + pixels[at + 3] * stride;
    int c = 0;
    for (; c <= width - DOUBLE_LANES; c += DOUBLE_LANES) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, s, to + c).add(widen(x, i0 + c).mul(f0));
      sum = sum.add(widen(x, i1 + c).mul(f1)).add(widen(x, i2 + c).mul(f2));
      sum.add(widen(x, i3 + c).mul(f3)).intoArray(s, to + c);
    }
    for (; c < width; c++) {
      s[to + c] = s[to + c] + f0 * x[i0 + c] + f1 * x[i1 + c] + f2 * x[i2 + c] + f3 * x[i3 + c];
    }
  }

  private static void addOne(float[] x, int i, int width, double factor, double[] s, int to) {
    int c = 0;
    for (; c <= width - DOUBLE_LANES; c += DOUBLE_LANES) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, s, to + c);
      sum.add(widen(x, i + c).mul(factor)).intoArray(s, to + c);
    }
    for (; c < width; c++) {
      s[to + c] += factor * x[i + c];
    }
  }
}
