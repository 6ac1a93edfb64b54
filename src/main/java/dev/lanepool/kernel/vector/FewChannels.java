package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.lanepool.kernel.internal.SumOrder;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Operations on NHWC maps of few channels, which don't make whole vectors. The channels of 16
 * adjacent pixels are taken for the channels of one, and the results of the 16 joined at last: each
 * is a partial sum of the contract, and an extremum may be found in any order. Maps are in an array
 * or, from s.from on, in native memory, where a sample begins at 0.
 */
final class FewChannels {
  private static final int PIXELS = SumOrder.LANES;

  /** More channels are too many for those of 16 pixels to be reduced together. */
  private static final int MOST = Scratch.CHANNELS / PIXELS - 1;

  /** Pixels beside which it weighs little to join results. */
  private static final int MANY = 512;

  private FewChannels() {}

  /**
   * Whether n pixels of so many channels are for these: with whole vectors, the last of which
   * reaches back, there would be two sweeps over the pixels.
   */
  static boolean serve(int channels, long n) {
    boolean whole = channels % FLOAT_LANES == 0;
    return channels < FLOAT_LANES || !whole && channels <= MOST && n >= MANY;
  }

  static void mean(Object x, int start, int channels, int n, int planes, Scratch s) {
    total(x, start, channels, n, s);
    s.divide(channels, n);
  }

  static void sum(Object x, int start, int channels, int n, int planes, Scratch s) {
    total(x, start, channels, n, s);
    s.divide(channels, 1);
  }

  /** The sums to s.sums. */
  private static void total(Object x, int start, int channels, int n, Scratch s) {
    Arrays.fill(s.totals, 0, channels, SumOrder.NOTHING);
    for (int done = 0; done < n; done += BLOCK) {
      blockSums(x, start + done * channels, channels, Math.min(BLOCK, n - done), s);
      for (int c = 0; c < channels; c++) {
        s.totals[c] += s.sums[c] + 0.0; // partial sums begin at +0, so that of a block of -0 is +0
      }
    }
    System.arraycopy(s.totals, 0, s.sums, 0, channels);
  }

  private static void blockSums(Object x, int start, int channels, int n, Scratch s) {
    int width = PIXELS * channels;
    int whole = n / PIXELS;
    int rest = n % PIXELS * channels;
    PixelRows rows = x instanceof MemorySegment ? SegmentReduction.PIXEL_ROWS : PixelRows.OF_ARRAYS;
    rows.sum(x, start, width, whole, width, s, 0);
    if (rest > 0) {
      copy(x, start + whole * width, rest, s.copy, 0, s);
      Arrays.fill(s.copy, rest, width, 0);
      PixelRows.OF_ARRAYS.add(s.copy, 0, width, 1, width, s, 0);
    }
    for (int half = width / 2; half >= channels; half /= 2) {
      addNext(s.sums, half);
    }
  }

  private static void addNext(double[] v, int n) {
    for (int i = 0; i < n; i++) {
      v[i] += v[n + i];
    }
  }

  static void max(Object x, int start, int channels, int n, int planes, Scratch s) {
    int found = extrema(Forms.MAX, x, start, channels, n, s);
    for (int i = channels; i < found; i += channels) {
      for (int c = 0; c < channels; c++) {
        s.first[c] = Math.max(s.first[c], s.first[i + c]);
      }
    }
  }

  static void min(Object x, int start, int channels, int n, int planes, Scratch s) {
    int found = extrema(Forms.MIN, x, start, channels, n, s);
    for (int i = channels; i < found; i += channels) {
      for (int c = 0; c < channels; c++) {
        s.first[c] = Math.min(s.first[c], s.first[i + c]);
      }
    }
  }

  static void argMax(Object x, int start, int channels, int n, int planes, Scratch s) {
    int found = extrema(Forms.ARG_MAX, x, start, channels, n, s);
    joinIndexed(1, channels, n, found, s);
  }

  static void argMin(Object x, int start, int channels, int n, int planes, Scratch s) {
    int found = extrema(Forms.ARG_MIN, x, start, channels, n, s);
    joinIndexed(-1, channels, n, found, s);
  }

  /** The first extrema of those that were found; the sign is -1 for minima. */
  private static void joinIndexed(int sign, int channels, int n, int found, Scratch s) {
    int inLanes = n < PIXELS ? 0 : PIXELS;
    int last = n - found / channels;
    for (int pixel = 0; pixel < found / channels; pixel++) {
      for (int c = 0; c < channels; c++) {
        int i = pixel * channels + c;
        // Behind the lanes are the last pixels themselves.
        s.index[i] = pixel < inLanes ? s.index[i] * PIXELS + pixel : last + pixel;
        if (sign * s.first[i] < sign * s.first[c]) {
          continue; // most are, and this is the cheapest question
        }
        int order = order(sign, s.first[i], s.first[c]);
        if (order > 0 || order == 0 && s.index[i] < s.index[c]) {
          s.first[c] = s.first[i];
          s.index[c] = s.index[i];
        }
      }
    }
  }

  /** More than 0 where a is the one to take; NaN always is. */
  private static int order(int sign, float a, float b) {
    return Float.compare(sign * a, sign * b);
  }

  static void meanMax(Object x, int start, int channels, int n, int planes, Scratch s) {
    max(x, start, channels, n, planes, s);
    System.arraycopy(s.first, 0, s.second, 0, channels);
    mean(x, start, channels, n, planes, s);
  }

  /**
   * The extrema of every 16th pixel, then the pixels that are too few for it, to s.first; how many.
   */
  private static int extrema(Forms forms, Object x, int start, int channels, int n, Scratch s) {
    int width = PIXELS * channels;
    int whole = n / PIXELS;
    int rest = n % PIXELS * channels;
    int found = 0;
    if (whole > 0) {
      if (x instanceof MemorySegment segment) {
        forms.segmentPixels().reduce(segment, start, width, whole, width, s);
      } else {
        forms.pixels().reduce((float[]) x, start, width, whole, width, s);
      }
      found = width;
    }
    copy(x, start + whole * width, rest, s.first, found, s);
    return found + rest;
  }

  private static void copy(Object x, int from, int count, float[] to, int at, Scratch s) {
    if (x instanceof MemorySegment segment) {
      long place = s.from + (long) from * Float.BYTES;
      MemorySegment.copy(segment, JAVA_FLOAT_UNALIGNED, place, to, at, count);
    } else {
      System.arraycopy(x, from, to, at, count);
    }
  }
}
