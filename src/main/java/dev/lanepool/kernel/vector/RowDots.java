package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;
import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.multiplyAdd;
import static dev.lanepool.kernel.vector.Lanes.widen;

import dev.lanepool.kernel.internal.SumOrder;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Products of one vector, or of four at a time, with contiguous rows: as {@link RowSums}, each
 * value times its factor. The factors are widened once for all rows; four vectors share the reading
 * and the widening of a row, and two rows that of the factors.
 */
final class RowDots {
  /** The most vectors at a time. */
  static final int VECTORS = 4;

  /** Doubles of scratch for the factors. */
  static final int FACTORS = VECTORS * BLOCK;

  /** The most results at a time: rows times vectors. */
  static final int RESULTS = 256;

  /** Doubles of scratch for the sums: 16 lanes of every result. */
  static final int SCRATCH = RESULTS * LANES;

  /** Rows at a time with four vectors: as many as the registers hold the products of. */
  private static final int ROWS = DOUBLE_LANES == 8 ? 2 : 1;

  /** Values whose factors stay in the L1 cache, for as many passes as there are strips. */
  private static final int CHUNK = 512;

  private static final Boundary ONE = new Boundary(RowDots::oneVector);
  private static final Boundary FOUR = new Boundary(RowDots::fourVectors);
  private static final Boundary HALVES =
      new Boundary((x, start, stride, n, rows, s) -> halves(s.sums, rows));

  private RowDots() {}

  /**
   * Products of vectors with rows, both of n values one after another.
   *
   * @param vectors 1 or 4
   * @param rows how many; times the vectors {@link #RESULTS} at the most
   * @param s receives the product of row r and vector v in s.sums[r · vectors + v]
   */
  static void dots(
      float[] v, int vStart, int vectors, float[] x, int start, int rows, int n, Scratch s) {
    int results = rows * vectors;
    Arrays.fill(s.totals, 0, results, SumOrder.NOTHING);
    for (int done = 0; done < n; done += BLOCK) {
      int length = Math.min(BLOCK, n - done);
      for (int k = 0; k < vectors; k++) {
        widenFactors(v, vStart + k * n + done, length, s.factors, k * BLOCK);
      }
      blockDots(vectors, x, start + done, n, length, rows, s);
      for (int i = 0; i < results; i++) {
        s.totals[i] += s.sums[i];
      }
    }
    System.arraycopy(s.totals, 0, s.sums, 0, results);
  }

  /** With zeros behind them up to a whole group of lanes. */
  private static void widenFactors(float[] v, int start, int n, double[] factors, int to) {
    for (int i = 0; i < n; i++) {
      factors[to + i] = v[start + i];
    }
    Arrays.fill(factors, to + n, to + ((n + LANES - 1) & -LANES), 0);
  }

  private static void blockDots(
      int vectors, float[] x, int start, int stride, int n, int rows, Scratch s) {
    Boundary form = vectors == 1 ? ONE : FOUR;
    int results = rows * vectors;
    int whole = n & -LANES;
    Arrays.fill(s.sums, 0, results * LANES, 0);
    s.position = 0;
    form.reduce(x, start, stride, whole, rows, s);
    if (whole < n) {
      s.position = whole;
      for (int row = 0; row < rows; row++) {
        int from = start + row * stride + whole;
        Arrays.fill(s.copy, row * LANES, (row + 1) * LANES, 0);
        System.arraycopy(x, from, s.copy, row * LANES, n - whole);
      }
      form.reduce(s.copy, 0, LANES, LANES, rows, s);
    }
    HALVES.reduce(x, start, stride, n, results, s);
    RowFolds.FOURS.reduce(x, start, stride, n, results, s);
    RowFolds.SUMS.reduce(x, start, stride, n, results, s);
  }

  // Both forms go on with the 16 lanes of every result in s.sums, at s.position of the factors.

  /** Two rows at a time, so that an addition need not wait for the one before. */
  private static void oneVector(float[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row += 2) {
      int next = Math.min(row + 1, rows - 1);
      for (int done = 0; done < n; done += CHUNK) {
        int i = start + row * stride + done;
        int j = start + next * stride + done;
        int factor = s.position + done;
        twoRows(x, i, j, Math.min(CHUNK, n - done), factor, row * LANES, next * LANES, s);
      }
    }
  }

  private static void twoRows(
      float[] x, int i, int j, int n, int factor, int to, int nextTo, Scratch s) {
    if (DOUBLE_LANES == LANES / 2) { // a loop of one trip makes those around it slower
      strips(x, i, j, n, s.factors, factor, s.sums, to, nextTo);
    } else {
      for (int k = 0; k < LANES / 2; k += DOUBLE_LANES) {
        strips(x, i + k, j + k, n, s.factors, factor + k, s.sums, to + k, nextTo + k);
      }
    }
  }

