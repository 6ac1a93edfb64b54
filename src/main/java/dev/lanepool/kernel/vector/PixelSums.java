package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Sums over strided pixels, in double and in the contract's order; the lanes are channels.
 *
 * <p>Pixel p of a block belongs to partial sum p mod 16, a row of doubles with one value per
 * channel. Pixels of the same partial sum are added four at a time, which spares reading and
 * writing it once per pixel. A few adjacent channels are summed at a time, so that each line of
 * memory is read once and the partial sums stay in the L1 cache.
 */
final class PixelSums {
  private static final int TILE = Scratch.PLANES;
  private static final int BLOCK = RowSums.BLOCK;
  private static final int LANES = 16;

  /** Pixels of a pass: four for each partial sum. */
  private static final int PASS = 4 * LANES;

  private static final double[] ZEROS = new double[TILE];

  /** Where the sums are in the scratch: behind the partial sums. */
  static final int SUMS = LANES * TILE;

  /** Doubles of scratch. */
  static final int SCRATCH = SUMS + TILE;

  private PixelSums() {}

  /**
   * Sums n pixels of {@code width} adjacent channels, a multiple of the double lanes and {@link
   * Scratch#PLANES} at the most, into s[SUMS..]. Pixels lie {@code stride} apart. Where extrema are
   * given, the pixels of each pass go into them as well, while they are in the L1 cache.
   */
  static void sum(float[] x, int start, int stride, int n, int width, double[] s, int[] extrema) {
    Arrays.fill(s, SUMS, SUMS + width, RowSums.NOTHING);
    for (int done = 0; done < n; done += BLOCK) {
      block(x, start + done * stride, stride, Math.min(BLOCK, n - done), width, s, extrema);
      for (int half = LANES / 2; half >= 1; half /= 2) {
        addInPlace(s, 0, half * width, half * width);
      }
      addInPlace(s, SUMS, 0, width);
    }
  }

  private static void block(
      float[] x, int start, int stride, int n, int width, double[] s, int[] extrema) {
    // Partial sums that no pixel of the block belongs to.
    Arrays.fill(s, Math.min(n, LANES) * width, LANES * width, 0);
    for (int done = 0; done < n; done += PASS) {
      int count = Math.min(PASS, n - done);
      int first = start + done * stride;
      for (int lane = 0; lane < Math.min(count, LANES); lane++) {
        int pixels = (count - lane + LANES - 1) / LANES;
        PixelRows form = PixelRows.of(pixels);
        // A choice between vectors would box them, so the first pass reads its zeros, too.
        double[] from = done == 0 ? ZEROS : s;
        int at = done == 0 ? 0 : lane * width;
        form.add(x, first + lane * stride, LANES * stride, width, from, at, s, lane * width);
      }
      if (extrema != null) {
        PixelExtrema.add(x, first, stride, count, width, extrema);
      }
    }
  }

  /** s[to + i] += s[from + i] for i below count, a multiple of the lanes. */
  private static void addInPlace(double[] s, int to, int from, int count) {
    for (int i = 0; i < count; i += DOUBLE_LANES) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, s, to + i);
      sum.add(DoubleVector.fromArray(DOUBLES, s, from + i)).intoArray(s, to + i);
    }
  }
}
