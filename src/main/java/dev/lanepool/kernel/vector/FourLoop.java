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
  public void reduce(Object x, int start, int stride, int count, int rows, Scratch s) {
    int n = Math.clamp(count, 3 * FLOAT_LANES + 1, 4 * FLOAT_LANES); // for C2 to know
    int base = SEGMENT ? Lines.base(x, s.from) : Lines.ARRAY_BASE;
    int last = n - FLOAT_LANES;
    FloatVector sum = FloatVector.fromArray(FLOATS, s.check, 0);
    for (int row = 0; row < rows; row += 2) {
      int i = start + row * n;
      int j = row + 1 < rows ? i + n : i;
      int inner = inner(i, base, last);
      int inner2 = inner(j, base, last);
      Object y = slice(x, s.from, i, n);
      Object z = slice(x, s.from, j, n);
      i = Segments.index(SEGMENT, i);
      j = Segments.index(SEGMENT, j);
      FloatVector a = floats(y, i);
      FloatVector b = floats(y, i + inner);
      FloatVector c = floats(y, i + inner + FLOAT_LANES);
      FloatVector d = floats(y, i + last);
      FloatVector e = floats(z, j);
      FloatVector f = floats(z, j + inner2);
      FloatVector g = floats(z, j + inner2 + FLOAT_LANES);
      FloatVector h = floats(z, j + last);
      sum = exact(sum).add(a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))));
      IntVector maxima = Lanes.max(max(a, b), max(c, d));
      KeyFolds.halves(maxima, Lanes.max(max(e, f), max(g, h)))
          .intoArray(s.extrema, RowExtrema.to(row));
    }
    exact(sum).intoArray(s.check, 0);
  }

  /** Where the inner vectors begin, so that they miss nothing before the last. */
  private static int inner(int i, int base, int last) {
    return Math.max(Lines.next(i, base), last - 2 * FLOAT_LANES);
  }

  private static IntVector max(FloatVector a, FloatVector b) {
    return Lanes.max(a.reinterpretAsInts(), b.reinterpretAsInts());
  }

  private static Object slice(Object x, long from, int start, int n) {
    return Segments.slice(SEGMENT, x, from, start, n);
  }

  private static FloatVector floats(Object x, int i) {
    return Segments.floats(SEGMENT, x, 0, i);
  }
}
