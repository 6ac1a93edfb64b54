package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;
import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.widen;

import dev.lanepool.kernel.internal.SumOrder;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * The product of two matrices in double and in the contract's order; the lanes are columns. As
 * {@link PixelSums}, with a weight per term: term k of a block belongs to partial sum k mod 16, a
 * row of doubles with one value per column. A few columns are formed at a time, for all rows, so
 * that what is read of the second matrix stays in the cache.
 */
final class MatrixProduct {
  private static final int TILE = 64;

  /** Where the totals are in the scratch: behind the partial sums. */
  private static final int TOTALS = LANES * TILE;

  private static final float[] ONE = {1};

  private MatrixProduct() {}

  /** The sums of the columns of a matrix with n rows, to y[to..]. */
  static void columnSums(float[] x, int start, int n, int columns, float[] y, int to) {
    multiply(ONE, 0, 0, 0, 1, x, start, n, columns, y, to);
  }

  /**
   * y[row][column] = Σ_k v[row][k]·x[k][column] over k below n. The rows of x and of y lie one
   * after another.
   *
   * @param vRow how far apart the rows of v lie
   * @param vStep how far apart the values of a row of v lie
   */
  static void multiply(
      float[] v,
      int vStart,
      int vRow,
      int vStep,
      int rows,
      float[] x,
      int start,
      int n,
      int columns,
      float[] y,
      int to) {
    double[] s = Scratch.ofThread().sums;
    for (int column = 0; column < columns; column += TILE) {
      int width = Math.min(TILE, columns - column);
      for (int row = 0; row < rows; row++) {
        tile(v, vStart + row * vRow, vStep, x, start + column, columns, n, width, s);
        int at = to + row * columns + column;
        for (int j = 0; j < width; j++) {
          y[at + j] = (float) s[TOTALS + j];
        }
      }
    }
  }

  /** A row of v times a few columns of x, to s[TOTALS..]. */
  private static void tile(
      float[] v,
      int vStart,
      int vStep,
      float[] x,
      int start,
      int step,
      int n,
      int width,
      double[] s) {
    Arrays.fill(s, TOTALS, TOTALS + width, n == 0 ? 0 : SumOrder.NOTHING);
    for (int done = 0; done < n; done += BLOCK) {
      int length = Math.min(BLOCK, n - done);
      block(v, vStart + done * vStep, vStep, x, start + done * step, step, length, width, s);
      add(s, TOTALS, 0, width);
    }
  }

  /** The sums of a block of terms, to s[0..width). */
  private static void block(
      float[] v,
      int vStart,
      int vStep,
      float[] x,
      int start,
      int step,
      int n,
      int width,
      double[] s) {
    // Of few terms, most partial sums are +0, and no other is -0: they need not be added.
    int lanes = n > LANES / 2 ? LANES : Integer.highestOneBit(2 * n - 1);
    Arrays.fill(s, 0, lanes * width, 0);
    for (int lane = 0; lane < lanes; lane++) {
      int k = lane;
      for (; k + 3 * LANES < n; k += 4 * LANES) {
        addFour(
            v,
            vStart + k * vStep,
            LANES * vStep,
            x,
            start + k * step,
            LANES * step,
            width,
            s,
            lane * width);
      }
      for (; k < n; k += LANES) {
        addOne(v[vStart + k * vStep], x, start + k * step, width, s, lane * width);
      }
    }
    for (int half = lanes / 2; half >= 1; half /= 2) {
      add(s, 0, half * width, half * width);
    }
  }

  /** Four terms of a partial sum at once, which spares reading and writing it for each. */
  private static void addFour(
      float[] v, int i, int far, float[] x, int start, int step, int width, double[] s, int to) {
    double v0 = v[i];
    double v1 = v[i + far];
    double v2 = v[i + 2 * far];
    double v3 = v[i + 3 * far];
    int j = 0;
    for (; j + DOUBLE_LANES <= width; j += DOUBLE_LANES) {
      int at = start + j;
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, s, to + j).add(widen(x, at).mul(v0));
      sum = sum.add(widen(x, at + step).mul(v1));
      sum = sum.add(widen(x, at + 2 * step).mul(v2));
      sum.add(widen(x, at + 3 * step).mul(v3)).intoArray(s, to + j);
    }
    for (; j < width; j++) {
      int at = start + j;
      s[to + j] += v0 * x[at];
      s[to + j] += v1 * x[at + step];
      s[to + j] += v2 * x[at + 2 * step];
      s[to + j] += v3 * x[at + 3 * step];
    }
  }

  private static void addOne(double v, float[] x, int start, int width, double[] s, int to) {
    int j = 0;
    for (; j + DOUBLE_LANES <= width; j += DOUBLE_LANES) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, s, to + j);
      sum.add(widen(x, start + j).mul(v)).intoArray(s, to + j);
    }
    for (; j < width; j++) {
      s[to + j] += v * x[start + j];
    }
  }

  /** s[to + j] += s[from + j] for j below count; the ranges are apart. */
  private static void add(double[] s, int to, int from, int count) {
    for (int j = 0; j < count; j++) {
      s[to + j] += s[from + j];
    }
  }
}
