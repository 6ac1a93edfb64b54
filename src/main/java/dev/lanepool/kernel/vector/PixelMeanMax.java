package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;

import java.util.Arrays;

/**
 * Sums and maxima of NHWC maps of few channels in one sweep, as {@link RowMeanMax} those of rows.
 * All 16 partial sums of every channel are formed together, as in {@link PixelSums}, and beside
 * each the signed maximum of its values; see {@link Extrema}. No check for NaN is needed, which the
 * sums are where a value is.
 */
final class PixelMeanMax {

  private static final LoopBoundary FOUR = MeanMaxLoop.of(4);
  private static final LoopBoundary ONE = MeanMaxLoop.of(1);
  private static final Boundary FOLD =
      new Boundary((x, start, stride, n, width, s) -> fold(width, s.extrema));

  private PixelMeanMax() {}

  /**
   * Adds the pixels of a block, all their channels, as {@link PixelSums#addBlock}, and joins their
   * maxima to s.second.
   */
  static void addBlock(float[] x, int start, int n, int channels, int divisor, Scratch s) {
    int row = LANES * channels;
    Arrays.fill(s.sums, 0, row, 0);
    Arrays.fill(s.extrema, 0, row, Integer.MIN_VALUE);
    int whole = n / LANES;
    int inFours = whole & -4;
    FOUR.reduce(x, start, row, inFours, row, s);
    ONE.reduce(x, start + inFours * row, row, whole - inFours, row, s);
    ONE.reduce(x, start + whole * row, row, 1, n % LANES * channels, s);
    for (int rows = LANES / 2; rows >= 1; rows /= 2) {
      FOLD.reduce(null, 0, 0, 0, rows * channels, s);
    }
    PixelSums.endTogether(channels, divisor, s);
    joinMaxima(x, start, n, channels, s);
  }

  private static void joinMaxima(float[] x, int start, int n, int channels, Scratch s) {
    if (PixelExtrema.anyNegative(s.extrema, channels) || anyNaN(s.first, channels)) {
      System.arraycopy(s.first, 0, s.copy, 0, channels);
      PixelExtrema.OF_ARRAYS.max(x, start, channels, n, channels, s);
      PixelReduction.join(s.first, channels, s.second);
      System.arraycopy(s.copy, 0, s.first, 0, channels);
      return;
    }
    for (int c = 0; c < channels; c++) {
      s.second[c] = Math.max(s.second[c], Float.intBitsToFloat(s.extrema[c]));
    }
  }

  private static boolean anyNaN(float[] v, int n) {
    boolean any = false;
    for (int i = 0; i < n; i++) {
      any |= v[i] != v[i];
    }
    return any;
  }

  /** Joins the rows of maxima that are width behind to the first. */
  private static void fold(int width, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      Lanes.max(at(e, c), at(e, width + c)).intoArray(e, c);
    }
  }
}
