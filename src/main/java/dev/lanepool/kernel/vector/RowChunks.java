package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;

/** Chunks of NCHW maps: plane after plane; of each a block, which leaves no lanes to carry on. */
final class RowChunks implements ChunkForm {
  static final ChunkForm FORM = new RowChunks();

  private RowChunks() {}

  @Override
  public int group(long size) {
    return size > RowSums.BLOCK ? 1 : PlaneGroups.rows((int) size);
  }

  @Override
  public int pixels(int planes) {
    return RowSums.BLOCK;
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
    for (int i = start; i < start + n; i++) {
      v[i] -= center;
    }
  }

  @Override
  public void add(Stages s, int planes, int count) {
    DoubleRows.sums(count, planes, s.scratch);
  }

  @Override
  public void fold(Stages s, int planes) {
    for (int plane = 0; plane < planes; plane++) {
      s.sums[plane] += s.scratch.sums[plane];
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
