package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.widen;
import static dev.lanepool.kernel.vector.Lanes.widenFirst;
import static dev.lanepool.kernel.vector.RowSums.BLOCK;
import static dev.lanepool.kernel.vector.RowSums.LANES;
import static dev.lanepool.kernel.vector.RowSums.PARTIALS;

import jdk.incubator.vector.DoubleVector;

/** Products of one vector with contiguous rows: as {@link RowSums}, each value times its weight. */
final class RowDots {
  private RowDots() {}

  /** Products of v, n values, with rows of n values, one after another from start on, to s.sums. */
  static void dots(float[] v, int vStart, float[] x, int start, int rows, int n, Scratch s) {
    if (n <= BLOCK) {
      blockDots(v, vStart, x, start, rows, n, s);
      return;
    }
    for (int row = 0; row < rows; row++) {
      double total = RowSums.NOTHING;
      for (int done = 0; done < n; ) {
        int length = Math.min(BLOCK, n - done);
        blockDots(v, vStart + done, x, start + row * n + done, 1, length, s);
        total += s.sums[0];
        done += length;
      }
      // Behind the partial sums of one row, which the next overwrites.
      s.sums[PARTIALS + row] = total;
    }
    System.arraycopy(s.sums, PARTIALS, s.sums, 0, rows);
  }

  /** As {@link #dots}, with a block of values at the most. */
  private static void blockDots(
      float[] v, int vStart, float[] x, int start, int rows, int n, Scratch s) {
    int reach = RowSums.roundUp(n);
    int room = x.length - start - reach;
    int inPlace = room < 0 ? 0 : Math.min(rows, room / n + 1);
    boolean vCopied = v.length - vStart < reach;
    float[] weights = vCopied ? RowSums.copy(v, vStart, n, s.copy, BLOCK) : v;
    for (int row = 0; row < rows; ) {
      boolean copied = row >= inPlace;
      int from = start + row * n;
      float[] values = copied ? RowSums.copy(x, from, n, s.copy, 0) : x;
      int count = copied ? 1 : inPlace;
      int firstWeight = vCopied ? BLOCK : vStart;
      int to = row * PARTIALS;
      partials(weights, firstWeight, values, copied ? 0 : from, count, n, s.sums, to);
      row += count;
    }
    RowSums.fold(s.sums, rows);
  }

  private static void partials(
      float[] v, int vStart, float[] x, int start, int rows, int n, double[] s, int to) {
    for (int row = 0; row < rows; row++) {
      for (int lane = 0; lane < PARTIALS; lane += DOUBLE_LANES) {
        int from = start + row * n + lane;
        pass(v, vStart + lane, x, from, n, lane, s, to + row * PARTIALS + lane);
      }
    }
  }

  private static void pass(
      float[] v, int vStart, float[] x, int start, int n, int lane, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    int i = 0;
    for (; i < n - LANES; i += LANES) {
      low = exact(low).add(widen(v, vStart + i).mul(widen(x, start + i)));
      high = exact(high).add(widen(v, vStart + i + 8).mul(widen(x, start + i + 8)));
    }
    // One to 16 values are left; both factors are +0 beyond the end, whatever stands there.
    int rest = n - i - lane;
    DoubleVector lowWeights = widenFirst(v, vStart + i, rest);
    low = exact(low).add(lowWeights.mul(widenFirst(x, start + i, rest)));
    DoubleVector highWeights = widenFirst(v, vStart + i + 8, rest - 8);
    high = exact(high).add(highWeights.mul(widenFirst(x, start + i + 8, rest - 8)));
    low.add(high).intoArray(s, to);
  }
}
