package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.Lanes.exact;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The signed maxima of contiguous rows of four vectors, such as those of 7×7 values, and their sum
 * to s.check; in a straight line: it costs less than a loop. The inner two vectors begin where
 * lines of the cache do, as far as the rows allow. One of {@link Copies}.
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
    int base = SEGMENT ? Lines.base(x, s.from) : Lines.ARRAY_BASE;
    int last = n - FLOAT_LANES;
    FloatVector sum = FloatVector.fromArray(FLOATS, s.check, 0);
    for (int row = 0; row < rows; row += 2) {
      int i = start + row * n;
      int j = row + 1 < rows ? i + n : i;
      int inner = inner(i, base, last);
      int inner2 = inner(j, base, last);
      FloatVector a = floats(x, s.from, i);
      FloatVector b = floats(x, s.from, inner);
      FloatVector c = floats(x, s.from, inner + FLOAT_LANES);
      FloatVector d = floats(x, s.from, i + last);
      FloatVector e = floats(x, s.from, j);
      FloatVector f = floats(x, s.from, inner2);
      FloatVector g = floats(x, s.from, inner2 + FLOAT_LANES);
      FloatVector h = floats(x, s.from, j + last);
      sum = exact(sum).add(a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))));
      IntVector maxima = Lanes.max(max(a, b), max(c, d));
      KeyFolds.halves(maxima, Lanes.max(max(e, f), max(g, h)))
          .intoArray(s.extrema, RowExtrema.to(row));
    }
    exact(sum).intoArray(s.check, 0);
  }

  /** Where the inner vectors begin, so that they miss nothing before the last. */
  private static int inner(int i, int base, int last) {
    return Math.max(Lines.next(i, base), i + last - 2 * FLOAT_LANES);
  }

  private static IntVector max(FloatVector a, FloatVector b) {
    return Lanes.max(a.reinterpretAsInts(), b.reinterpretAsInts());
  }

  private static FloatVector floats(Object x, long from, int i) {
    return Segments.floats(SEGMENT, x, from, i);
  }
}
