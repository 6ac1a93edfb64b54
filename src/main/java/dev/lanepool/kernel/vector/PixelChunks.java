package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/** Chunks of NHWC maps: pixel after pixel, the lanes are channels. */
class PixelChunks implements ChunkForm {
  static final ChunkForm FORM = new PixelChunks();

  private static final int LANES = RowSums.LANES;

  private static final Boundary MAX_PIXELS =
      new Boundary((x, start, stride, n, planes, s) -> max(s.values, n, planes, s.sums));

  PixelChunks() {}

  @Override
  public int group(long size) {
    return Stages.PLANES;
  }

  @Override
  public int pixels(int planes) {
    return Integer.highestOneBit(Stages.CHUNK / planes);
  }

  @Override
  public void load(FeatureMap x, int n, int c, int planes, long first, int count, Stages s) {
    Decoder.pixels(x, n, c, planes, first, count, null, s);
  }

  @Override
  public void readWeights(int n, int planes, int first, int count, Stages s) {
    for (int i = 0; i < count; i++) {
      Arrays.fill(s.weights, i * planes, (i + 1) * planes, s.selection.weight(n, first + i));
    }
  }

  @Override
  public void subtractCenters(Stages s, int planes, int count) {
    spread(s.centers, s.scratch.others, planes, count);
    Slopes.subtract(s.values, s.scratch.others, planes * count);
  }

  @Override
  public void spread(double[] numbers, double[] to, int planes, int count) {
    System.arraycopy(numbers, 0, to, 0, planes);
    int values = planes * count;
    for (int done = planes; done < values; done *= 2) {
      System.arraycopy(to, 0, to, done, Math.min(done, values - done));
    }
  }

  @Override
  public void addInOrder(Stages s, int planes, int count) {
    for (int pixel = 0; pixel < count; pixel++) {
      for (int i = 0; i < planes; i++) {
        s.sums[i] += s.values[pixel * planes + i];
      }
    }
  }

  @Override
  public void addPlanes(double[] v, int planes, int count, double[] to, int first) {
    for (int plane = 0; plane < planes; plane++) {
      for (int i = 0; i < count; i++) { // not pixel by pixel: each addition waits for the last
        to[first + i] += v[i * planes + plane];
      }
    }
  }

  @Override
  public int plane(int i, int planes, int count) {
    return i % planes;
  }

  @Override
  public void store(
      double[] v,
      FeatureShape shape,
      int n,
      int c,
      int planes,
      int first,
      int count,
      float[] to,
      int offset) {
    int pixels = (int) shape.planeSize();
    for (int i = 0; i < count; i++) {
      int at = offset + (n * pixels + first + i) * shape.c() + c;
      Steps.round(v, i * planes, to, at, planes);
    }
  }

  @Override
  public void add(Stages s, int planes, int count) {
    int last = (count + LANES - 1) & -LANES;
    // A lane is never -0, so adding +0 where there is no pixel changes nothing.
    Arrays.fill(s.values, count * planes, last * planes, 0);
    for (int pixel = 0; pixel < last; pixel += LANES) {
      add(s.values, pixel * planes, s.lanes, 0, LANES * planes);
    }
  }

  /** to[at + i] += from[start + i] for i below n, a multiple of the lanes or with room behind. */
  static void add(double[] from, int start, double[] to, int at, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, to, at + i);
      sum.add(DoubleVector.fromArray(DOUBLES, from, start + i)).intoArray(to, at + i);
    }
  }

  @Override
  public void fold(Stages s, int planes) {
    for (int half = LANES / 2; half >= 1; half /= 2) {
      add(s.lanes, half * planes, s.lanes, 0, half * planes);
    }
    for (int i = 0; i < planes; i++) {
      s.sums[i] += s.lanes[i];
    }
    Arrays.fill(s.lanes, 0, LANES * planes, 0);
  }

  @Override
  public void max(Stages s, int planes, int count) {
    double[] maxima = s.scratch.sums;
    System.arraycopy(s.centers, 0, maxima, 0, planes);
    MAX_PIXELS.reduce(null, 0, planes, count, planes, s.scratch);
    System.arraycopy(maxima, 0, s.centers, 0, planes);
  }

  private static void max(double[] v, int n, int planes, double[] to) {
    for (int c = 0; c < planes; c += DOUBLE_LANES) {
      max(v, c, planes, n, to);
    }
  }

  private static void max(double[] v, int c, int planes, int n, double[] to) {
    DoubleVector max = at(to, c);
    for (int i = c; i < n * planes; i += planes) {
      max = exact(max).lanewise(MAX, at(v, i));
    }
    exact(max).intoArray(to, c);
  }

  @Override
  public void argMax(Stages s, int planes, int count, long first) {
    for (int pixel = 0; pixel < count; pixel++) {
      for (int c = 0; c < planes; c++) {
        double value = s.values[pixel * planes + c];
        if (first + pixel == 0 || Double.compare(value, s.centers[c]) > 0) {
          s.centers[c] = value;
          s.pixels[c] = first + pixel;
        }
      }
    }
  }
}
