package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.keepFirst;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;

/**
 * Adds a few groups of lanes of each of many contiguous rows in native memory to the row's lanes,
 * in a straight line: as {@link StraightLoop} joins them. One row at a time: what the API checks at
 * every access makes C2's limit come early. One of {@link Copies}.
 */
final class GroupLoop implements Loop<MemorySegment> {
  /** The most groups. */
  static final int MOST = 3;

  /** What follows the groups. */
  enum Rest {
    /** Other groups. */
    GROUPS,
    /** The last values of the row, half a group or less. */
    HALF,
    /** The last values of the row, more than half a group. */
    FULL
  }

  /** Partial sums of a row after the first fold. */
  private static final int PARTIALS = LANES / 2;

  private record Form(boolean doubles, boolean first, int groups, Rest rest) {
    int bytes() {
      return doubles ? Double.BYTES : Float.BYTES;
    }
  }

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /**
   * The loop over so many groups.
   *
   * @param doubles whether the values are doubles, or floats
   * @param first whether they are the first of the rows
   */
  static LoopBoundary of(boolean doubles, boolean first, int groups, Rest rest) {
    return Copies.of(MethodHandles.lookup(), new Form(doubles, first, groups, rest));
  }

  /**
   * From the value at start of each row on, of row first and after, which begin at s.from and have
   * n values. Leaves the lanes in s.sums or, behind the last values, the partial sums.
   */
  @Override
  public void reduce(MemorySegment x, int start, int first, int n, int rows, Scratch s) {
    long from = s.from + (long) start * FORM.bytes();
    int rest = RowSums.rest(n);
    for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
      strips(x, from + k * FORM.bytes(), n, rest - k, first, rows, s.sums, k);
    }
  }

  /** The rows are in one method with the line: C2 would call it for each of them. */
  private static void strips(
      MemorySegment x, long from, int n, int rest, int first, int rows, double[] s, int k) {
    int group = LANES * FORM.bytes();
    for (int row = 0; row < rows; row++) {
      int lanes = (first + row) * LANES + k;
      long i = from + (long) row * n * FORM.bytes();
      long j = i + group / 2;
      DoubleVector low = DoubleVector.zero(DOUBLES);
      DoubleVector high = DoubleVector.zero(DOUBLES);
      if (!FORM.first()) {
        low = at(s, lanes);
        high = at(s, lanes + PARTIALS);
      }
      if (FORM.groups() > 0) {
        low = FORM.first() ? widen(x, i) : low.add(widen(x, i));
        high = FORM.first() ? widen(x, j) : high.add(widen(x, j));
      }
      if (FORM.groups() > 1) {
        low = low.add(widen(x, i + group));
        high = high.add(widen(x, j + group));
      }
      if (FORM.groups() > 2) {
        low = low.add(widen(x, i + 2 * group));
        high = high.add(widen(x, j + 2 * group));
      }
      if (FORM.rest() == Rest.GROUPS) {
        low.intoArray(s, lanes);
        high.intoArray(s, lanes + PARTIALS);
        continue;
      }
      low = low.add(keepFirst(widen(x, i + FORM.groups() * group), rest));
      if (FORM.rest() == Rest.FULL) {
        DoubleVector last = widen(x, j + FORM.groups() * group);
        high = high.add(keepFirst(last, rest - PARTIALS));
      }
      low.add(high).intoArray(s, (first + row) * PARTIALS + k);
    }
  }

  private static DoubleVector widen(MemorySegment x, long i) {
    return FORM.doubles() ? Segments.doubles(x, i) : Segments.widen(x, i);
  }
}
