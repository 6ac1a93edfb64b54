package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.widen;

import dev.lanepool.kernel.internal.Grid;
import dev.lanepool.kernel.internal.Results;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Means, or sums, of the windows of contiguous planes whose rows are a few vectors long, many at a
 * time. The windows of one row of outputs have the same rows, a band of each of their slices. Its
 * columns are summed in lanes, then a few columns from each one on, of which each window takes its
 * own.
 */
final class BandSums {
  /** Columns of bands that are summed for one step after the other, in the L1 cache. */
  private static final int ROOM = 2048;

  /** The most columns of a window that are added in lanes: wider windows are added one by one. */
  private static final int TOGETHER = 4;

  private static final ThreadLocal<BandSums> OF_THREAD = ThreadLocal.withInitial(BandSums::new);

  private final Boundary addBands = new Boundary(this::addBands);
  private final Boundary join = new Boundary(this::join);
  private final Boundary divide = new Boundary(this::divide);

  private Grid grid;
  private boolean mean;

  /** Planes at a time, and rows of their outputs: all, unless it is one plane. */
  private int planes;

  private int rows;

  /** How far apart the columns of two bands are, in whole vectors. */
  private int stride;

  /** How many columns of each window are added in lanes, and whether there are no others. */
  private int together;

  private boolean uniform;

  /** The sums of columns, band by band. */
  private double[] columns = new double[0];

  /** The sums of a few columns from each one on. */
  private double[] joined = new double[0];

  /** The sums of windows, band by band, their sizes or ones, and the quotients. */
  private double[] sums = new double[0];

  private double[] divisors = new double[0];
  private float[] means = new float[0];

  private BandSums() {}

  /** For these windows and this thread; grows, so that nothing is made once warm. */
  static BandSums of(boolean mean, Grid g) {
    BandSums bands = OF_THREAD.get();
    bands.grid = g;
    bands.stride = g.width() + DOUBLE_LANES - 1 & -DOUBLE_LANES;
    bands.rows = Math.clamp(ROOM / bands.stride, 1, g.outRows());
    bands.planes = bands.rows < g.outRows() ? 1 : ROOM / (bands.stride * bands.rows);
    bands.mean = mean;
    bands.fit();
    bands.findTogether();
    return bands;
  }

  private void fit() {
    int all = planes * rows * stride;
    if (joined.length < all) {
      columns = new double[all + TOGETHER];
      joined = new double[all];
    }
    int windows = planes * rows * grid.outWidth() + DOUBLE_LANES;
    if (sums.length < windows) {
      sums = new double[windows];
      divisors = new double[windows];
      means = new float[windows];
    }
  }

  private void findTogether() {
    int least = Math.ceilDiv(grid.width(), grid.outWidth()); // no window has fewer columns
    together = least <= TOGETHER ? least : 1;
    uniform = true;
    for (int o = 0; o < grid.outWidth(); o++) {
      uniform &= grid.right(o) - grid.left(o) == together;
    }
  }

  /** Of so many rows of outputs, for all planes at a time. */
  private void findDivisors(int first, int most) {
    int o = 0;
    for (int row = first; row < first + most; row++) {
      for (int column = 0; column < grid.outWidth(); column++) {
        divisors[o++] = mean ? grid.size(row, column) : 1;
      }
    }
    for (int plane = 1; plane < planes; plane++) {
      System.arraycopy(divisors, 0, divisors, plane * o, o);
    }
  }

  /** Of so many planes from start on, to the results from one on. */
  void pool(float[] x, int start, int count, Results results, int to) {
    if (rows == grid.outRows()) {
      findDivisors(0, rows);
    }
    for (int plane = 0; plane < count; plane += planes) {
      int most = Math.min(planes, count - plane);
      poolTogether(x, start + plane * grid.values(), most, results, to + plane * grid.cells());
    }
  }

  private void poolTogether(float[] x, int start, int count, Results results, int to) {
    for (int row = 0; row < grid.outRows(); row += rows) {
      int most = Math.min(rows, grid.outRows() - row);
      int windows = count * most * grid.outWidth();
      if (rows < grid.outRows()) {
        findDivisors(row, most);
      }
      addBands.reduce(x, start, row, most, count, null);
      addWindows(count * most);
      divide.reduce(null, 0, 0, windows, 1, null);
      results.put(to + row * grid.outWidth(), means, windows);
    }
  }

