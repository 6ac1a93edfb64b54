package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.RowSearch.CHUNK;
import static jdk.incubator.vector.VectorOperators.EQ;

import java.lang.invoke.MethodHandles;

/** Finds extrema that are no NaN in contiguous rows. One of {@link Copies}. */
final class SearchLoop implements Loop<Object> {
  private record Form(boolean oneChunk, boolean segment) {}

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /**
   * The loop over rows of a chunk at the most, each of which can be read as a whole one, or over
   * longer ones; in a segment, where places count from s.from on, or in an array.
   */
  static LoopBoundary of(boolean oneChunk, boolean segment) {
    return Copies.of(MethodHandles.lookup(), new Form(oneChunk, segment));
  }

  @Override
  public void reduce(Object x, int start, int stride, int n, int rows, Scratch s) {
    if (FORM.oneChunk()) {
      inChunk(x, start, n, rows, s);
    } else {
      inChunks(x, start, n, rows, s);
    }
  }

  /** Without branches. */
  private static void inChunk(Object x, int start, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      int wanted = Float.floatToRawIntBits(s.first[row]);
      int i = start + row * n;
      s.index[row] = first(x, place(s.from, i), index(i), wanted);
    }
  }

  private static void inChunks(Object x, int start, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      float wanted = s.first[row];
      if (!Float.isNaN(wanted)) { // whose bits need not be those in x
        int i = start + row * n;
        int bits = Float.floatToRawIntBits(wanted);
        s.index[row] = indexOfBits(bits, x, place(s.from, i), index(i), n - CHUNK);
      }
    }
  }

  /**
   * What is searched is there. The last chunk may overlap. Not a counted loop, which would cost
   * more before its first trip than the few trips that are usual.
   */
  private static int indexOfBits(int wanted, Object x, long place, int start, int last) {
    int i = 0;
    int found = first(x, place, start, wanted);
    while (found >= CHUNK && i < last) {
      i = Math.min(i + CHUNK, last);
      found = first(x, place, start + i, wanted);
    }
    return i + found;
  }

  /** Where the wanted bits first stand in a chunk; 64, or beyond it, where they don't. */
  private static int first(Object x, long place, int i, int wanted) {
    return Long.numberOfTrailingZeros(
        equal(x, place, i, wanted)
            | equal(x, place, i + FLOAT_LANES, wanted) << FLOAT_LANES
            | equal(x, place, i + 2 * FLOAT_LANES, wanted) << 2 * FLOAT_LANES
            | equal(x, place, i + 3 * FLOAT_LANES, wanted) << 3 * FLOAT_LANES);
  }

  private static long place(long from, int i) {
    return Segments.place(FORM.segment(), from, i);
  }

  private static int index(int i) {
    return Segments.index(FORM.segment(), i);
  }

  /** A bit for each lane that has the wanted bits. */
  private static long equal(Object x, long place, int i, int wanted) {
    return Segments.bits(FORM.segment(), x, place, i).compare(EQ, wanted).toLong();
  }
}
