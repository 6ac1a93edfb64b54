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
  private static final LoopBoundary MAX_OF_FOUR = FourLoop.of(true);
  private static final LoopBoundary MINIMA =
      new LoopBoundary((Loop<MemorySegment>) SegmentExtrema::minimaRows);

  private SegmentExtrema() {}

  /**
   * The maxima of rows of n values, a vector's or more, which lie one after another from so many
   * bytes on, to s.first.
   */
  static void max(MemorySegment x, long from, int rows, int n, Scratch s) {
    s.from = from;
    boolean all;
    if ((n + FLOAT_LANES - 1) / FLOAT_LANES == 4) {
      MAX_OF_FOUR.reduce(x, 0, 0, n, rows, s);
      all = RowExtrema.maxOfKeys(rows, s);
    } else {
      MAXIMA.reduce(x, 0, 0, n, rows, s);
      all = RowExtrema.maxOfMaxima(rows, s);
    }
    if (all) {
      MAXIMA.reduce(x, 0, 0, n, rows, s);
      MINIMA.reduce(x, 0, 0, n, rows, s);
      RowExtrema.maxOfExtrema(rows, s);
    }
  }

  /** As {@link #max}, the minima. */
  static void min(MemorySegment x, long from, int rows, int n, Scratch s) {
    s.from = from;
    MAXIMA.reduce(x, 0, 0, n, rows, s);
    MINIMA.reduce(x, 0, 0, n, rows, s);
    RowExtrema.minOfExtrema(rows, s);
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
