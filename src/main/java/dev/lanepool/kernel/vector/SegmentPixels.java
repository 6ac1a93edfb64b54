package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.RowSums.LANES;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Sums over strided pixels of floats in native memory: as {@link PixelSums}, but all 16 partial
 * sums of some channels at a time, which stay in the L1 cache.
 */
final class SegmentPixels {
  /** Channels at a time: fewer took longer, more than the L1 cache holds as well. */
  private static final int TILE = 256;

  /** Loops that add one pixel, two, three or four to each partial sum, or begin it with them. */
  private static final LoopBoundary[] ADD = loops(false);

  private static final LoopBoundary[] BEGIN = loops(true);

  private static final Boundary FOLD =
      new Boundary((x, to, stride, n, width, s) -> fold(s.sums, width, s.totals, to));

  private SegmentPixels() {}

  private static LoopBoundary[] loops(boolean begin) {
    LoopBoundary[] loops = new LoopBoundary[4];
    Arrays.setAll(loops, i -> SegmentPixelLoop.of(i + 1, begin));
    return loops;
  }

  /** The sums of adjacent channels, of n pixels from s.from on, to s.sums. */
  static void sum(MemorySegment x, int stride, int n, int width, Scratch s) {
    Arrays.fill(s.totals, 0, width, RowSums.NOTHING);
    for (int c = 0; c < width; c += TILE) {
      int channels = Math.min(TILE, width - c);
      for (int done = 0; done < n; done += RowSums.BLOCK) {
        int pixels = Math.min(RowSums.BLOCK, n - done);
        addBlock(x, c + done * stride, stride, pixels, channels, s);
        FOLD.reduce(null, c, 0, 0, channels, s);
      }
    }
    System.arraycopy(s.totals, 0, s.sums, 0, width);
  }

  private static void addBlock(
      MemorySegment x, int start, int stride, int n, int width, Scratch s) {
    int whole = n / LANES;
    for (int done = 0; done < whole; done += 4) {
      int pixels = Math.min(4, whole - done);
      int first = start + done * LANES * stride;
      (done == 0 ? BEGIN : ADD)[pixels - 1].reduce(x, first, stride, LANES, width, s);
    }
    int rest = n % LANES;
    if (whole == 0) {
      Arrays.fill(s.sums, rest * width, LANES * width, 0);
    }
    if (rest > 0) {
      int first = start + whole * LANES * stride;
      (whole == 0 ? BEGIN : ADD)[0].reduce(x, first, stride, rest, width, s);
    }
  }

  /** Folds the partial sums by halves and adds them to those of the blocks before. */
  private static void fold(double[] s, int width, double[] totals, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      DoubleVector even = fours(s, c, width).add(fours(s, c + 2 * width, width));
      DoubleVector odd = fours(s, c + width, width).add(fours(s, c + 3 * width, width));
      at(totals, to + c).add(even.add(odd).add(0)).intoArray(totals, to + c);
    }
  }

  private static DoubleVector fours(double[] s, int i, int width) {
    DoubleVector low = at(s, i).add(at(s, i + 8 * width));
    return low.add(at(s, i + 4 * width).add(at(s, i + 12 * width)));
  }
}
