package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.INTS;
import static dev.lanepool.kernel.vector.Lanes.at;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.SUB;

import dev.lanepool.kernel.internal.Grid;
import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * First maxima or minima of columns, and of windows of columns that lie side by side, as {@link
 * Columns} has sums. {@link ColumnLoop} finds those of the columns.
 */
final class ColumnExtrema {
  /** Columns that fit without growing. */
  private static final int ROOM = 4096;

  /** The most columns that are joined in lanes. */
  private static final int TOGETHER = 8;

  private static final LoopBoundary MAX_OF_BANDS = ColumnLoop.of(false, true);
  private static final LoopBoundary MIN_OF_BANDS = ColumnLoop.of(true, true);
  private static final LoopBoundary MAX_OF_WINDOW = ColumnLoop.of(false, false);
  private static final LoopBoundary MIN_OF_WINDOW = ColumnLoop.of(true, false);

  private static final ThreadLocal<ColumnExtrema> OF_THREAD =
      ThreadLocal.withInitial(() -> new ColumnExtrema(ROOM));

  private static final IntVector LANE = IntVector.zero(INTS).addIndex(1);

  /** The rank of each column's extremum; see {@link Extrema}. */
  final int[] ranks;

  /** The pixel of each column's extremum. */
  final int[] pixels;

  private final Boundary join =
      new Boundary((x, start, stride, together, rows, none) -> join(stride, together, rows));

  /** What {@link ColumnLoop} reads, and the windows. */
  float[] x;

  Grid grid;

  /** How many columns the extrema of {@link #first} are of. */
  private int together;

  private ColumnExtrema(int width) {
    ranks = new int[width + TOGETHER];
    pixels = new int[width + TOGETHER];
  }

  /** Room for so many columns, for the calling thread; grows, so that nothing is made once warm. */
  static ColumnExtrema ofThread(int width) {
    ColumnExtrema columns = OF_THREAD.get();
    if (columns.room() < width) {
      columns = new ColumnExtrema(width);
      OF_THREAD.set(columns);
    }
    return columns;
  }

  int room() {
    return ranks.length - TOGETHER;
  }

  /** How far apart the columns of two bands are, in whole vectors. */
  static int stride(int width) {
    return width + FLOAT_LANES - 1 & -FLOAT_LANES;
  }

  /** Before the first row: the lowest rank of all, at that row's pixel. */
  void begin(int to, int width, int pixel) {
    Arrays.fill(ranks, to, to + width, Integer.MIN_VALUE);
    Arrays.fill(pixels, to, to + width, pixel);
  }

  /**
   * Of the window that g is at: its rows are pixels, which lie so many channels apart, and its
   * columns some of the channels, from start on in the first pixel of the sample.
   */
  void ofWindow(boolean min, float[] x, int start, int channels, int width, Grid g) {
    this.x = x;
    grid = g;
    (min ? MIN_OF_WINDOW : MAX_OF_WINDOW).reduce(this, start, channels, g.rows(), width, null);
    this.x = null; // the thread must not keep it
  }

  /** Of the bands of so many planes, one behind the other, {@link #stride} apart. */
  void ofBands(boolean min, float[] x, int start, int planes, Grid g) {
    this.x = x;
    grid = g;
    int width = g.width();
    (min ? MIN_OF_BANDS : MAX_OF_BANDS).reduce(this, start, width, planes, width, null);
    this.x = null; // the thread must not keep it
    together = Math.min(TOGETHER, Integer.highestOneBit(Math.ceilDiv(width, g.outWidth())));
    join.reduce(null, 0, stride(width), together, planes * g.outRows(), null);
  }

  /**
   * Each column's extremum becomes that of so many columns, a power of two, from it on: no window
   * has fewer. The others' are joined to windows that end elsewhere, which nobody asks for.
   */
  private void join(int stride, int together, int rows) {
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < stride; c += FLOAT_LANES) {
        at(pixels, row * stride + c)
            .lanewise(ADD, LANE)
            .lanewise(ADD, c)
            .intoArray(pixels, row * stride + c);
      }
    }
    for (int next = 1; next < together; next *= 2) {
      for (int c = 0; c < rows * stride; c += FLOAT_LANES) {
        joinNext(ranks, pixels, c, next);
      }
    }
  }

  /** Of equals the lesser pixel: a difference below zero, shifted, is -1, and raises the rank. */
  private static void joinNext(int[] ranks, int[] pixels, int c, int next) {
    IntVector rank = at(ranks, c);
    IntVector pixel = at(pixels, c);
    IntVector other = at(ranks, c + next);
    IntVector otherPixel = at(pixels, c + next);
    IntVector before = otherPixel.lanewise(SUB, pixel).lanewise(ASHR, 31);
    VectorMask<Integer> greater = other.lanewise(SUB, before).compare(GT, rank);
    rank.blend(other, greater).intoArray(ranks, c);
    pixel.blend(otherPixel, greater).intoArray(pixels, c);
  }

  /** The pixel of the extremum of a window of columns, of equals the first, row by row. */
  int first(int left, int right) {
    int last = right - together;
    long best = best(last);
    for (int c = left; c < last; c += together) {
      best = Math.max(best, best(c));
    }
    return Integer.MAX_VALUE - (int) best;
  }

  /**
   * In one number, the rank above and the pixel, in reverse, below: which is larger can't be
   * predicted, and a maximum needs no branch.
   */
  private long best(int c) {
    return (long) ranks[c] << 32 | Integer.MAX_VALUE - pixels[c];
  }
}
