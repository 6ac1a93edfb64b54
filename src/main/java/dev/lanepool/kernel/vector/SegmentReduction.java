package dev.lanepool.kernel.vector;

import java.lang.foreign.MemorySegment;

/**
 * Operations on planes of floats in native memory, the first of which begins at s.from: as {@link
 * RowReduction}, {@link BlockReduction} and {@link PixelReduction} on those in arrays.
 */
final class SegmentReduction {
  private static final RowExtrema ROW_EXTREMA = new RowExtrema(true);
  private static final RowSearch SEARCH = new RowSearch(true);
  private static final PixelArgMax ARG_MAX = new PixelArgMax(false, true);
  private static final PixelArgMax ARG_MIN = new PixelArgMax(true, true);

  /** Here, so that who has only arrays need not make its loops. */
  static final PixelRows PIXEL_ROWS = new PixelRows(true);

  private static final PixelSums SUMS = new PixelSums(PIXEL_ROWS);
  private static final PixelExtrema EXTREMA = new PixelExtrema(true);

  private SegmentReduction() {}

  static void meanOfRows(MemorySegment x, int start, int stride, int n, int planes, Scratch s) {
    SegmentRows.OF_FLOATS.partials(x, s.from, planes, n, s);
    RowFolds.MEANS.reduce(null, 0, 0, n, planes, s);
  }

  static void sumOfRows(MemorySegment x, int start, int stride, int n, int planes, Scratch s) {
    SegmentRows.OF_FLOATS.sums(x, s.from, planes, n, s);
    s.divide(planes, 1);
  }

  static void maxOfRows(MemorySegment x, int start, int stride, int n, int planes, Scratch s) {
    ROW_EXTREMA.max(x, 0, planes, n, s);
  }

  static void minOfRows(MemorySegment x, int start, int stride, int n, int planes, Scratch s) {
    ROW_EXTREMA.min(x, 0, planes, n, s);
  }

  static void argMaxOfRows(MemorySegment x, int start, int stride, int n, int planes, Scratch s) {
    ROW_EXTREMA.max(x, 0, planes, n, s);
    SEARCH.search(x, 0, planes, n, s);
  }

  static void argMinOfRows(MemorySegment x, int start, int stride, int n, int planes, Scratch s) {
    ROW_EXTREMA.min(x, 0, planes, n, s);
    SEARCH.search(x, 0, planes, n, s);
  }

  static void mean(MemorySegment x, int start, int stride, int n, int planes, Scratch s) {
    SUMS.sum(x, 0, stride, n, planes, n, s);
  }

  static void sum(MemorySegment x, int start, int stride, int n, int planes, Scratch s) {
    SUMS.sum(x, 0, stride, n, planes, 1, s);
  }

  static void max(MemorySegment x, int start, int stride, int n, int planes, Scratch s) {
    EXTREMA.max(x, 0, stride, n, planes, s);
  }

  static void min(MemorySegment x, int start, int stride, int n, int planes, Scratch s) {
    EXTREMA.min(x, 0, stride, n, planes, s);
  }

  static void argMax(MemorySegment x, int start, int stride, int n, int planes, Scratch s) {
    ARG_MAX.find(x, 0, stride, n, planes, s);
    readIndexed(x, stride, planes, s);
  }

  static void argMin(MemorySegment x, int start, int stride, int n, int planes, Scratch s) {
    ARG_MIN.find(x, 0, stride, n, planes, s);
    readIndexed(x, stride, planes, s);
  }

  private static void readIndexed(MemorySegment x, int stride, int planes, Scratch s) {
    for (int c = 0; c < planes; c++) {
      long place = (long) s.index[c] * stride + c;
      s.first[c] = Segments.value(x, s.from + place * Float.BYTES);
    }
  }
}
