package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;
import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Sums of contiguous rows in native memory: as {@link RowSums}. */
final class SegmentRows {
  static final SegmentRows OF_FLOATS = new SegmentRows(false);
  static final SegmentRows OF_DOUBLES = new SegmentRows(true);

  /** Values of the longest row that is added a few groups of lanes at a time. */
  static final int LONG = 4 * DOUBLE_LANES * LANES;

  private static final int GROUPS = GroupLoop.MOST * LANES;

  /** A row that could not be read where it was. */
  private static final ThreadLocal<MemorySegment> COPY =
      ThreadLocal.withInitial(
          () -> Arena.ofAuto().allocate((BLOCK + LANES) * (long) Double.BYTES, Double.BYTES));

  private final int bytes;
  private final LoopBoundary many;
  private final LoopBoundary first;
  private final LoopBoundary next;
  private final LoopBoundary[] allAndHalf;
  private final LoopBoundary[] allAndFull;
  private final LoopBoundary[] lastAndHalf;
  private final LoopBoundary[] lastAndFull;

  private SegmentRows(boolean doubles) {
    bytes = doubles ? Double.BYTES : Float.BYTES;
    many = SegmentLoop.of(doubles);
    first = GroupLoop.of(doubles, true, GroupLoop.MOST, GroupLoop.Rest.GROUPS);
    next = GroupLoop.of(doubles, false, GroupLoop.MOST, GroupLoop.Rest.GROUPS);
    allAndHalf = loops(doubles, true, GroupLoop.Rest.HALF);
    allAndFull = loops(doubles, true, GroupLoop.Rest.FULL);
    lastAndHalf = loops(doubles, false, GroupLoop.Rest.HALF);
    lastAndFull = loops(doubles, false, GroupLoop.Rest.FULL);
  }

  private static LoopBoundary[] loops(boolean doubles, boolean first, GroupLoop.Rest rest) {
    LoopBoundary[] loops = new LoopBoundary[GroupLoop.MOST + 1];
    Arrays.setAll(loops, groups -> GroupLoop.of(doubles, first, groups, rest));
    return loops;
  }

  /**
   * The sums of rows of n values, a block at the most, which lie one after another from so many
   * bytes on, to s.sums.
   */
  void sums(MemorySegment x, long from, int rows, int n, Scratch s) {
    partials(x, from, rows, n, s);
    RowFolds.SUMS.reduce(null, 0, 0, n, rows, s);
  }

  /** As {@link #sums}, the partial sums after the second fold. */
  void partials(MemorySegment x, long from, int rows, int n, Scratch s) {
    long left = (x.byteSize() - from) / bytes;
    int inPlace = RowSums.inPlace((int) Math.min(left, Integer.MAX_VALUE), rows, n);
    s.from = from;
    firstFold(x, 0, inPlace, n, s);
    for (int row = inPlace; row < rows; row++) {
      // At the end of the segment whole vectors can't be read.
      MemorySegment copy = COPY.get();
      long length = (long) n * bytes;
      MemorySegment.copy(x, from + row * length, copy, 0, length);
      s.from = 0;
      firstFold(copy, row, 1, n, s);
    }
    RowFolds.FOURS.reduce(null, 0, 0, n, rows, s);
  }

  /** The partial sums of row r and after, which begin at s.from, after the first fold. */
  private void firstFold(MemorySegment x, int r, int rows, int n, Scratch s) {
    boolean half = RowSums.rest(n) <= LANES / 2;
    int whole = n - RowSums.rest(n);
    int most = half ? GROUPS : GROUPS - LANES; // more would be too much for C2
    if (whole <= most) {
      (half ? allAndHalf : allAndFull)[whole / LANES].reduce(x, 0, r, n, rows, s);
      return;
    }
    int done = GROUPS;
    if (n > LONG) {
      for (int row = 0; row < rows; row++) {
        many.reduce(x, row * n, r + row, n, 1, s);
      }
      done = whole;
    } else {
      first.reduce(x, 0, r, n, rows, s);
      for (; whole - done > most; done += GROUPS) {
        next.reduce(x, done, r, n, rows, s);
      }
    }
    int left = (whole - done) / LANES;
    (half ? lastAndHalf : lastAndFull)[left].reduce(x, done, r, n, rows, s);
  }
}
