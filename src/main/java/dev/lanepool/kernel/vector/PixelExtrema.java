package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.at;
import static dev.lanepool.kernel.vector.Lanes.unsignedMax;

import java.util.Arrays;
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

  private static final Boundary FOLD =
      new Boundary((x, start, stride, n, width, s) -> fold(width, s.extrema));

  private static final Boundary MAXIMA =
      new Boundary((x, start, stride, n, width, s) -> maxima(s.extrema, width, s.first));

  private static final Boundary MINIMA =
      new Boundary((x, start, stride, n, width, s) -> minima(s.extrema, width, s.first));

  static final PixelExtrema OF_ARRAYS = new PixelExtrema(false);

  private final LoopBoundary begin;
  private final LoopBoundary joinMaxima;
  private final LoopBoundary joinMinima;

  /** Over arrays, or over segments, where places count from s.from on. */
  PixelExtrema(boolean segments) {
    begin = ExtremaLoop.of(ExtremaLoop.Step.BEGIN, segments);
    joinMaxima = ExtremaLoop.of(ExtremaLoop.Step.JOIN_MAXIMA, segments);
    joinMinima = ExtremaLoop.of(ExtremaLoop.Step.JOIN_MINIMA, segments);
  }

  /** The maxima of n pixels, which lie stride apart, of adjacent channels to s.first. */
  void max(Object x, int start, int stride, int n, int width, Scratch s) {
    begin(x, start, stride, n, width, s);
    join(joinMaxima, x, start, stride, n, width, s);
    if (s.mayHaveNaN() || anyNegative(s.extrema, width)) {
      join(joinMinima, x, start, stride, n, width, s);
    }
    MAXIMA.reduce(null, start, stride, n, width, s);
  }

  /** As {@link #max}, the minima. */
  void min(Object x, int start, int stride, int n, int width, Scratch s) {
    begin(x, start, stride, n, width, s);
    join(joinMinima, x, start, stride, n, width, s);
    if (s.mayHaveNaN()) {
      join(joinMaxima, x, start, stride, n, width, s);
    }
    MINIMA.reduce(null, start, stride, n, width, s);
  }

  private void begin(Object x, int start, int stride, int n, int width, Scratch s) {
    Arrays.fill(s.check, 0);
    begin.reduce(x, start, stride, 1, together(stride, n, width) * width, s);
  }

  private static void join(
      LoopBoundary loop, Object x, int start, int stride, int n, int width, Scratch s) {
    int together = together(stride, n, width);
    if (together == 1) {
      Lines.reduce(loop, x, start + stride, stride, n - 1, width, s);
      return;
    }
    int whole = n / together;
    int step = together * stride;
    loop.reduce(x, start + step, step, whole - 1, together * width, s);
    int rest = n % together;
    if (rest > 0) {
      loop.reduce(x, start + whole * step, step, 1, rest * width, s);
    }
    for (int pixels = together / 2; pixels >= 1; pixels /= 2) {
      FOLD.reduce(null, start, stride, n, pixels * width, s);
    }
  }

  /**
   * Of few channels, as many adjacent pixels as make a row of {@link Scratch#CHANNELS} are taken
   * for one.
   */
  private static int together(int stride, int n, int width) {
    return width == stride && width < Lines.MANY
        ? Integer.highestOneBit(Math.min(n, TILE / width))
        : 1;
  }

  static boolean anyNegative(int[] e, int width) {
    int signs = 0;
    for (int c = 0; c < width; c++) {
      signs |= e[c];
    }
    return signs < 0;
  }

  /** Joins the extrema that are width behind to the first. */
  private static void fold(int width, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      Lanes.max(at(e, c), at(e, width + c)).intoArray(e, c);
      unsignedMax(at(e, TILE + c), at(e, TILE + width + c)).intoArray(e, TILE + c);
      Lanes.min(at(e, 2 * TILE + c), at(e, 2 * TILE + width + c)).intoArray(e, 2 * TILE + c);
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