  /** A vector of the columns of a band from plane to plane, then the next. */
  private void addBands(float[] x, int start, int first, int rows, int planes, Scratch none) {
    int width = grid.width();
    Arrays.fill(columns, 0, planes * rows * stride, 0);
    for (int row = 0; row < rows; row++) {
      grid.window(first + row, 0);
      for (int slice = 0; slice < grid.depth(); slice++) {
        for (int c = 0; c < width; c += DOUBLE_LANES) {
          int from = start + grid.top(slice) * width + c;
          across(x, from, width - c, grid.height(), planes, row * stride + c, rows * stride);
        }
      }
    }
  }

  private void across(float[] x, int start, int left, int rows, int planes, int to, int next) {
    int width = grid.width();
    int size = grid.values();
    int room = x.length - DOUBLE_LANES - start - (rows - 1) * width;
    int whole = RowSums.fit(room, planes, size);
    int row = 0;
    for (; row <= rows - 4; row += 4) {
      addFour(x, start + row * width, width, size, whole, columns, to, next);
    }
    if (row <= rows - 2) {
      addTwo(x, start + row * width, width, size, whole, columns, to, next);
      row += 2;
    }
    if (row < rows) {
      addOne(x, start + row * width, size, whole, columns, to, next);
    }
    for (int plane = whole; plane < planes; plane++) {
      addFew(x, start + plane * size, left, rows, to + plane * next);
    }
  }

  /** At the end of the array, where there is no whole vector. */
  private void addFew(float[] x, int start, int left, int rows, int to) {
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < Math.min(left, DOUBLE_LANES); c++) {
        columns[to + c] += x[start + row * grid.width() + c];
      }
    }
  }

  private static void addFour(
      float[] x, int i, int width, int size, int planes, double[] s, int to, int next) {
    for (int plane = 0; plane < planes; plane++, i += size, to += next) {
      DoubleVector sum = at(s, to).add(widen(x, i)).add(widen(x, i + width));
      sum.add(widen(x, i + 2 * width)).add(widen(x, i + 3 * width)).intoArray(s, to);
    }
  }

  private static void addTwo(
      float[] x, int i, int width, int size, int planes, double[] s, int to, int next) {
    for (int plane = 0; plane < planes; plane++, i += size, to += next) {
      at(s, to).add(widen(x, i)).add(widen(x, i + width)).intoArray(s, to);
    }
  }

  private static void addOne(float[] x, int i, int size, int planes, double[] s, int to, int next) {
    for (int plane = 0; plane < planes; plane++, i += size, to += next) {
      at(s, to).add(widen(x, i)).intoArray(s, to);
    }
  }

  private void addWindows(int bands) {
    if (together > 1) {
      join.reduce(null, 0, 0, together, bands * stride, null);
    }
    double[] first = together > 1 ? joined : columns;
    for (int band = 0; band < bands; band++) {
      int to = band * grid.outWidth();
      for (int o = 0; o < grid.outWidth(); o++) {
        sums[to + o] = first[band * stride + grid.left(o)];
      }
      if (!uniform) {
        addOthers(band * stride, to);
      }
    }
  }

  private void join(float[] x, int start, int step, int together, int count, Scratch none) {
    System.arraycopy(columns, 0, joined, 0, count);
    for (int next = 1; next < together; next++) {
      for (int c = 0; c < count; c += DOUBLE_LANES) {
        at(joined, c).add(at(columns, c + next)).intoArray(joined, c);
      }
    }
  }

  /** The columns of windows that are not added together. */
  private void addOthers(int from, int to) {
    for (int o = 0; o < grid.outWidth(); o++) {
      double sum = sums[to + o];
      for (int w = grid.left(o) + together; w < grid.right(o); w++) {
        sum += columns[from + w];
      }
      sums[to + o] = sum;
    }
  }

  private void divide(float[] x, int start, int step, int n, int one, Scratch none) {
    for (int k = 0; k < n; k += DOUBLE_LANES) {
      Lanes.narrow(at(sums, k).div(at(divisors, k))).intoArray(means, k);
    }
  }
}
