package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;

import dev.lanepool.FeatureMap;
import jdk.incubator.vector.DoubleVector;

/** Chunks of NCHW maps: plane after plane. */
final class RowChunks implements ChunkForm {
  static final ChunkForm FORM = new RowChunks();

  private static final int LANES = RowSums.LANES;

  private static final Boundary ADD =
      new Boundary((x, start, stride, n, rows, s) -> addRows(Stages.ofThread(), rows, n));

  private RowChunks() {}

  @Override
  public int group(long size) {
    return Math.clamp(Stages.CHUNK / size, 1, Stages.PLANES);
  }

  @Override
  public int pixels(int planes) {
    return Stages.CHUNK;
  }

  @Override
  public void load(FeatureMap x, int n, int c, int planes, long first, int count, Stages s) {
    Decoder.rows(x, n, c, planes, first, count, null, s);
  }

  @Override
  public void readWeights(int n, int planes, int first, int count, Stages s) {
    s.selection.read(n, first, count, s.weights);
    for (int plane = 1; plane < planes; plane++) {
      System.arraycopy(s.weights, 0, s.weights, plane * count, count);
    }
  }

  @Override
  public void subtractCenters(Stages s, int planes, int count) {
    for (int plane = 0; plane < planes; plane++) {
      subtract(s.values, plane * count, count, s.centers[plane]);
    }
  }

  private static void subtract(double[] v, int start, int n, double center) {
    int i = start;
    for (; i <= start + n - DOUBLE_LANES; i += DOUBLE_LANES) {
      DoubleVector.fromArray(DOUBLES, v, i).sub(center).intoArray(v, i);
    }
    for (; i < start + n; i++) {
      v[i] -= center;
    }
  }

  @Override
  public void add(Stages s, int planes, int count) {
    ADD.reduce(null, 0, 1, count, planes, null); // the values are those of the thread's stages
  }

  private static void addRows(Stages s, int planes, int count) {
    for (int plane = 0; plane < planes; plane++) {
      int whole = count & -LANES;
      for (int lane = 0; lane < LANES && whole > 0; lane += 2 * DOUBLE_LANES) {
        pass(s.values, plane * count + lane, whole, s.lanes, plane * LANES + lane);
      }
      for (int i = whole; i < count; i++) {
        s.lanes[plane * LANES + i - whole] += s.values[plane * count + i];
      }
    }
  }

  /** Two vectors of lanes; n is a multiple of 16. */
  private static void pass(double[] v, int start, int n, double[] lanes, int at) {
    DoubleVector low = DoubleVector.fromArray(DOUBLES, lanes, at);
    DoubleVector high = DoubleVector.fromArray(DOUBLES, lanes, at + DOUBLE_LANES);
    for (int i = start; i < start + n; i += LANES) {
      low = exact(low).add(DoubleVector.fromArray(DOUBLES, v, i));
      high = exact(high).add(DoubleVector.fromArray(DOUBLES, v, i + DOUBLE_LANES));
    }
    exact(low).intoArray(lanes, at);
    exact(high).intoArray(lanes, at + DOUBLE_LANES);
  }

  @Override
  public void fold(Stages s, int planes) {
    double[] l = s.lanes;
    for (int plane = 0; plane < planes; plane++) {
      int i = plane * LANES;
      for (int j = i; j < i + LANES / 2; j++) {
        l[j] += l[j + 8];
      }
      double even = (l[i] + l[i + 4]) + (l[i + 2] + l[i + 6]);
      double odd = (l[i + 1] + l[i + 5]) + (l[i + 3] + l[i + 7]);
      s.sums[plane] += even + odd;
    }
  }

  @Override
  public void max(Stages s, int planes, int count) {
    for (int plane = 0; plane < planes; plane++) {
      double max = maxOf(s, plane * count, count);
      s.centers[plane] = Math.max(s.centers[plane], max);
    }
  }

  /** C2 makes vectors of this by itself; those of the Vector API were boxed in some JVMs. */
  private static double maxOf(Stages s, int start, int n) {
    double max = s.values[start];
    for (int i = start + 1; i < start + n; i++) {
      max = Math.max(max, s.values[i]);
    }
    return max;
  }

  @Override
  public void argMax(Stages s, int planes, int count, long first) {
    for (int plane = 0; plane < planes; plane++) {
      int start = plane * count;
      double max = maxOf(s, start, count);
      if (first == 0 || Double.compare(max, s.centers[plane]) > 0) {
        s.centers[plane] = max;
        s.pixels[plane] = first + indexOf(max, s.values, start);
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
