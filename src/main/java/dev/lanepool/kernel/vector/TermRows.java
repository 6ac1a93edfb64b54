package dev.lanepool.kernel.vector;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.internal.SumOrder;
import jdk.incubator.vector.DoubleVector;

/** Sums of terms of contiguous rows of floats. */
final class TermRows {
  private static final TermRows MAGNITUDES = new TermRows(true, (v, floor) -> v.lanewise(ABS));
  private static final TermRows SQUARES = new TermRows(true, (v, floor) -> v.mul(v));
  private static final TermRows CUBES = new TermRows(true, (v, floor) -> cube(v.lanewise(ABS)));
  private static final TermRows FLOORED_CUBES =
      new TermRows(false, (v, floor) -> cube(floored(v, floor)));

  private final LoopBoundary half;
  private final LoopBoundary threeAndHalf;
  private final LoopBoundary full;

  /** Of lean terms: of others, C2 would box seven in a straight line. */
  private TermRows(boolean lean, TermLoop.Term term) {
    this.half = TermLoop.of(term, TermLoop.Rows.HALF);
    this.threeAndHalf = lean ? TermLoop.of(term, TermLoop.Rows.THREE_AND_HALF) : half;
    this.full = TermLoop.of(term, TermLoop.Rows.FULL);
  }

  /** The sums that the reduction is made of; null if they are not among these. */
  static TermRows of(Reduction r) {
    return switch (r.base()) {
      case VALUE -> r.term() == Reduction.Term.SQUARE ? SQUARES : null;
      case MAGNITUDE -> ofMagnitudes(r.term());
      case FLOORED -> r.term() == Reduction.Term.CUBE ? FLOORED_CUBES : null;
      case NEGATIVE -> null;
    };
  }

  private static TermRows ofMagnitudes(Reduction.Term term) {
    return switch (term) {
      case VALUE -> MAGNITUDES;
      case SQUARE -> SQUARES;
      case CUBE -> CUBES;
      default -> null;
    };
  }

  /**
   * Sums the terms of rows of n values, which lie one after another from start on, to s.sums.
   *
   * @param floor what lower values count as where the terms have a floor
   * @param n more than {@link SumOrder#LANES}, a block at the most
   */
  void sums(double floor, float[] x, int start, int rows, int n, Scratch s) {
    LoopBoundary loop = loop(n);
    int inPlace = RowSums.inPlace(x.length - start, rows, n);
    s.floor = floor;
    loop.reduce(x, start, 0, n, inPlace, s);
    for (int row = inPlace; row < rows; row++) {
      // At the end of the array whole vectors can't be read.
      System.arraycopy(x, start + row * n, s.copy, 0, n);
      loop.reduce(s.copy, 0, row, n, 1, s);
    }
    RowFolds.FOURS.reduce(x, start, 0, n, rows, s);
    RowFolds.SUMS.reduce(x, start, 0, n, rows, s);
  }

  private LoopBoundary loop(int n) {
    if (RowSums.rest(n) > SumOrder.LANES / 2) {
      return full;
    }
    return RowSums.isThreeAndHalf(n) ? threeAndHalf : half;
  }

  private static DoubleVector cube(DoubleVector v) {
    return v.mul(v).mul(v);
  }

  /** The greater, but for the sign of 0, which no sum shows. */
  private static DoubleVector floored(DoubleVector v, double floor) {
    return Lanes.COMPARED ? v.blend(floor, v.compare(LT, floor)) : v.lanewise(MAX, floor);
  }
}
