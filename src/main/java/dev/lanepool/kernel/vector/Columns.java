package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.widen;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Sums of the columns of a few rows, which lie a step apart; the lanes are columns. What a column
 * is, is the caller's matter: pixels of a plane, or channels of a pixel. The last vector may take
 * in columns that nobody asked for, where the array has them.
 */
final class Columns {
  private static final ThreadLocal<Columns> OF_THREAD =
      ThreadLocal.withInitial(() -> new Columns(Scratch.PLANES));

  /** The sum of each column. */
  final double[] sums;

  /** What a caller adds the sums to. */
  final double[] totals;

  private final Boundary addRows =
      new Boundary((x, start, step, rows, width, none) -> addRows(x, start, step, rows, width));

  private Columns(int width) {
    sums = new double[width + DOUBLE_LANES];
    totals = new double[width];
  }

  /** Room for so many columns, for the calling thread; grows, so that nothing is made once warm. */
  static Columns ofThread(int width) {
    Columns columns = OF_THREAD.get();
    if (columns.totals.length < width) {
      columns = new Columns(width);
      OF_THREAD.set(columns);
    }
    return columns;
  }

  /** Before the first row: +0. */
  void beginSum(int width) {
    Arrays.fill(sums, 0, width, 0);
  }

  /** Adds each column, row by row, to its sum. */
  void sum(float[] x, int start, int step, int rows, int width) {
    addRows.reduce(x, start, step, rows, width, null);
  }

  private void addRows(float[] x, int start, int step, int rows, int width) {
    int row = 0;
    for (; row <= rows - 4; row += 4) {
      addFour(x, start + row * step, step, width, sums);
    }
    for (; row < rows; row++) {
      addOne(x, start + row * step, width, sums);
    }
  }

  /** Four rows at once, which spares reading and writing the sums for each. */
  private static void addFour(float[] x, int start, int step, int width, double[] s) {
    int c = 0;
    int room = x.length - start - 3 * step;
    for (; c < width && c <= room - DOUBLE_LANES; c += DOUBLE_LANES) {
      int i = start + c;
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, s, c).add(widen(x, i));
      sum = sum.add(widen(x, i + step));
      sum = sum.add(widen(x, i + 2 * step));
      sum.add(widen(x, i + 3 * step)).intoArray(s, c);
    }
    for (; c < width; c++) {
      int i = start + c;
      s[c] = s[c] + x[i] + x[i + step] + x[i + 2 * step] + x[i + 3 * step];
    }
  }

  private static void addOne(float[] x, int start, int width, double[] s) {
    int c = 0;
    int room = x.length - start;
    for (; c < width && c <= room - DOUBLE_LANES; c += DOUBLE_LANES) {
      DoubleVector.fromArray(DOUBLES, s, c).add(widen(x, start + c)).intoArray(s, c);
    }
    for (; c < width; c++) {
      s[c] += x[start + c];
    }
  }

  /** totals[i] += sums[i] for i below width. */
  void addToTotals(int width) {
    int c = 0;
    for (; c <= width - DOUBLE_LANES; c += DOUBLE_LANES) {
      DoubleVector total = DoubleVector.fromArray(DOUBLES, totals, c);
      total.add(DoubleVector.fromArray(DOUBLES, sums, c)).intoArray(totals, c);
    }
    for (; c < width; c++) {
      totals[c] += sums[c];
    }
  }
}