  private static void strips(
      float[] x, int i, int j, int n, double[] f, int fAt, double[] s, int to, int nextTo) {
    DoubleVector low = at(s, to);
    DoubleVector high = at(s, to + 8);
    DoubleVector low2 = at(s, nextTo);
    DoubleVector high2 = at(s, nextTo + 8);
    for (int k = 0; k < n; k += LANES) {
      DoubleVector factor = at(f, fAt + k);
      low = multiplyAdd(widen(x, i + k), factor, exact(low));
      low2 = multiplyAdd(widen(x, j + k), factor, exact(low2));
      factor = at(f, fAt + k + 8);
      high = multiplyAdd(widen(x, i + k + 8), factor, exact(high));
      high2 = multiplyAdd(widen(x, j + k + 8), factor, exact(high2));
    }
    exact(low).intoArray(s, to);
    exact(high).intoArray(s, to + 8);
    exact(low2).intoArray(s, nextTo);
    exact(high2).intoArray(s, nextTo + 8);
  }

  private static void fourVectors(float[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int done = 0; done < n; done += CHUNK) {
      int length = Math.min(CHUNK, n - done);
      for (int row = 0; row < rows; row += ROWS) {
        int next = Math.min(row + ROWS - 1, rows - 1);
        int i = start + row * stride + done;
        int j = start + next * stride + done;
        tile(x, i, j, length, s.position + done, row * VECTORS * LANES, next * VECTORS * LANES, s);
      }
    }
  }

  private static void tile(
      float[] x, int i, int j, int n, int factor, int to, int nextTo, Scratch s) {
    for (int lane = 0; lane < LANES; lane += DOUBLE_LANES) {
      if (ROWS == 2) {
        eightProducts(
            x, i + lane, j + lane, n, s.factors, factor + lane, s.sums, to + lane, nextTo + lane);
      } else {
        fourProducts(x, i + lane, n, s.factors, factor + lane, s.sums, to + lane);
      }
    }
  }

  /** Lanes of a row times four vectors. */
  private static void fourProducts(
      float[] x, int i, int n, double[] f, int fAt, double[] s, int to) {
    DoubleVector a = at(s, to);
    DoubleVector b = at(s, to + LANES);
    DoubleVector c = at(s, to + 2 * LANES);
    DoubleVector d = at(s, to + 3 * LANES);
    for (int k = 0; k < n; k += LANES) {
      DoubleVector value = widen(x, i + k);
      a = multiplyAdd(value, at(f, fAt + k), exact(a));
      b = multiplyAdd(value, at(f, fAt + k + BLOCK), exact(b));
      c = multiplyAdd(value, at(f, fAt + k + 2 * BLOCK), exact(c));
      d = multiplyAdd(value, at(f, fAt + k + 3 * BLOCK), exact(d));
    }
    exact(a).intoArray(s, to);
    exact(b).intoArray(s, to + LANES);
    exact(c).intoArray(s, to + 2 * LANES);
    exact(d).intoArray(s, to + 3 * LANES);
  }

  /** Lanes of two rows times four vectors. */
  private static void eightProducts(
      float[] x, int i, int j, int n, double[] f, int fAt, double[] s, int to, int nextTo) {
    DoubleVector a = at(s, to);
    DoubleVector b = at(s, to + LANES);
    DoubleVector c = at(s, to + 2 * LANES);
    DoubleVector d = at(s, to + 3 * LANES);
    DoubleVector a2 = at(s, nextTo);
    DoubleVector b2 = at(s, nextTo + LANES);
    DoubleVector c2 = at(s, nextTo + 2 * LANES);
    DoubleVector d2 = at(s, nextTo + 3 * LANES);
    for (int k = 0; k < n; k += LANES) {
      DoubleVector value = widen(x, i + k);
      DoubleVector value2 = widen(x, j + k);
      DoubleVector factor0 = at(f, fAt + k);
      a = multiplyAdd(value, factor0, exact(a));
      a2 = multiplyAdd(value2, factor0, exact(a2));
      DoubleVector factor1 = at(f, fAt + k + BLOCK);
      b = multiplyAdd(value, factor1, exact(b));
      b2 = multiplyAdd(value2, factor1, exact(b2));
      DoubleVector factor2 = at(f, fAt + k + 2 * BLOCK);
      c = multiplyAdd(value, factor2, exact(c));
      c2 = multiplyAdd(value2, factor2, exact(c2));
      DoubleVector factor3 = at(f, fAt + k + 3 * BLOCK);
      d = multiplyAdd(value, factor3, exact(d));
      d2 = multiplyAdd(value2, factor3, exact(d2));
    }
    exact(a).intoArray(s, to);
    exact(b).intoArray(s, to + LANES);
    exact(c).intoArray(s, to + 2 * LANES);
    exact(d).intoArray(s, to + 3 * LANES);
    exact(a2).intoArray(s, nextTo);
    exact(b2).intoArray(s, nextTo + LANES);
    exact(c2).intoArray(s, nextTo + 2 * LANES);
    exact(d2).intoArray(s, nextTo + 3 * LANES);
  }

  /** The first fold: of 16 lanes a row to eight. */
  private static void halves(double[] s, int rows) {
    for (int i = 0; i < rows * LANES / 2; i += DOUBLE_LANES) {
      int from = 2 * i - i % (LANES / 2);
      at(s, from).add(at(s, from + 8)).intoArray(s, i);
    }
  }
}
