package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Extrema of contiguous rows. The vectors of a row are taken in two halves, so that one operation
 * need not wait for the one before. Halves may overlap: an extremum may see a value twice. One of
 * {@link Copies}.
 */
final class HalvesLoop implements Loop<Object> {
  private record Form(boolean minima, boolean segment) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /**
   * The loop that finds the signed minima, or the signed and unsigned maxima, of rows in a segment,
   * where places count from s.from on, or in an array.
   */
  static LoopBoundary of(boolean minima, boolean segment) {
    return Copies.of(MethodHandles.lookup(), new Form(minima, segment));
  }

  /** The extrema of row first and after, of rows of n values, a vector's or more. */
  @Override
  public void reduce(Object x, int start, int first, int n, int rows, Scratch s) {
    int half = (n + 2 * FLOAT_LANES - 1) / (2 * FLOAT_LANES) * FLOAT_LANES;
    for (int row = 0; row < rows; row++) {
      int i = start + row * n;
      int to = RowExtrema.from(first + row);
      if (FORM.minima()) {
        minima(x, s.from, i, i + n - half, half, s.extrema, to + 2 * FLOAT_LANES);
      } else {
        maxima(x, s.from, i, i + n - half, half, s.extrema, to);
      }
    }
  }

  private static void maxima(Object x, long from, int start, int other, int n, int[] e, int to) {
    IntVector signed = bits(x, from, start, 0);
    IntVector unsigned = bits(x, from, start, 0);
    IntVector signed2 = bits(x, from, other, 0);
    IntVector unsigned2 = bits(x, from, other, 0);
    for (int k = FLOAT_LANES; k < n; k += FLOAT_LANES) {
      IntVector a = bits(x, from, start, k);
      signed = exact(signed).lanewise(VectorOperators.MAX, a);
      unsigned = exact(unsigned).lanewise(VectorOperators.UMAX, a);
      IntVector b = bits(x, from, other, k);
      signed2 = exact(signed2).lanewise(VectorOperators.MAX, b);
      unsigned2 = exact(unsigned2).lanewise(VectorOperators.UMAX, b);
    }
    exact(signed).lanewise(VectorOperators.MAX, exact(signed2)).intoArray(e, to);
    exact(unsigned).lanewise(VectorOperators.UMAX, exact(unsigned2)).intoArray(e, to + FLOAT_LANES);
  }

  private static void minima(Object x, long from, int start, int other, int n, int[] e, int to) {
    IntVector min = bits(x, from, start, 0);
    IntVector min2 = bits(x, from, other, 0);
    for (int k = FLOAT_LANES; k < n; k += FLOAT_LANES) {
      min = exact(min).lanewise(VectorOperators.MIN, bits(x, from, start, k));
      min2 = exact(min2).lanewise(VectorOperators.MIN, bits(x, from, other, k));
    }
    exact(min).lanewise(VectorOperators.MIN, exact(min2)).intoArray(e, to);
  }

  private static IntVector bits(Object x, long from, int start, int k) {
    return Segments.bits(FORM.segment(), x, from, start, k);
  }
}
