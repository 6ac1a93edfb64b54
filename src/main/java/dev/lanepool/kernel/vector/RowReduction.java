package dev.lanepool.kernel.vector;

/** Operations on contiguous planes of a block at the most, which lie one after another. */
final class RowReduction {
  private RowReduction() {}

  static void mean(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowSums.sums(x, start, planes, n, s);
    Reduction.divide(s, 0, planes, n);
  }

  static void sum(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowSums.sums(x, start, planes, n, s);
    Reduction.divide(s, 0, planes, 1);
  }

  static void max(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowExtrema.maxKeys(x, start, planes, n, s);
    values(s, planes, s.first);
  }

  static void min(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowExtrema.minKeys(x, start, planes, n, s);
    values(s, planes, s.first);
  }

  static void argMax(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowExtrema.maxKeys(x, start, planes, n, s);
    for (int plane = 0; plane < planes; plane++) {
      int first = start + plane * n;
      int pixel = RowExtrema.indexOf(s.extrema[plane], x, first);
      s.first[plane] = x[first + pixel];
      s.index[plane] = pixel;
    }
  }

  static void maxToSecond(float[] x, int start, int stride, int n, int planes, Scratch s) {
    RowExtrema.maxKeys(x, start, planes, n, s);
    values(s, planes, s.second);
  }

  private static void values(Scratch s, int planes, float[] y) {
    for (int plane = 0; plane < planes; plane++) {
      y[plane] = Extrema.value(s.extrema[plane]);
    }
  }
}
