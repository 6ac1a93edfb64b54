package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.max;
import static dev.lanepool.kernel.vector.Lanes.unsignedMax;

import java.lang.foreign.MemorySegment;
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
    for (int row = 0; row < rows; row += 2) {
      int i = start + row * n;
      int j = row + 1 < rows ? i + n : i;
      IntVector keys = keys(x, s.from, i, n - FLOAT_LANES);
      KeyFolds.halves(keys, keys(x, s.from, j, n - FLOAT_LANES))
          .intoArray(s.extrema, RowExtrema.to(row));
    }
  }

  private static IntVector keys(Object x, long from, int i, int last) {
    IntVector a = bits(x, from, i);
    IntVector b = bits(x, from, i + FLOAT_LANES);
    IntVector c = bits(x, from, i + 2 * FLOAT_LANES);
    IntVector d = bits(x, from, i + last);
    IntVector signed = max(max(a, b), max(c, d));
    return Extrema.maxKeys(signed, unsignedMax(unsignedMax(a, b), unsignedMax(c, d)));
  }

  private static IntVector bits(Object x, long from, int i) {
    return SEGMENT
        ? Segments.bits((MemorySegment) x, from + (long) i * Float.BYTES)
        : Lanes.bits((float[]) x, i);
  }
}
