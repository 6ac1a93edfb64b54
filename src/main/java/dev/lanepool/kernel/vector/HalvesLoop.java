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
  /**
   * Rows of few and of many vectors have copies of their own: those of few hardly enter the loop,
   * and where they came first, C2 took what is in it for rare and boxed the vectors for good.
   */
  private record Form(boolean minima, boolean many, boolean segment) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /**
   * The loop that finds the signed minima, or the signed and unsigned maxima, of rows in a segment,
   * where places count from s.from on, or in an array.
   *
   * @param many whether rows have many vectors
   */
  static LoopBoundary of(boolean minima, boolean many, boolean segment) {
    return Copies.of(MethodHandles.lookup(), new Form(minima, many, segment));
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
    long place = place(from, start);
    long otherPlace = place(from, other);
    int i = index(start);
    int j = index(other);
    IntVector signed = bits(x, place, i);
    IntVector unsigned = bits(x, place, i);
    IntVector signed2 = bits(x, otherPlace, j);
    IntVector unsigned2 = bits(x, otherPlace, j);
    for (int k = FLOAT_LANES; k < n; k += FLOAT_LANES) {
      IntVector a = bits(x, place, i + k);
      signed = exact(signed).lanewise(VectorOperators.MAX, a);
      unsigned = exact(unsigned).lanewise(VectorOperators.UMAX, a);
      IntVector b = bits(x, otherPlace, j + k);
      signed2 = exact(signed2).lanewise(VectorOperators.MAX, b);
      unsigned2 = exact(unsigned2).lanewise(VectorOperators.UMAX, b);
    }
    exact(signed).lanewise(VectorOperators.MAX, exact(signed2)).intoArray(e, to);
    exact(unsigned).lanewise(VectorOperators.UMAX, exact(unsigned2)).intoArray(e, to + FLOAT_LANES);
  }

  private static void minima(Object x, long from, int start, int other, int n, int[] e, int to) {
    long place = place(from, start);
    long otherPlace = place(from, other);
    int i = index(start);
    int j = index(other);
    IntVector min = bits(x, place, i);
    IntVector min2 = bits(x, otherPlace, j);
    for (int k = FLOAT_LANES; k < n; k += FLOAT_LANES) {
      min = exact(min).lanewise(VectorOperators.MIN, bits(x, place, i + k));
      min2 = exact(min2).lanewise(VectorOperators.MIN, bits(x, otherPlace, j + k));
    }
    exact(min).lanewise(VectorOperators.MIN, exact(min2)).intoArray(e, to);
  }

  private static long place(long from, int i) {
    return Segments.place(FORM.segment(), from, i);
  }

  private static int index(int i) {
    return Segments.index(FORM.segment(), i);
  }

  private static IntVector bits(Object x, long place, int i) {
    return Segments.bits(FORM.segment(), x, place, i);
  }
}
