package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Lanes.multiplyAdd;
import static dev.lanepool.kernel.vector.Lanes.widen;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;

/**
 * Adds the pixels that {@link SelectedPixels} lists, of NHWC maps, to the row of partial sums at
 * s.position. One of {@link Copies}.
 */
final class SelectedLoop implements Loop<float[]> {
  /** What becomes of the pixels. */
  enum Step {
    /** They begin a row, a few of whose channels stay in registers. */
    BEGIN,
    /** They are added to a row in the same way. */
    ADD_FEW,
    /** They are added to a row, a few of them at a time. */
    ADD_MANY,
    /** They are all of a partial sum, which is added to a row. */
    FOLD
  }

  private record Form(Step step, boolean weighed) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /** How many channels stay in registers. */
  private static final int FOUR = 4 * DOUBLE_LANES;

  /** The loop that multiplies each pixel with its weight, or does not. */
  static LoopBoundary of(Step step, boolean weighed) {
    return Copies.of(MethodHandles.lookup(), new Form(step, weighed));
  }

  /** Adds the first n pixels of the list. */
  @Override
  public void reduce(float[] x, int start, int none, int n, int width, Scratch s) {
    if (FORM.step == Step.ADD_MANY) {
      addMany(x, start, n, width, s.index, s.others, s.sums, s.position);
    } else {
      addFew(x, start, n, width, s);
    }
  }

  private static void addMany(
      float[] x, int start, int n, int width, int[] places, double[] w, double[] s, int to) {
    int k = 0;
    for (; k <= n - 4; k += 4) {
      addFour(x, start, k, width, places, w, s, to);
    }
    for (; k < n; k++) {
      add(x, start + places[k], w[k], width, s, to);
    }
  }

  private static void addFour(
      float[] x, int start, int k, int width, int[] places, double[] w, double[] s, int to) {
    int i0 = start + places[k];
    int i1 = start + places[k + 1];
    int i2 = start + places[k + 2];
    int i3 = start + places[k + 3];
    double w0 = w[k];
    double w1 = w[k + 1];
    double w2 = w[k + 2];
    double w3 = w[k + 3];
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      DoubleVector sum = plus(at(s, to + c), x, i0 + c, w0);
      sum = plus(sum, x, i1 + c, w1);
      sum = plus(sum, x, i2 + c, w2);
      plus(sum, x, i3 + c, w3).intoArray(s, to + c);
    }
  }

  private static void add(float[] x, int i, double w, int width, double[] s, int to) {
    for (int c = 0; c < width; c += DOUBLE_LANES) {
      plus(at(s, to + c), x, i + c, w).intoArray(s, to + c);
    }
  }

  private static DoubleVector plus(DoubleVector sum, float[] x, int i, double weight) {
    return FORM.weighed
        ? multiplyAdd(widen(x, i), DoubleVector.broadcast(DOUBLES, weight), exact(sum))
        : exact(sum).add(widen(x, i));
  }

  /** Four vectors of channels at a time. */
  private static void addFew(float[] x, int start, int n, int width, Scratch s) {
    int c = 0;
    for (; c <= width - FOUR; c += FOUR) {
      four(x, start + c, n, s.index, s.others, s.sums, s.position + c);
    }
    for (; c < width; c += DOUBLE_LANES) {
      one(x, start + c, n, s.index, s.others, s.sums, s.position + c);
    }
  }

  private static DoubleVector begin(double[] s, int to) {
    return FORM.step == Step.ADD_FEW ? at(s, to) : DoubleVector.zero(DOUBLES);
  }

  private static void one(float[] x, int i, int n, int[] places, double[] w, double[] s, int to) {
    DoubleVector sum = begin(s, to);
    for (int k = 0; k < n; k++) {
      sum = plus(sum, x, i + places[k], w[k]);
    }
    if (FORM.step == Step.FOLD) {
      sum = at(s, to).add(exact(sum));
    }
    exact(sum).intoArray(s, to);
  }

  private static void four(float[] x, int i, int n, int[] places, double[] w, double[] s, int to) {
    DoubleVector a = begin(s, to);
    DoubleVector b = begin(s, to + DOUBLE_LANES);
    DoubleVector c = begin(s, to + 2 * DOUBLE_LANES);
    DoubleVector d = begin(s, to + 3 * DOUBLE_LANES);
    for (int k = 0; k < n; k++) {
      int place = i + places[k];
      a = plus(a, x, place, w[k]);
      b = plus(b, x, place + DOUBLE_LANES, w[k]);
      c = plus(c, x, place + 2 * DOUBLE_LANES, w[k]);
      d = plus(d, x, place + 3 * DOUBLE_LANES, w[k]);
    }
    if (FORM.step == Step.FOLD) {
      a = at(s, to).add(exact(a));
      b = at(s, to + DOUBLE_LANES).add(exact(b));
      c = at(s, to + 2 * DOUBLE_LANES).add(exact(c));
      d = at(s, to + 3 * DOUBLE_LANES).add(exact(d));
    }
    exact(a).intoArray(s, to);
    exact(b).intoArray(s, to + DOUBLE_LANES);
    exact(c).intoArray(s, to + 2 * DOUBLE_LANES);
    exact(d).intoArray(s, to + 3 * DOUBLE_LANES);
  }
}
