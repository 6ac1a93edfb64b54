package dev.lanepool.kernel.vector;

/** Operations on contiguous planes of a block at the most, which lie one after another. */
final class RowReduction {
  static final RowSearch SEARCH = new RowSearch(false);

  private RowReduction() {}

  static void mean(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowSums.OF_FLOATS.partials(x, start, planes, n, s);
    RowFolds.MEANS.reduce(x, start, 0, n, planes, s);
  }

  static void sum(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowSums.OF_FLOATS.sums(x, start, planes, n, s);
    s.divide(planes, 1);
  }

  static void max(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowExtrema.OF_ARRAYS.max(x, start, planes, n, s);
  }

  static void min(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowExtrema.OF_ARRAYS.min(x, start, planes, n, s);
  }

  static void argMax(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowExtrema.OF_ARRAYS.max(x, start, planes, n, s);
    SEARCH.search(x, start, planes, n, s);
  }

  static void argMin(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowExtrema.OF_ARRAYS.min(x, start, planes, n, s);
    SEARCH.search(x, start, planes, n, s);
  }

  static void meanMax(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowMeanMax.partials(x, start, planes, n, s);
    System.arraycopy(s.first, 0, s.second, 0, planes);
    RowFolds.MEANS.reduce(x, start, 0, n, planes, s);
  }
}
