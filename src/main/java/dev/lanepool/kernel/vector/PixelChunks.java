package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/** Chunks of NHWC maps: pixel after pixel, the lanes are channels. */
class PixelChunks implements ChunkForm {
  static final ChunkForm FORM = new PixelChunks();

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
  public void load(Stages s) {
    Decoder.pixels(s.x, s.n, s.c, s.planes, s.first, s.count, null, s);
  }

  @Override
  public void readWeights(Stages s) {
    int first = (int) s.first;
    for (int i = 0; i < s.count; i++) {
      float weight = s.selection.weight(s.n, first + i);
      Arrays.fill(s.weights, i * s.planes, (i + 1) * s.planes, weight);
    }
  }

  @Override
  public void subtractCenters(Stages s) {
    spread(s.centers, s.scratch.others, s);
    Slopes.subtract(s.values, s.scratch.others, s.length);
  }

  @Override
  public void spread(double[] numbers, double[] to, Stages s) {
    System.arraycopy(numbers, 0, to, 0, s.planes);
    for (int done = s.planes; done < s.length; done *= 2) {
      System.arraycopy(to, 0, to, done, Math.min(done, s.length - done));
    }
  }

  @Override
  public void addInOrder(Stages s) {
    int planes = s.planes;
    for (int pixel = 0; pixel < s.count; pixel++) {
      for (int i = 0; i < planes; i++) {
        s.sums[i] += s.values[pixel * planes + i];
      }
    }
  }

  @Override
  public void addPlanes(double[] sums, Stages s) {
    double[] v = s.values;
    int first = (int) s.first;
    int planes = s.planes;
    int count = s.count;
    int plane = 0;
    // Not pixel by pixel: each addition waits for the last.
    for (; plane <= planes - 4; plane += 4) {
      for (int i = 0, at = plane; i < count; i++, at += planes) {
        sums[first + i] = sums[first + i] + v[at] + v[at + 1] + v[at + 2] + v[at + 3];
      }
    }
    for (; plane < planes; plane++) {
      for (int i = 0; i < count; i++) {
        sums[first + i] += v[i * planes + plane];
      }
    }
  }

  @Override
  public int plane(int i, Stages s) {
    return i % s.planes;
  }

  @Override
  public void store(float[] to, int offset, Stages s) {
    int channels = s.x.shape().c();
    int first = offset + (int) ((s.n * s.size + s.first) * channels) + s.c;
    for (int i = 0; i < s.count; i++) {
      Steps.round(s.scratch.others, i * s.planes, to, first + i * channels, s.planes);
    }
  }

  @Override
  public void add(Stages s) {
    int planes = s.planes;
    int last = (s.count + LANES - 1) & -LANES;
    // A lane is never -0, so adding +0 where there is no pixel changes nothing.
    Arrays.fill(s.values, s.length, last * planes, 0);
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

  /** The same for any n, with no room behind. */
  static void addAll(double[] from, int start, double[] to, int at, int n) {
    int whole = n & -DOUBLE_LANES;
    add(from, start, to, at, whole);
    for (int i = whole; i < n; i++) {
      to[at + i] += from[start + i];
    }
  }

  @Override
  public void fold(Stages s) {
    int planes = s.planes;
    for (int half = LANES / 2; half >= 1; half /= 2) {
      add(s.lanes, half * planes, s.lanes, 0, half * planes);
    }
    for (int i = 0; i < planes; i++) {
      s.sums[i] += s.lanes[i];
    }
    Arrays.fill(s.lanes, 0, LANES * planes, 0);
  }

  @Override
  public void max(Stages s) {
    double[] maxima = s.scratch.sums;
    System.arraycopy(s.centers, 0, maxima, 0, s.planes);
    MAX_PIXELS.reduce(null, 0, s.planes, s.count, s.planes, s.scratch);
    System.arraycopy(maxima, 0, s.centers, 0, s.planes);
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
  public void argMax(Stages s) {
    int planes = s.planes;
    long first = s.first;
    for (int pixel = 0; pixel < s.count; pixel++) {
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
