package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.narrow;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;
import dev.lanepool.kernel.internal.SumOrder;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/** Sums and means of what a selection takes of float arrays, sample by sample. */
final class SelectedSums {

  private SelectedSums() {}

  /** Whether there are loops for this reduction of these maps. */
  static boolean serve(Reduction r, FeatureMap x) {
    boolean fits = x.layout() == Layout.NCHW || x.shape().c() >= DOUBLE_LANES;
    return x.hasArray() && fits && (r == Reduction.MEAN || r == Reduction.SUM);
  }

  static void reduce(Reduction r, FeatureMap x, Selection selection, float[] y, int yOffset) {
    Scratch s = Scratch.ofThread();
    FeatureShape shape = x.shape();
    for (int n = 0; n < shape.n(); n++) {
      int to = yOffset + n * shape.c();
      if (selection.suffices(r, n)) {
        double divisor = r == Reduction.MEAN ? selection.total(n) : 1;
        sample(x, n, selection, divisor, y, to, s);
      } else {
        Arrays.fill(y, to, to + shape.c(), (float) selection.otherwise());
      }
    }
  }

  private static void sample(
      FeatureMap x, int n, Selection selection, double divisor, float[] y, int to, Scratch s) {
    int channels = x.shape().c();
    int size = (int) x.shape().planeSize();
    read(selection, n, 0, Math.min(BLOCK, size), s);
    for (int c = 0; c < channels; ) {
      int planes = group(x.layout(), channels - c);
      // The last group of whole vectors reaches back.
      int first = Math.min(c, channels - planes);
      if (size <= BLOCK) {
        sums(x, n, first, planes, 0, size, selection.isBinary(), s);
      } else {
        blocks(x, n, first, planes, selection, s);
      }
      divide(s.sums, divisor, planes, s.first);
      System.arraycopy(s.first, 0, y, to + first, planes);
      c = first + planes;
    }
  }

  /** How many channels go together: rows, or whole vectors where the channels are adjacent. */
  private static int group(Layout layout, int channels) {
    if (layout == Layout.NCHW) {
      return Math.min(Scratch.PLANES, channels);
    }
    int count = Math.min(SelectedPixels.CHANNELS, channels);
    return Math.max(DOUBLE_LANES, count - count % DOUBLE_LANES);
  }

  /** The sums of adjacent channels of more than a block, to s.sums. */
  private static void blocks(
      FeatureMap x, int n, int c, int planes, Selection selection, Scratch s) {
    int size = (int) x.shape().planeSize();
    Arrays.fill(s.totals, 0, planes, SumOrder.NOTHING);
    for (int done = 0; done < size; done += BLOCK) {
      int length = Math.min(BLOCK, size - done);
      read(selection, n, done, length, s);
      sums(x, n, c, planes, done, length, selection.isBinary(), s);
      for (int i = 0; i < planes; i++) {
        s.totals[i] += s.sums[i];
      }
    }
    System.arraycopy(s.totals, 0, s.sums, 0, planes);
  }

  /** The weights of a block, with zeros behind them up to a whole group of lanes. */
  private static void read(Selection selection, int n, int first, int count, Scratch s) {
    int padded = RowSums.padded(count);
    selection.read(n, first, count, s.factors);
    Arrays.fill(s.factors, count, padded, 0);
    for (int i = 0; i < padded; i++) {
      s.keep[i] = s.factors[i] == 0 ? 0 : -1;
    }
  }

  /** The sums of a block of adjacent channels to s.sums. */
  private static void sums(
      FeatureMap x, int n, int c, int planes, int first, int count, boolean binary, Scratch s) {
    int channels = x.shape().c();
    int size = (int) x.shape().planeSize();
    int sample = x.offset() + n * channels * size;
    if (x.layout() == Layout.NCHW) {
      SelectedRows.sums(x.array(), sample + c * size + first, size, planes, count, binary, s);
    } else {
      SelectedPixels.sums(
          x.array(), sample + first * channels + c, channels, planes, count, binary, s);
    }
  }

  /** Whole vectors, since a division takes as long as a short row. */
  private static void divide(double[] sums, double divisor, int n, float[] to) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      narrow(DoubleVector.fromArray(DOUBLES, sums, i).div(divisor)).intoArray(to, i);
    }
  }
}
