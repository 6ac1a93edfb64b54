package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Segments.bits;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Maxima and minima of contiguous rows of floats in native memory: as {@link RowExtrema}. */
final class SegmentExtrema {
  private static final int BYTES = FLOAT_LANES * Float.BYTES;

  private static final LoopBoundary MAXIMA =
      new LoopBoundary((Loop<MemorySegment>) SegmentExtrema::maximaRows);
  private static final LoopBoundary MAXIMA_OF_FOUR =
      new LoopBoundary((Loop<MemorySegment>) SegmentExtrema::maximaOfFourRows);
  private static final LoopBoundary MINIMA =
      new LoopBoundary((Loop<MemorySegment>) SegmentExtrema::minimaRows);

  private SegmentExtrema() {}

  /**
   * The maxima of rows of n values, a vector's or more, which lie one after another from so many
   * bytes on, to s.first.
   */
  static void max(MemorySegment x, long from, int rows, int n, Scratch s) {
    s.from = from;
    maxima(x, rows, n, s);
    if (RowExtrema.maxOfMaxima(rows, s)) {
      maxima(x, rows, n, s);
      MINIMA.reduce(x, 0, 0, n, rows, s);
      RowExtrema.maxOfExtrema(rows, s);
    }
  }

  /** As {@link #max}, the minima. */
  static void min(MemorySegment x, long from, int rows, int n, Scratch s) {
    s.from = from;
    maxima(x, rows, n, s);
    MINIMA.reduce(x, 0, 0, n, rows, s);
    RowExtrema.minOfExtrema(rows, s);
  }

  private static void maxima(MemorySegment x, int rows, int n, Scratch s) {
    boolean four = (n + FLOAT_LANES - 1) / FLOAT_LANES == 4;
    (four ? MAXIMA_OF_FOUR : MAXIMA).reduce(x, 0, 0, n, rows, s);
  }

  private static void maximaRows(MemorySegment x, int none, int first, int n, int rows, Scratch s) {
    int half = RowExtrema.half(n) * Float.BYTES;
    int bytes = n * Float.BYTES;
    for (int row = 0; row < rows; row++) {
      long i = s.from + (long) row * bytes;
      maxima(x, i, i + bytes - half, half, s.extrema, RowExtrema.from(row));
    }
  }

  private static void maxima(MemorySegment x, long i, long j, int bytes, int[] e, int to) {
    IntVector signed = bits(x, i);
    IntVector unsigned = bits(x, i);
    IntVector signed2 = bits(x, j);
    IntVector unsigned2 = bits(x, j);
    for (int k = BYTES; k < bytes; k += BYTES) {
      IntVector a = bits(x, i + k);
      signed = exact(signed).lanewise(VectorOperators.MAX, a);
      unsigned = exact(unsigned).lanewise(VectorOperators.UMAX, a);
      IntVector b = bits(x, j + k);
      signed2 = exact(signed2).lanewise(VectorOperators.MAX, b);
      unsigned2 = exact(unsigned2).lanewise(VectorOperators.UMAX, b);
    }
    exact(signed).lanewise(VectorOperators.MAX, exact(signed2)).intoArray(e, to);
    exact(unsigned).lanewise(VectorOperators.UMAX, exact(unsigned2)).intoArray(e, to + FLOAT_LANES);
  }

  /** A straight line, which for so few vectors costs less than a loop. */
  private static void maximaOfFourRows(
      MemorySegment x, int none, int first, int n, int rows, Scratch s) {
    int bytes = n * Float.BYTES;
    for (int row = 0; row < rows; row++) {
      long i = s.from + (long) row * bytes;
      maximaOfFour(x, i, i + bytes - BYTES, s.extrema, RowExtrema.from(row));
    }
  }

  private static void maximaOfFour(MemorySegment x, long i, long last, int[] e, int to) {
    IntVector a = bits(x, i);
    IntVector b = bits(x, i + BYTES);
    IntVector c = bits(x, i + 2 * BYTES);
    IntVector d = bits(x, last);
    Lanes.max(Lanes.max(a, b), Lanes.max(c, d)).intoArray(e, to);
    Lanes.unsignedMax(Lanes.unsignedMax(a, b), Lanes.unsignedMax(c, d))
        .intoArray(e, to + FLOAT_LANES);
  }

  private static void minimaRows(MemorySegment x, int none, int first, int n, int rows, Scratch s) {
    int half = RowExtrema.half(n) * Float.BYTES;
    int bytes = n * Float.BYTES;
    for (int row = 0; row < rows; row++) {
      long i = s.from + (long) row * bytes;
      minima(x, i, i + bytes - half, half, s.extrema, RowExtrema.from(row) + 2 * FLOAT_LANES);
    }
  }

  private static void minima(MemorySegment x, long i, long j, int bytes, int[] e, int to) {
    IntVector min = bits(x, i);
    IntVector min2 = bits(x, j);
    for (int k = BYTES; k < bytes; k += BYTES) {
      min = exact(min).lanewise(VectorOperators.MIN, bits(x, i + k));
      min2 = exact(min2).lanewise(VectorOperators.MIN, bits(x, j + k));
    }
    exact(min).lanewise(VectorOperators.MIN, exact(min2)).intoArray(e, to);
  }
}
