package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.INTS;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.UMAX;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Maxima, minima and first maxima over strided pixels; the lanes are channels. {@link Extrema} says
 * why three integer extrema of the bits are kept, and what a key is.
 */
final class PixelExtrema {
  private static final int TILE = Scratch.PLANES;

  /** Ints of scratch: signed maxima, signed minima, unsigned maxima. */
  static final int SCRATCH = 3 * TILE;

  private PixelExtrema() {}

  /** Begins with one pixel of width channels, a multiple of the float lanes. */
  static void begin(float[] x, int start, int width, int[] e) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector bits = bits(x, start + c);
      bits.intoArray(e, c);
      bits.intoArray(e, TILE + c);
      bits.intoArray(e, 2 * TILE + c);
    }
  }

  /** Adds n pixels that lie stride apart. */
  static void add(float[] x, int start, int stride, int n, int width, int[] e) {
    int c = 0;
    for (; c <= width - 2 * FLOAT_LANES; c += 2 * FLOAT_LANES) {
      addTwo(x, start + c, stride, n, e, c);
    }
    for (; c < width; c += FLOAT_LANES) {
      addOne(x, start + c, stride, n, e, c);
    }
  }

  private static void addOne(float[] x, int start, int stride, int n, int[] e, int c) {
    IntVector signedMax = ints(e, c);
    IntVector signedMin = ints(e, TILE + c);
    IntVector unsignedMax = ints(e, 2 * TILE + c);
    for (int pixel = 0; pixel < n; pixel++) {
      IntVector bits = bits(x, start + pixel * stride);
      signedMax = exact(signedMax).lanewise(MAX, bits);
      signedMin = exact(signedMin).lanewise(MIN, bits);
      unsignedMax = exact(unsignedMax).lanewise(UMAX, bits);
    }
    exact(signedMax).intoArray(e, c);
    exact(signedMin).intoArray(e, TILE + c);
    exact(unsignedMax).intoArray(e, 2 * TILE + c);
  }

  private static void addTwo(float[] x, int start, int stride, int n, int[] e, int c) {
    int d = c + FLOAT_LANES;
    IntVector signedMax = ints(e, c);
    IntVector signedMin = ints(e, TILE + c);
    IntVector unsignedMax = ints(e, 2 * TILE + c);
    IntVector signedMax2 = ints(e, d);
    IntVector signedMin2 = ints(e, TILE + d);
    IntVector unsignedMax2 = ints(e, 2 * TILE + d);
    for (int pixel = 0; pixel < n; pixel++) {
      int i = start + pixel * stride;
      IntVector bits = bits(x, i);
      signedMax = exact(signedMax).lanewise(MAX, bits);
      signedMin = exact(signedMin).lanewise(MIN, bits);
      unsignedMax = exact(unsignedMax).lanewise(UMAX, bits);
      IntVector bits2 = bits(x, i + FLOAT_LANES);
      signedMax2 = exact(signedMax2).lanewise(MAX, bits2);
      signedMin2 = exact(signedMin2).lanewise(MIN, bits2);
      unsignedMax2 = exact(unsignedMax2).lanewise(UMAX, bits2);
    }
    exact(signedMax).intoArray(e, c);
    exact(signedMin).intoArray(e, TILE + c);
    exact(unsignedMax).intoArray(e, 2 * TILE + c);
    exact(signedMax2).intoArray(e, d);
    exact(signedMin2).intoArray(e, TILE + d);
    exact(unsignedMax2).intoArray(e, 2 * TILE + d);
  }

  /** The maxima to y. */
  static void maxima(int[] e, int width, float[] y) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector unsignedMax = ints(e, 2 * TILE + c);
      IntVector bits = Extrema.max(ints(e, c), ints(e, TILE + c), unsignedMax);
      bits.reinterpretAsFloats().intoArray(y, c);
    }
  }

  /** The minima to y. */
  static void minima(int[] e, int width, float[] y) {
    for (int c = 0; c < width; c += FLOAT_LANES) {
      IntVector unsignedMax = ints(e, 2 * TILE + c);
      IntVector bits = Extrema.min(ints(e, c), ints(e, TILE + c), unsignedMax);
      bits.reinterpretAsFloats().intoArray(y, c);
    }
  }

  /** The maxima of one vector of channels to y[to..], their first pixels to index[to..]. */
  static void argMax(float[] x, int start, int stride, int n, float[] y, int[] index, int to) {
    IntVector best = maxKeys(x, start);
    IntVector bestPixel = IntVector.zero(INTS);
    for (int pixel = 1; pixel < n; pixel++) {
      IntVector keys = maxKeys(x, start + pixel * stride);
      VectorMask<Integer> greater = keys.compare(GT, exact(best));
      best = exact(best).blend(keys, greater);
      bestPixel = exact(bestPixel).blend(pixel, greater);
    }
    Extrema.keys(exact(best)).reinterpretAsFloats().intoArray(y, to);
    exact(bestPixel).intoArray(index, to);
  }

  private static IntVector maxKeys(float[] x, int i) {
    return Extrema.maxKeys(FloatVector.fromArray(FLOATS, x, i));
  }

  private static IntVector bits(float[] x, int i) {
    return FloatVector.fromArray(FLOATS, x, i).reinterpretAsInts();
  }

  private static IntVector ints(int[] e, int i) {
    return IntVector.fromArray(INTS, e, i);
  }
}
