package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.INT_VECTOR;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.bits;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.lanepool.kernel.internal.Grid;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;

/** Makes the extrema of {@link ColumnExtrema}. One of {@link Copies}. */
final class ColumnLoop implements Loop<ColumnExtrema> {
  private record Form(boolean minimum, boolean bands) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /** The loop that finds minima, or maxima; in the bands of planes, or in a window of channels. */
  static LoopBoundary of(boolean minimum, boolean bands) {
    return Copies.of(MethodHandles.lookup(), new Form(minimum, bands));
  }

  @Override
  public void reduce(ColumnExtrema e, int start, int step, int n, int width, Scratch s) {
    if (FORM.bands()) {
      bands(e, start, n, width, e.grid);
    } else {
      window(e, start, step, n, width, e.grid);
    }
  }

  private static void bands(ColumnExtrema e, int start, int planes, int width, Grid g) {
    if (BandPooling.areNarrow(g)) {
      acrossPlanes(e, start, planes, width, g);
    } else {
      alongRows(e, start, planes, width, g);
    }
  }

  private static void alongRows(ColumnExtrema e, int start, int planes, int width, Grid g) {
    int stride = ColumnExtrema.stride(width);
    int to = 0;
    for (int plane = 0; plane < planes; plane++) {
      int from = start + plane * g.values();
      for (int row = 0; row < g.outRows(); row++) {
        g.window(row, 0);
        e.begin(to, stride, g.top(0) * width);
        for (int slice = 0; slice < g.depth(); slice++) {
          int pixel = g.top(slice) * width;
          rank(e, from + pixel, width, g.height(), width, pixel, width, to);
        }
        to += stride;
      }
    }
  }

  private static void acrossPlanes(ColumnExtrema e, int start, int planes, int width, Grid g) {
    int stride = ColumnExtrema.stride(width);
    int rows = g.outRows();
    for (int row = 0; row < rows; row++) {
      g.window(row, 0);
      for (int plane = 0; plane < planes; plane++) {
        e.begin((plane * rows + row) * stride, stride, g.top(0) * width);
      }
      for (int i = 0; i < g.rows(); i++) {
        across(e, start, g.row(i) * width, planes, width, row * stride, rows * stride);
      }
    }
  }

  /** A row of each plane, whose bands lie so far apart. */
  private static void across(
      ColumnExtrema e, int start, int pixel, int planes, int width, int to, int next) {
    int size = e.grid.values();
    for (int c = 0; c < width; c += FLOAT_LANES) {
      int i = start + pixel + c;
      int whole = RowSums.fit(e.x.length - FLOAT_LANES - i, planes, size);
      rankAcross(e.x, i, size, whole, pixel, e.ranks, e.pixels, to + c, next);
      int few = Math.min(FLOAT_LANES, width - c);
      for (int plane = whole; plane < planes; plane++) {
        rankFew(e, i + plane * size, 0, 1, few, pixel, 0, to + c + plane * next);
      }
    }
  }

  private static void rankAcross(
      float[] x,
      int i,
      int next,
      int planes,
      int pixel,
      int[] ranks,
      int[] pixels,
      int to,
      int nextTo) {
    for (int plane = 0; plane < planes; plane++, i += next, to += nextTo) {
      IntVector rank = ranks(x, i);
      IntVector best = at(ranks, to);
      at(pixels, to).blend(pixel, rank.compare(GT, best)).intoArray(pixels, to);
      best.lanewise(MAX, rank).intoArray(ranks, to);
    }
  }

  private static void window(
      ColumnExtrema e, int start, int channels, int rows, int width, Grid g) {
    e.begin(0, width, g.row(0) * g.width() + g.left());
    for (int row = 0; row < rows; row++) {
      int pixel = g.row(row) * g.width() + g.left();
      rank(e, start + pixel * channels, channels, g.right() - g.left(), width, pixel, 1, 0);
    }
  }

