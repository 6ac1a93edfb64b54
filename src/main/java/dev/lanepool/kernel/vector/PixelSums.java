package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;
import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;

import dev.lanepool.kernel.internal.SumOrder;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Sums over strided pixels, in double and in the contract's order; the lanes are channels.
 *
 * <p>Pixel p of a block belongs to partial sum p mod 16, a row of doubles with one value per
 * channel. Of many channels, two partial sums that the first fold adds are formed at a time, so
 * that they stay in the L1 cache; of few, all 16, as if the channels of 16 pixels were channels.
 */
final class PixelSums {
  static final PixelSums OF_ARRAYS = new PixelSums(PixelRows.OF_ARRAYS);

  private static final int TILE = Scratch.CHANNELS;

  /**
   * So many channels or fewer: their 16 partial sums, one behind the other, stay in the L1 cache.
   */
  private static final int TOGETHER = 2 * TILE / LANES;

  // Places in the scratch: at the beginning two partial sums, or all of few channels; then the
  // eight rows after the first fold; then the sums.
  private static final int OTHER = TILE;
  private static final int FOLDED = 2 * TILE;
  private static final int SUMS = FOLDED + LANES / 2 * TILE;

  /** Doubles of scratch. */
  static final int SCRATCH = SUMS + TILE;

  private static final Boundary FOLD =
      new Boundary((x, start, stride, n, width, s) -> fold(s.sums, s.position, n, width));

  private static final Boundary FOLD_REST =
      new Boundary((x, start, stride, n, width, s) -> foldRest(s.sums, width, n, s.first));

  private final PixelRows rows;

  /** Over the storage that the rows are made from. */
  PixelSums(PixelRows rows) {
    this.rows = rows;
  }

  /**
   * The sums of n pixels of {@code width} adjacent channels, a multiple of the double lanes and
   * {@link Scratch#CHANNELS} at the most, divided and rounded once, to s.first. Pixels lie {@code
   * stride} apart.
   */
  void sum(Object x, int start, int stride, int n, int width, int divisor, Scratch s) {
    begin(width, s);
    for (int done = 0; done < n; done += BLOCK) {
      int first = start + done * stride;
      addBlock(x, first, stride, Math.min(BLOCK, n - done), width, divisor, s);
    }
  }

  /** Begins what {@link #addBlock} goes on with, of {@code width} channels. */
  static void begin(int width, Scratch s) {
    Arrays.fill(s.sums, SUMS, SUMS + width, SumOrder.NOTHING);
  }

  /** As {@link #sum}: the next pixels, a block of them or the last. */
  void addBlock(Object x, int start, int stride, int n, int width, int divisor, Scratch s) {
    if (n <= PixelRows.FOLDED_PIXELS) {
      Arrays.fill(s.sums, FOLDED + Math.min(n, 8) * width, FOLDED + 8 * width, 0);
      rows.folded(x, start, stride, n, width, s, FOLDED);
    } else {
      folded(x, start, stride, n, width, s);
    }
    FOLD_REST.reduce(null, 0, 0, divisor, width, s);
  }

  /** Whether the 16 partial sums of such channels are formed together, at the beginning. */
  static boolean together(int stride, int n, int width) {
    return n > PixelRows.FOLDED_PIXELS && width == stride && width <= TOGETHER;
  }

  /** As {@link #addBlock}, of the partial sums that were formed together. */
  static void endTogether(int width, int divisor, Scratch s) {
    foldTogether(width, s);
    FOLD_REST.reduce(null, 0, 0, divisor, width, s);
  }

  private static void foldTogether(int width, Scratch s) {
    s.position = FOLDED;
    FOLD.reduce(null, 0, 0, LANES / 2 * width, LANES / 2 * width, s);
  }

  /** The eight rows of partial sums of a block that are left after the first fold. */
  private void folded(Object x, int start, int stride, int n, int width, Scratch s) {
    if (together(stride, n, width)) {
      partials(x, start, stride, n, 0, LANES, width, s, 0);
      foldTogether(width, s);
      return;
    }
    for (int lane = 0; lane < LANES / 2; lane++) {
      partials(x, start, stride, n, lane, 1, width, s, 0);
      partials(x, start, stride, n, lane + LANES / 2, 1, width, s, OTHER);
      s.position = FOLDED + lane * width;
      FOLD.reduce(null, 0, 0, OTHER, width, s);
    }
  }

  /** The partial sums of lane and after, so many together, to a place. */
  private void partials(
      Object x,
      int start,
      int stride,
      int n,
      int lane,
      int together,
      int width,
      Scratch s,
      int to) {
    int whole = n / LANES;
    int first = start + lane * stride;
    rows.sum(x, first, LANES * stride, whole, together * width, s, to);
    int rest = Math.clamp(n % LANES - lane, 0, together);
    if (rest > 0) {
      rows.add(x, first + whole * LANES * stride, stride, 1, rest * width, s, to);
    }
  }

  /** The first fold: what is at the beginning, and so far behind. */
  static void fold(double[] s, int to, int other, int width) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      at(s, c).add(at(s, other + c)).intoArray(s, to + c);
    }
  }

  /**
   * The other folds, then the block's sum to the others, and what they would be divided; after each
   * block, since folding is done while the divider works.
   */
  private static void foldRest(double[] s, int width, double divisor, float[] y) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      int i = FOLDED + c;
      // A partial sum begins at +0, so that of a block of -0 is +0.
      DoubleVector sum = at(s, SUMS + c).add(eight(s, i, width).add(0));
      sum.intoArray(s, SUMS + c);
      Lanes.narrow(sum.div(divisor)).intoArray(y, c);
    }
  }

  /** The other folds of the eight rows of partial sums from i on. */
  static DoubleVector eight(double[] s, int i, int width) {
    DoubleVector even = fours(s, i, width).add(fours(s, i + 2 * width, width));
    DoubleVector odd = fours(s, i + width, width).add(fours(s, i + 3 * width, width));
    return even.add(odd);
  }

  private static DoubleVector fours(double[] s, int i, int width) {
    return at(s, i).add(at(s, i + 4 * width));
  }
}
