package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.max;
import static dev.lanepool.kernel.vector.Lanes.unsignedMax;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;

/**
 * The keys of the maxima of contiguous rows of four vectors, such as those of 7×7 values, in a
 * straight line: it costs less than a loop. One of {@link Copies}.
 */
final class FourLoop implements Loop<Object> {
  private static final Boolean SEGMENT = Copies.constant(MethodHandles.lookup(), Boolean.class);

  /** The loop over rows in a segment, where places count from s.from on, or in an array. */
  static LoopBoundary of(boolean segment) {
    return Copies.of(MethodHandles.lookup(), segment);
  }

  /** Two rows at a time, for the first fold; the last of an odd number is its own other. */
  @Override
  public void reduce(Object x, int start, int stride, int n, int rows, Scratch s) {
    int last = n - FLOAT_LANES;
    for (int row = 0; row < rows; row += 2) {
      int i = start + row * n;
      int j = row + 1 < rows ? i + n : i;
      IntVector keys = keys(x, s.from, i, last);
      KeyFolds.halves(keys, keys(x, s.from, j, last)).intoArray(s.extrema, RowExtrema.to(row));
    }
  }

  private static IntVector keys(Object x, long from, int i, int last) {
    long place = Segments.place(SEGMENT, from, i);
    int at = Segments.index(SEGMENT, i);
    IntVector a = bits(x, place, at);
    IntVector b = bits(x, place, at + FLOAT_LANES);
    IntVector c = bits(x, place, at + 2 * FLOAT_LANES);
    IntVector d = bits(x, place, at + last);
    IntVector signed = max(max(a, b), max(c, d));
    return Extrema.maxKeys(signed, unsignedMax(unsignedMax(a, b), unsignedMax(c, d)));
  }

  private static IntVector bits(Object x, long place, int i) {
    return Segments.bits(SEGMENT, x, place, i);
  }
}
