package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The signed maxima of contiguous rows of many vectors, and their sum to s.check. All vectors but
 * the first and the last begin where lines of the cache do, and are taken in two halves, so that
 * one operation need not wait for the one before; an extremum may see a value twice. One of {@link
 * Copies}.
 */
final class MaximaLoop implements Loop<Object> {
  private static final Boolean SEGMENT = Copies.constant(MethodHandles.lookup(), Boolean.class);

  /** The loop over rows in a segment, where places count from s.from on, or in an array. */
  static LoopBoundary of(boolean segment) {
    return Copies.of(MethodHandles.lookup(), segment);
  }

  /** Of rows of n values, two vectors or more. */
  @Override
  public void reduce(Object x, int start, int stride, int n, int rows, Scratch s) {
    int base = SEGMENT ? Lines.base(x, s.from) : Lines.ARRAY_BASE;
    for (int row = 0; row < rows; row++) {
      int i = start + row * n;
      maxima(x, s.from, i, i + n - FLOAT_LANES, base, s.extrema, RowExtrema.from(row), s.check);
    }
  }

  private static void maxima(
      Object x, long from, int i, int last, int base, int[] e, int to, float[] check) {
    int next = Lines.next(i, base);
    int vectors = (last - next + FLOAT_LANES - 1) / FLOAT_LANES;
    int half = (vectors + 1) / 2 * FLOAT_LANES;
    int other = next + vectors * FLOAT_LANES - half;
    FloatVector sum = FloatVector.fromArray(FLOATS, check, 0);
    IntVector signed = bits(x, from, i);
    IntVector signed2 = bits(x, from, last);
    FloatVector sum2 = signed2.reinterpretAsFloats();
    sum = exact(sum).add(signed.reinterpretAsFloats());
    for (int k = 0; k < half; k += FLOAT_LANES) {
      IntVector a = bits(x, from, next + k);
      signed = exact(signed).lanewise(VectorOperators.MAX, a);
      sum = exact(sum).add(a.reinterpretAsFloats());
      IntVector b = bits(x, from, other + k);
      signed2 = exact(signed2).lanewise(VectorOperators.MAX, b);
      sum2 = exact(sum2).add(b.reinterpretAsFloats());
    }
    exact(signed).lanewise(VectorOperators.MAX, exact(signed2)).intoArray(e, to);
    exact(sum).add(exact(sum2)).intoArray(check, 0);
  }

  private static IntVector bits(Object x, long from, int i) {
    return Segments.bits(SEGMENT, x, from, i);
  }
}
