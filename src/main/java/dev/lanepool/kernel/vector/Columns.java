package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.INTS;
import static dev.lanepool.kernel.vector.Lanes.widen;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Sums, and first maxima or minima, of the columns of a few rows, which lie a step apart; the lanes
 * are columns. What a column is, is the caller's matter: pixels of a plane, or channels of a pixel.
 * The last vector may take in columns that nobody asked for, where the array has them.
 */
final class Columns {
  private static final ThreadLocal<Columns> OF_THREAD =
      ThreadLocal.withInitial(() -> new Columns(Scratch.PLANES));

  /** The sum of each column. */
  final double[] sums;

  /** What a caller adds the sums to. */
  final double[] totals;

  /** The rank of each column's extremum; see {@link Extrema}. */
  final int[] ranks;

  /** The pixel of each column's extremum. */
  final int[] pixels;

  private final Boundary addRows =
      new Boundary((x, start, step, rows, width, none) -> addRows(x, start, step, rows, width));

  private final Boundary rankRows =
      new Boundary((x, start, step, rows, width, none) -> rankRows(x, start, step, rows, width));

  /** The sign bit where minima are looked for: of the turned values they are the maxima. */
  private int turn;

  /** The pixel of the first row of {@link #rankRows}, and how far it is to that of the next. */
  private int pixel;

  private int pixelStep;

  private Columns(int width) {
    int room = width + FLOAT_LANES;
    sums = new double[room];
    totals = new double[width];
    ranks = new int[room];
    pixels = new int[room];
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

  /** Before the first row: the lowest rank of all, at that row's pixel. */
  void beginExtremum(boolean min, int pixel, int width) {
    turn = min ? Integer.MIN_VALUE : 0;
    Arrays.fill(ranks, 0, width, Integer.MIN_VALUE);
    Arrays.fill(pixels, 0, width, pixel);
  }

  /** The pixels become those of the first values of higher rank, row by row, pixelStep apart. */
  void extremum(float[] x, int start, int step, int rows, int pixel, int pixelStep, int width) {
    this.pixel = pixel;
    this.pixelStep = pixelStep;
    rankRows.reduce(x, start, step, rows, width, null);
  }

  private void rankRows(float[] x, int start, int step, int rows, int width) {
    for (int row = 0; row < rows; row++) {
      rankOne(x, start + row * step, turn, pixel + row * pixelStep, width, ranks, pixels);
    }
  }

  /** The pixel becomes that of each column whose value in this row ranks above those so far. */
  private static void rankOne(
      float[] x, int start, int turn, int pixel, int width, int[] ranks, int[] pixels) {
    int c = 0;
    int room = x.length - start;
    for (; c < width && c <= room - FLOAT_LANES; c += FLOAT_LANES) {
      IntVector best = IntVector.fromArray(INTS, ranks, c);
      IntVector bits = FloatVector.fromArray(FLOATS, x, start + c).reinterpretAsInts();
      IntVector rank = Extrema.ranks(bits.lanewise(XOR, turn));
      VectorMask<Integer> greater = rank.compare(GT, best);
      best.blend(rank, greater).intoArray(ranks, c);
      IntVector.fromArray(INTS, pixels, c).blend(pixel, greater).intoArray(pixels, c);
    }
    for (; c < width; c++) {
      int rank = Extrema.rank(Float.floatToRawIntBits(x[start + c]) ^ turn);
      if (rank > ranks[c]) {
        ranks[c] = rank;
        pixels[c] = pixel;
      }
    }
  }
}
