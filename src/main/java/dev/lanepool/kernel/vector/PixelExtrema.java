package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.bits;
import static dev.lanepool.kernel.vector.Lanes.max;
import static dev.lanepool.kernel.vector.Lanes.min;
import static dev.lanepool.kernel.vector.Lanes.unsignedMax;

import jdk.incubator.vector.IntVector;

/**
 * Maxima and minima over strided pixels; the lanes are channels. {@link Extrema} says which extrema
 * of the bits are kept, and when a maximum does not need the signed minimum.
 *
 * <p>Four pixels at a time are joined to a row of extrema in memory. To keep the extrema of a few
 * channels in registers instead, and walk down the pixels, would touch a line of memory in each:
 * lines that are a power of two apart share a few places of the L1 cache and push each other out.
 */
final class PixelExtrema {
  private static final int TILE = Scratch.CHANNELS;

  /** Ints of scratch: signed maxima, unsigned maxima, signed minima. */
  static final int SCRATCH = 3 * TILE;

  private static final Boundary BEGIN =
      new Boundary((x, start, stride, n, width, s) -> begin(x, start, width, s.extrema));
  private static final Boundary JOIN =
      new Boundary((x, start, stride, n, width, s) -> join(x, start, stride, n, width, s.extrema));
  private static final Boundary FOLD =
      new Boundary((x, start, stride, n, width, s) -> fold(width, s.extrema));
  private static final Boundary JOIN_MINIMA =
      new Boundary(
          (x, start, stride, n, width, s) -> joinMinima(x, start, stride, n, width, s.extrema));

  private static final Boundary MAXIMA =
      new Boundary((x, start, stride, n, width, s) -> maxima(s.extrema, width, s.first));

  private static final Boundary MINIMA =
      new Boundary((x, start, stride, n, width, s) -> minima(s.extrema, width, s.first));

  private PixelExtrema() {}

  /**
   * The signed and the unsigned maxima of n pixels, which lie stride apart. Of few channels, as
   * many adjacent pixels as make a row of {@link Scratch#CHANNELS} are taken for one.
   */
  static void join(float[] x, int start, int stride, int n, int width, Scratch s) {
    int together = width == stride ? Integer.highestOneBit(Math.min(n, TILE / width)) : 1;
    int whole = n / together;
    int step = together * stride;
    BEGIN.reduce(x, start, step, 1, together * width, s);
    JOIN.reduce(x, start + step, step, whole - 1, together * width, s);
    int rest = n % together;
    if (rest > 0) {
      JOIN.reduce(x, start + whole * step, step, 1, rest * width, s);
    }
    for (int pixels = together / 2; pixels >= 1; pixels /= 2) {
      FOLD.reduce(x, start, stride, n, pixels * width, s);
    }
  }

  /** The maxima to s.first, after {@link #join}. */
  static void maxima(float[] x, int start, int stride, int n, int width, Scratch s) {
    if (anyNegative(s.extrema, width)) {
      JOIN_MINIMA.reduce(x, start, stride, n, width, s);
    }
    MAXIMA.reduce(x, start, stride, n, width, s);
  }

  /** The minima to s.first, after {@link #join}. */
  static void minima(float[] x, int start, int stride, int n, int width, Scratch s) {
    JOIN_MINIMA.reduce(x, start, stride, n, width, s);
    MINIMA.reduce(x, start, stride, n, width, s);
  }

  private static boolean anyNegative(int[] e, int width) {
    int signs = 0;
    for (int c = 0; c < width; c++) {
      signs |= e[c];
    }
    return signs < 0;
  }

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
      joinFour(x, start + pixel * stride, 0, width, e); // a loop of its own for this was boxed
    }
  }

  private static void joinFour(float[] x, int start, int stride, int width, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      int i = start + c;
      IntVector p = bits(x, i);
      IntVector q = bits(x, i + stride);
      IntVector r = bits(x, i + 2 * stride);
      IntVector t = bits(x, i + 3 * stride);
      max(at(e, c), max(max(p, q), max(r, t))).intoArray(e, c);
      unsignedMax(at(e, TILE + c), unsignedMax(unsignedMax(p, q), unsignedMax(r, t)))
          .intoArray(e, TILE + c);
    }
  }

  /** Joins the extrema that are width behind to the first. */
  private static void fold(int width, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      max(at(e, c), at(e, width + c)).intoArray(e, c);
      unsignedMax(at(e, TILE + c), at(e, TILE + width + c)).intoArray(e, TILE + c);
    }
  }

  private static void joinMinima(float[] x, int start, int stride, int n, int width, int[] e) {
    int pixel = 0;
    for (; pixel <= n - 4; pixel += 4) {
      joinFourMinima(x, start + pixel * stride, stride, width, e);
    }
    for (; pixel < n; pixel++) {
      joinFourMinima(x, start + pixel * stride, 0, width, e);
    }
  }

  private static void joinFourMinima(float[] x, int start, int stride, int width, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      int i = start + c;
      IntVector least = min(bits(x, i), bits(x, i + stride));
      least = min(least, min(bits(x, i + 2 * stride), bits(x, i + 3 * stride)));
      min(at(e, 2 * TILE + c), least).intoArray(e, 2 * TILE + c);
    }
  }

  private static void maxima(int[] e, int width, float[] y) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector bits = Extrema.max(at(e, c), at(e, TILE + c), at(e, 2 * TILE + c));
      bits.reinterpretAsFloats().intoArray(y, c);
    }
  }

  private static void minima(int[] e, int width, float[] y) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector bits = Extrema.min(at(e, c), at(e, TILE + c), at(e, 2 * TILE + c));
      bits.reinterpretAsFloats().intoArray(y, c);
    }
  }
}
