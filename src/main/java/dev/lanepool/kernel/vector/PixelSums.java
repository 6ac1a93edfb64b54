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
  private static final int TILE = Scratch.CHANNELS;
  private static final int BLOCK = RowSums.BLOCK;
  private static final int LANES = 16;

  /** Pixels of a pass: four for each partial sum. */
  private static final int PASS = 4 * LANES;

  /** Where the sums are in the scratch: behind the partial sums. */
  static final int SUMS = LANES * TILE;

  /** Doubles of scratch. */
  static final int SCRATCH = SUMS + TILE;

  private static final Boundary FOLD =
      new Boundary((x, start, stride, n, width, s) -> fold(s.sums, width));

  private PixelSums() {}

  /**
   * Sums n pixels of {@code width} adjacent channels, a multiple of the double lanes and {@link
   * Scratch#CHANNELS} at the most, into s.sums[SUMS..]. Pixels lie {@code stride} apart. What else
   * is to be done with the pixels is done pass by pass, while they are in the L1 cache; may be
   * null.
   */
  static void sum(float[] x, int start, int stride, int n, int width, Scratch s, Boundary also) {
    Arrays.fill(s.sums, SUMS, SUMS + width, RowSums.NOTHING);
    for (int done = 0; done < n; done += BLOCK) {
      block(x, start + done * stride, stride, Math.min(BLOCK, n - done), width, s, also);
      FOLD.reduce(x, start, stride, n, width, s);
    }
  }

  private static void block(
      float[] x, int start, int stride, int n, int width, Scratch s, Boundary also) {
    Arrays.fill(s.sums, 0, LANES * width, 0);
    for (int done = 0; done < n; done += PASS) {
      int count = Math.min(PASS, n - done);
      int first = start + done * stride;
      pass(x, first, stride, count, width, s);
      if (also != null) {
        also.reduce(x, first, stride, count, width, s);
      }
    }
  }

  private static void pass(float[] x, int start, int stride, int n, int width, Scratch s) {
    if (n == PASS && width == stride) {
      // All channels of 16 pixels lie side by side, and so do their partial sums: one long loop.
      PixelRows.add(4, x, start, LANES * stride, LANES * width, s, 0);
      return;
    }
    for (int lane = 0; lane < Math.min(n, LANES); lane++) {
      int pixels = (n - lane + LANES - 1) / LANES;
      PixelRows.add(pixels, x, start + lane * stride, LANES * stride, width, s, lane * width);
    }
  }

  /** The partial sums by halves, then the block's sum to the others. */
  private static void fold(double[] s, int width) {
    for (int half = LANES / 2; half >= 1; half /= 2) {
      addInPlace(s, 0, half * width, half * width);
    }
    addInPlace(s, SUMS, 0, width);
  }

  /** s[to + i] += s[from + i] for i below count, a multiple of the lanes. */
  private static void addInPlace(double[] s, int to, int from, int count) {
    for (int i = 0; i < count; i += DOUBLE_LANES) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, s, to + i);
      sum.add(DoubleVector.fromArray(DOUBLES, s, from + i)).intoArray(s, to + i);
    }
  }
}
