package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;

import java.util.Arrays;

/**
 * Sums of the selected pixels of NHWC maps; the lanes are channels. Pixel p of a block belongs to
 * partial sum p mod 16, as in {@link PixelSums}; pixels of weight 0 are passed over.
 */
final class SelectedPixels {
  /** The most channels together: their 16 partial sums stay in the L1 cache. */
  static final int CHANNELS = 256;

  /** Channels of which a pixel is so little memory that one may be read after another in part. */
  private static final int FEW = 48;

  /** Pixels together: of more of few channels, those of a partial sum would be too far apart. */
  private static final int CHUNK = 1024;

  private static final Boundary FOLD_ROWS = new Boundary(SelectedPixels::foldRows);

  private static final SelectedPixels KEPT = new SelectedPixels(false);
  private static final SelectedPixels WEIGHED = new SelectedPixels(true);

  private final LoopBoundary begin;
  private final LoopBoundary fold;
  private final LoopBoundary addFew;
  private final LoopBoundary addMany;

  private SelectedPixels(boolean weighed) {
    begin = SelectedLoop.of(SelectedLoop.Step.BEGIN, weighed);
    fold = SelectedLoop.of(SelectedLoop.Step.FOLD, weighed);
    addFew = SelectedLoop.of(SelectedLoop.Step.ADD_FEW, weighed);
    addMany = SelectedLoop.of(SelectedLoop.Step.ADD_MANY, weighed);
  }

  /**
   * Sums n pixels, a block at the most, of {@code width} adjacent channels, a multiple of the
   * double lanes, to s.sums. Pixels lie {@code stride} apart.
   *
   * @param binary whether all weights are 0 or 1
   * @param s has the weights at the beginning of s.factors, and ones in s.keep where they are not 0
   */
  static void sums(float[] x, int start, int stride, int width, int n, boolean binary, Scratch s) {
    SelectedPixels form = binary ? KEPT : WEIGHED;
    if (n <= PixelRows.FOLDED_PIXELS) {
      form.fold(x, start, stride, width, n, s);
      FOLD_ROWS.reduce(null, 0, 0, LANES / 2, width, s);
    } else {
      form.add(x, start, stride, width, n, s);
      FOLD_ROWS.reduce(null, 0, 0, LANES, width, s);
    }
  }

  /** Of a few pixels, the eight rows of partial sums that are left after the first fold. */
  private void fold(float[] x, int start, int stride, int width, int n, Scratch s) {
    for (int lane = 0; lane < LANES / 2; lane++) {
      s.position = lane * width;
      if (!reduce(begin, x, start, stride, width, lane, n, s)) {
        Arrays.fill(s.sums, s.position, s.position + width, 0);
      }
      reduce(fold, x, start, stride, width, lane + LANES / 2, n, s);
    }
  }

  /** The 16 rows of partial sums. */
  private void add(float[] x, int start, int stride, int width, int n, Scratch s) {
    Arrays.fill(s.sums, 0, LANES * width, 0);
    LoopBoundary loop = width <= FEW ? addFew : addMany;
    for (int first = 0; first < n; first += CHUNK) {
      int end = Math.min(n, first + CHUNK);
      for (int lane = 0; lane < LANES; lane++) {
        s.position = lane * width;
        reduce(loop, x, start, stride, width, first + lane, end, s);
      }
    }
  }

  /** The selected of a partial sum's pixels, first and each 16th after it; whether there is one. */
  private static boolean reduce(
      LoopBoundary loop,
      float[] x,
      int start,
      int stride,
      int width,
      int first,
      int end,
      Scratch s) {
    int count = list(first, end, stride, s);
    if (count > 0) { // the loops box their vectors where most of the first calls have no pixel
      loop.reduce(x, start, stride, count, width, s);
    }
    return count > 0;
  }

  /** Lists the places and weights of a partial sum's pixels that have one; how many there are. */
  private static int list(int first, int end, int stride, Scratch s) {
    int count = 0;
    for (int pixel = first; pixel < end; pixel += LANES) {
      s.index[count] = pixel * stride;
      s.others[count] = s.factors[pixel];
      count -= (int) s.keep[pixel]; // no branch, since any pixel may be selected
    }
    return count;
  }

  /** The rows, all or those after the first fold, to their sums. */
  private static void foldRows(float[] none, int from, int step, int rows, int width, Scratch s) {
    if (rows == LANES) {
      PixelSums.fold(s.sums, 0, LANES / 2 * width, LANES / 2 * width);
    }
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      PixelSums.eight(s.sums, c, width).intoArray(s.sums, c);
    }
  }
}
