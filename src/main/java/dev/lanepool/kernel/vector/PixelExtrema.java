package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.INTS;
import static dev.lanepool.kernel.vector.Lanes.max;
import static dev.lanepool.kernel.vector.Lanes.min;
import static dev.lanepool.kernel.vector.Lanes.unsignedMax;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Maxima and minima over strided pixels; the lanes are channels. {@link Extrema} says why three
 * integer extrema of the bits are kept.
 *
 * <p>Four pixels at a time are joined to a row of extrema in memory. To keep the extrema of a few
 * channels in registers instead, and walk down the pixels, would touch a line of memory in each:
 * lines that are a power of two apart share a few places of the L1 cache and push each other out.
 */
final class PixelExtrema {
  private static final int TILE = Scratch.CHANNELS;

  /** Ints of scratch: signed maxima, signed minima, unsigned maxima. */
  static final int SCRATCH = 3 * TILE;

  /** Begins with the first pixel: the extrema of the bits of adjacent channels to s.extrema. */
  static final Boundary BEGIN =
      new Boundary((x, start, stride, n, width, s) -> begin(x, start, width, s.extrema));

  /** Joins n pixels that lie stride apart. */
  static final Boundary JOIN =
      new Boundary((x, start, stride, n, width, s) -> join(x, start, stride, n, width, s.extrema));

  /** The maxima to s.first. */
  static final Boundary MAXIMA =
      new Boundary((x, start, stride, n, width, s) -> maxima(s.extrema, width, s.first));

  /** The minima to s.first. */
  static final Boundary MINIMA =
      new Boundary((x, start, stride, n, width, s) -> minima(s.extrema, width, s.first));

  private PixelExtrema() {}

  private static void begin(float[] x, int start, int width, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector bits = bits(x, start + c);
      bits.intoArray(e, c);
      bits.intoArray(e, TILE + c);
      bits.intoArray(e, 2 * TILE + c);
    }
  }

  private static void join(float[] x, int start, int stride, int n, int width, int[] e) {
    int pixel = 0;
    for (; pixel <= n - 4; pixel += 4) {
      joinFour(x, start + pixel * stride, stride, width, e);
    }
    for (; pixel < n; pixel++) {
      joinOne(x, start + pixel * stride, width, e);
    }
  }

  private static void joinFour(float[] x, int start, int stride, int width, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      int i = start + c;
      IntVector p = bits(x, i);
      IntVector q = bits(x, i + stride);
      IntVector r = bits(x, i + 2 * stride);
      IntVector t = bits(x, i + 3 * stride);
      IntVector signedMax = max(max(p, q), max(r, t));
      IntVector signedMin = min(min(p, q), min(r, t));
      join(e, c, signedMax, signedMin, unsignedMax(unsignedMax(p, q), unsignedMax(r, t)));
    }
  }

  private static void joinOne(float[] x, int start, int width, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector bits = bits(x, start + c);
      join(e, c, bits, bits, bits);
    }
  }

  private static void join(
      int[] e, int c, IntVector signedMax, IntVector signedMin, IntVector unsignedMax) {
    max(ints(e, c), signedMax).intoArray(e, c);
    min(ints(e, TILE + c), signedMin).intoArray(e, TILE + c);
    unsignedMax(ints(e, 2 * TILE + c), unsignedMax).intoArray(e, 2 * TILE + c);
  }

  private static void maxima(int[] e, int width, float[] y) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector unsignedMax = ints(e, 2 * TILE + c);
      IntVector bits = Extrema.max(ints(e, c), ints(e, TILE + c), unsignedMax);
      bits.reinterpretAsFloats().intoArray(y, c);
    }
  }

  private static void minima(int[] e, int width, float[] y) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector unsignedMax = ints(e, 2 * TILE + c);
      IntVector bits = Extrema.min(ints(e, c), ints(e, TILE + c), unsignedMax);
      bits.reinterpretAsFloats().intoArray(y, c);
    }
  }

  private static IntVector bits(float[] x, int i) {
    return FloatVector.fromArray(FLOATS, x, i).reinterpretAsInts();
  }

  private static IntVector ints(int[] e, int i) {
    return IntVector.fromArray(INTS, e, i);
  }
}
