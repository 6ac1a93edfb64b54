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
  /** Channels at a time. */
  private static final int TILE = 256;

  /** Partial sums after the first fold. */
  private static final int FOLDED_ROWS = LANES / 2;

  // Loops that take one pixel for each row, two, and so on.
  private static final LoopBoundary[] BEGIN = loops(SegmentPixelLoop.Step.BEGIN, 4);
  private static final LoopBoundary[] ADD = loops(SegmentPixelLoop.Step.ADD, 4);
  private static final LoopBoundary[] FOLDED = loops(SegmentPixelLoop.Step.FOLD, 7);

  private static final Boundary FOLD =
      new Boundary((x, to, stride, n, width, s) -> fold(s.sums, width, s.totals, to));

  private static final Boundary FOLD_REST =
      new Boundary((x, to, stride, n, width, s) -> foldRest(s.sums, width, s.totals, to));

  private SegmentPixels() {}

  private static LoopBoundary[] loops(SegmentPixelLoop.Step step, int most) {
    LoopBoundary[] loops = new LoopBoundary[most];
    Arrays.setAll(loops, i -> SegmentPixelLoop.of(step, i + 1));
    return loops;
  }

  /** The sums of adjacent channels, of n pixels from s.from on, to s.sums. */
  static void sum(MemorySegment x, int stride, int n, int width, Scratch s) {
    Arrays.fill(s.totals, 0, width, RowSums.NOTHING);
    for (int c = 0; c < width; c += TILE) {
      int channels = Math.min(TILE, width - c);
      for (int done = 0; done < n; done += RowSums.BLOCK) {
        int pixels = Math.min(RowSums.BLOCK, n - done);
        int start = c + done * stride;
        if (pixels <= FOLDED.length * FOLDED_ROWS) {
          folded(x, start, stride, pixels, channels, s);
          FOLD_REST.reduce(null, c, 0, 0, channels, s);
        } else {
          partials(x, start, stride, pixels, channels, s);
          FOLD.reduce(null, c, 0, 0, channels, s);
        }
      }
    }
    System.arraycopy(s.totals, 0, s.sums, 0, width);
  }

  /** The rows of few pixels that are left after the first fold. */
  private static void folded(MemorySegment x, int start, int stride, int n, int width, Scratch s) {
    int each = n / FOLDED_ROWS;
    int more = n % FOLDED_ROWS; // so many rows have a pixel more than the others
    if (more > 0) {
      s.position = 0;
      FOLDED[each].reduce(x, start, stride, more, width, s);
    }
    s.position = more * width;
    if (each > 0) {
      FOLDED[each - 1].reduce(x, start + more * stride, stride, FOLDED_ROWS - more, width, s);
    } else {
      Arrays.fill(s.sums, s.position, FOLDED_ROWS * width, 0);
    }
  }

  /** The 16 partial sums of a block of more pixels. */
  private static void partials(
      MemorySegment x, int start, int stride, int n, int width, Scratch s) {
    s.position = 0;
    int whole = n / LANES;
    for (int done = 0; done < whole; done += ADD.length) {
      LoopBoundary[] loops = done == 0 ? BEGIN : ADD;
      int pixels = Math.min(ADD.length, whole - done);
      loops[pixels - 1].reduce(x, start + done * LANES * stride, stride, LANES, width, s);
    }
    if (n % LANES > 0) {
      ADD[0].reduce(x, start + whole * LANES * stride, stride, n % LANES, width, s);
    }
  }

  // The folds, then the block's sum to the others. A partial sum begins at +0, so that of a block
  // of -0 is +0.

  private static void fold(double[] s, int width, double[] totals, int to) {
    int half = FOLDED_ROWS * width;
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      DoubleVector even = fours(s, c, half, width).add(fours(s, c + 2 * width, half, width));
      DoubleVector odd = fours(s, c + width, half, width).add(fours(s, c + 3 * width, half, width));
      at(totals, to + c).add(even.add(odd).add(0)).intoArray(totals, to + c);
    }
  }

  private static DoubleVector fours(double[] s, int i, int half, int width) {
    DoubleVector low = at(s, i).add(at(s, i + half));
    return low.add(at(s, i + 4 * width).add(at(s, i + 4 * width + half)));
  }

  private static void foldRest(double[] s, int width, double[] totals, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      DoubleVector even = fours(s, c, width).add(fours(s, c + 2 * width, width));
      DoubleVector odd = fours(s, c + width, width).add(fours(s, c + 3 * width, width));
      at(totals, to + c).add(even.add(odd).add(0)).intoArray(totals, to + c);
    }
  }

  private static DoubleVector fours(double[] s, int i, int width) {
    return at(s, i).add(at(s, i + 4 * width));
  }
}
