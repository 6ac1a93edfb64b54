package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.KEEP;
import static dev.lanepool.kernel.vector.Lanes.KEEP_BORDER;
import static dev.lanepool.kernel.vector.Lanes.LONGS;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.keepFirst;
import static dev.lanepool.kernel.vector.Lanes.widen;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * Adds the terms of contiguous rows of floats: as {@link RowSums}, but for the second fold. Forming
 * terms takes so long that one row at a time keeps the lanes busy. One of {@link Copies}.
 */
final class TermLoop implements Loop<float[]> {
  /** What becomes of a value. */
  interface Term {
    DoubleVector of(DoubleVector v, double floor);
  }

  /** What a row has. */
  enum Rows {
    /** 8 values or fewer behind the last whole group of lanes. */
    HALF,
    /** 49 to 56 values, as 7×7 planes. */
    THREE_AND_HALF,
    /** 9 values or more behind the last whole group of lanes. */
    FULL
  }

  /** Partial sums of a row after the first fold. */
  private static final int PARTIALS = LANES / 2;

  private record Form(Term term, Rows rows) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /** The loop for such terms and rows; s.floor is the terms' second argument. */
  static LoopBoundary of(Term term, Rows rows) {
    return Copies.of(MethodHandles.lookup(), new Form(term, rows));
  }

  /** The partial sums of row first and after to s.sums; rows have more than a group of lanes. */
  @Override
  public void reduce(float[] x, int start, int first, int n, int rows, Scratch s) {
    int whole = (n - 1) & -LANES;
    for (int row = 0; row < rows; row++) {
      int i = start + row * n;
      int to = (first + row) * PARTIALS;
      if (DOUBLE_LANES == PARTIALS) { // a loop of one trip makes that over rows slower
        strip(x, i, whole, n - whole, s.floor, s.sums, to);
      } else {
        for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
          strip(x, i + k, whole, n - whole - k, s.floor, s.sums, to + k);
        }
      }
    }
  }

  /** Only hands on, for what {@link Lanes} says of code behind loops. */
  private static DoubleVector term(DoubleVector v, double floor) {
    return made(v, floor);
  }

  private static DoubleVector made(DoubleVector v, double floor) {
    return FORM.term.of(v, floor);
  }

  private static void strip(float[] x, int i, int n, int rest, double floor, double[] s, int to) {
    if (FORM.rows == Rows.THREE_AND_HALF) {
      threeAndHalf(x, i, rest, floor, s, to);
    } else {
      groups(x, i, n, rest, floor, s, to);
    }
  }

  /** No loop, which for three trips costs more. */
  private static void threeAndHalf(float[] x, int i, int rest, double floor, double[] s, int to) {
    DoubleVector low =
        term(widen(x, i), floor)
            .add(term(widen(x, i + 16), floor))
            .add(term(widen(x, i + 32), floor));
    DoubleVector high =
        term(widen(x, i + 8), floor)
            .add(term(widen(x, i + 24), floor))
            .add(term(widen(x, i + 40), floor));
    low = low.add(keepFirst(term(widen(x, i + 48), floor), rest));
    low.add(high).intoArray(s, to);
  }

  private static void groups(float[] x, int i, int n, int rest, double floor, double[] s, int to) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    for (int k = i; k < i + n; k += LANES) {
      low = exact(low).add(term(widen(x, k), floor));
      high = exact(high).add(term(widen(x, k + 8), floor));
    }
    // As Lanes.keepFirst, which may have been called too seldom to be inlined.
    LongVector keep = LongVector.fromArray(LONGS, KEEP, KEEP_BORDER - rest);
    DoubleVector last = term(widen(x, i + n), floor);
    low = exact(low).add(last.reinterpretAsLongs().and(keep).reinterpretAsDoubles());
    if (FORM.rows == Rows.FULL) {
      keep = LongVector.fromArray(LONGS, KEEP, KEEP_BORDER - rest + 8);
      last = term(widen(x, i + n + 8), floor);
      high = exact(high).add(last.reinterpretAsLongs().and(keep).reinterpretAsDoubles());
    }
    low.add(exact(high)).intoArray(s, to);
  }
}
