package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.lanepool.kernel.internal.SumOrder;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/** Chunks of NCHW maps: plane after plane; of each a block, which leaves no lanes to carry on. */
final class RowChunks implements ChunkForm {
  static final ChunkForm FORM = new RowChunks();

  private static final Boundary MAXIMA =
      new Boundary((x, start, stride, n, rows, s) -> maxima(s.values, n, rows, s.sums));
  private static final Boundary FOLD_MAXIMA =
      new Boundary((x, start, stride, n, rows, s) -> foldMaxima(rows, s.sums));

  private RowChunks() {}

  @Override
  public int group(long size) {
    return size > SumOrder.BLOCK ? 1 : PlaneGroups.copiedRows((int) size);
  }

  @Override
  public int pixels(int planes) {
    return SumOrder.BLOCK;
  }

  @Override
  public void load(Stages s) {
    Decoder.rows(s.x, s.n, s.c, s.planes, s.first, s.count, null, s);
  }

  @Override
  public void readWeights(Stages s) {
    s.selection.read(s.n, (int) s.first, s.count, s.weights);
    for (int i = s.count; i < s.length; i += s.count) {
      System.arraycopy(s.weights, 0, s.weights, i, s.count);
    }
  }

  @Override
  public void subtractCenters(Stages s) {
    for (int plane = 0; plane < s.planes; plane++) {
      subtract(s.values, plane * s.count, s.count, s.centers[plane]);
    }
  }

  private static void subtract(double[] v, int start, int n, double center) {
    for (int i = start; i < start + n; i++) {
      v[i] -= center;
    }
  }

  @Override
  public void spread(double[] numbers, double[] to, Stages s) {
    for (int plane = 0; plane < s.planes; plane++) {
      Arrays.fill(to, plane * s.count, (plane + 1) * s.count, numbers[plane]);
    }
  }

  @Override
  public void addInOrder(Stages s) {
    int count = s.count;
    for (int plane = 0; plane < s.planes; plane++) {
      for (int i = plane * count; i < (plane + 1) * count; i++) {
        s.sums[plane] += s.values[i];
      }
    }
  }

  @Override
  public void addPlanes(double[] sums, Stages s) {
    for (int plane = 0; plane < s.planes; plane++) {
      PixelChunks.addAll(s.values, plane * s.count, sums, (int) s.first, s.count);
    }
  }

  @Override
  public int plane(int i, Stages s) {
    return i / s.count;
  }

  @Override
  public void store(float[] to, int offset, Stages s) {
    long at = (s.n * (long) s.x.shape().c() + s.c) * s.size + s.first;
    Steps.round(s.scratch.others, 0, to, offset + (int) at, s.length);
  }

  @Override
  public void add(Stages s) {
    RowSums.OF_DOUBLES.sums(s.values, 0, s.planes, s.count, s.scratch);
  }

  @Override
  public void fold(Stages s) {
    for (int plane = 0; plane < s.planes; plane++) {
      s.sums[plane] += s.scratch.sums[plane];
    }
  }

  @Override
  public void max(Stages s) {
    maxima(s);
    for (int plane = 0; plane < s.planes; plane++) {
      s.centers[plane] = Math.max(s.centers[plane], s.scratch.sums[plane]);
    }
  }

  /** The maximum of each row to s.scratch.sums. */
  private static void maxima(Stages s) {
    int count = s.count;
    if (count > DOUBLE_LANES) {
      MAXIMA.reduce(null, 0, 0, count, s.planes, s.scratch);
      FOLD_MAXIMA.reduce(null, 0, 0, count, s.planes, s.scratch);
      return;
    }
    for (int plane = 0; plane < s.planes; plane++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int i = plane * count; i < (plane + 1) * count; i++) {
        max = Math.max(max, s.values[i]);
      }
      s.scratch.sums[plane] = max;
    }
  }

  private static void maxima(double[] v, int n, int rows, double[] to) {
    for (int row = 0; row < rows; row++) {
      maxOfVectors(v, row * n, n, to, row * DOUBLE_LANES);
    }
  }

  /**
   * Lane by lane; n is more than a vector. The last one overlaps, so that no row passes the loop
   * by: where some did, C2 boxed its vectors.
   */
  private static void maxOfVectors(double[] v, int start, int n, double[] to, int at) {
    DoubleVector max = DoubleVector.fromArray(DOUBLES, v, start + n - DOUBLE_LANES);
    for (int i = start; i < start + n - DOUBLE_LANES; i += DOUBLE_LANES) {
      max = exact(max).lanewise(MAX, DoubleVector.fromArray(DOUBLES, v, i));
    }
    exact(max).intoArray(to, at);
  }

  private static void foldMaxima(int rows, double[] to) {
    for (int half = DOUBLE_LANES / 2; half >= 1; half /= 2) {
      maxWithNext(to, half, rows * DOUBLE_LANES);
    }
    for (int row = 0; row < rows; row++) {
      to[row] = to[row * DOUBLE_LANES];
    }
  }

  /** v[i] becomes the greater of v[i] and v[i + distance]. */
  private static void maxWithNext(double[] v, int distance, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector next = DoubleVector.fromArray(DOUBLES, v, i + distance);
      DoubleVector.fromArray(DOUBLES, v, i).lanewise(MAX, next).intoArray(v, i);
    }
  }

  @Override
  public void argMax(Stages s) {
    maxima(s);
    for (int plane = 0; plane < s.planes; plane++) {
      double max = s.scratch.sums[plane];
      if (s.first == 0 || Double.compare(max, s.centers[plane]) > 0) {
        s.centers[plane] = max;
        s.pixels[plane] = s.first + indexOf(max, s.values, plane * s.count);
      }
    }
  }

  /** The first index from start on of a value, which must exist; all NaNs are alike. */
  private static int indexOf(double wanted, double[] v, int start) {
    int i = 0;
    while (Double.compare(v[start + i], wanted) != 0) {
      i++;
    }
    return i;
  }
}