  /**
   * The pixels become those of the first values of higher rank, row by row, so far apart. Four
   * vectors of columns at a time, in registers: so rows are read line by line, as the memory likes
   * it. Where a row has no four, its last one is taken again.
   */
  private static void rank(
      ColumnExtrema e, int start, int step, int rows, int width, int pixel, int pixelStep, int to) {
    int last = Math.max(0, width - FLOAT_LANES);
    if (e.x.length - start - (rows - 1) * step - last < FLOAT_LANES) {
      rankFew(e, start, step, rows, width, pixel, pixelStep, to);
      return;
    }
    for (int c = 0; c < width; c += 4 * FLOAT_LANES) {
      rankFour(e.x, start, step, rows, c, last, pixel, pixelStep, e.ranks, e.pixels, to);
    }
  }

  private static void rankFour(
      float[] x,
      int start,
      int step,
      int rows,
      int column,
      int last,
      int pixel,
      int pixelStep,
      int[] ranks,
      int[] pixels,
      int to) {
    int c = Math.min(column, last);
    int d = Math.min(column + FLOAT_LANES, last);
    int e = Math.min(column + 2 * FLOAT_LANES, last);
    int f = Math.min(column + 3 * FLOAT_LANES, last);
    IntVector best = at(ranks, to + c);
    IntVector best2 = at(ranks, to + d);
    IntVector best3 = at(ranks, to + e);
    IntVector best4 = at(ranks, to + f);
    IntVector first = at(pixels, to + c);
    IntVector first2 = at(pixels, to + d);
    IntVector first3 = at(pixels, to + e);
    IntVector first4 = at(pixels, to + f);
    int i = start;
    int p = pixel;
    for (int row = 0; row < rows; row++, i += step, p += pixelStep) {
      IntVector rank = ranks(x, i + c);
      IntVector rank2 = ranks(x, i + d);
      IntVector rank3 = ranks(x, i + e);
      IntVector rank4 = ranks(x, i + f);
      best = exact(best);
      best2 = exact(best2);
      best3 = exact(best3);
      best4 = exact(best4);
      // The API itself from here on: what is inlined is too much for helpers of ours.
      first = INT_VECTOR.cast(first).blend(p, rank.compare(GT, best));
      first2 = INT_VECTOR.cast(first2).blend(p, rank2.compare(GT, best2));
      first3 = INT_VECTOR.cast(first3).blend(p, rank3.compare(GT, best3));
      first4 = INT_VECTOR.cast(first4).blend(p, rank4.compare(GT, best4));
      best = best.lanewise(MAX, rank);
      best2 = best2.lanewise(MAX, rank2);
      best3 = best3.lanewise(MAX, rank3);
      best4 = best4.lanewise(MAX, rank4);
    }
    INT_VECTOR.cast(best).intoArray(ranks, to + c);
    INT_VECTOR.cast(best2).intoArray(ranks, to + d);
    INT_VECTOR.cast(best3).intoArray(ranks, to + e);
    INT_VECTOR.cast(best4).intoArray(ranks, to + f);
    INT_VECTOR.cast(first).intoArray(pixels, to + c);
    INT_VECTOR.cast(first2).intoArray(pixels, to + d);
    INT_VECTOR.cast(first3).intoArray(pixels, to + e);
    INT_VECTOR.cast(first4).intoArray(pixels, to + f);
  }

  /** Minima are the maxima with the other sign. */
  private static IntVector ranks(float[] x, int i) {
    IntVector bits = bits(x, i);
    return FORM.minimum() ? Extrema.turnedRanks(bits) : Extrema.ranks(bits);
  }

  /** At the end of the array, where there is no whole vector. */
  private static void rankFew(
      ColumnExtrema e, int start, int step, int rows, int width, int pixel, int pixelStep, int to) {
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < width; c++) {
        int bits = Float.floatToRawIntBits(e.x[start + row * step + c]);
        int rank = Extrema.rank(FORM.minimum() ? bits ^ Integer.MIN_VALUE : bits);
        if (rank > e.ranks[to + c]) {
          e.ranks[to + c] = rank;
          e.pixels[to + c] = pixel + row * pixelStep;
        }
      }
    }
  }
}
