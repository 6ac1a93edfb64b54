package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static dev.lanepool.kernel.vector.RowSearch.CHUNK;
import static jdk.incubator.vector.VectorOperators.EQ;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;

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
      s.index[row] = first(x, s.from, start + row * n, wanted);
    }
  }

  private static void inChunks(Object x, int start, int n, int rows, Scratch s) {
    int length = RowSearch.length(x, s.from);
    for (int row = 0; row < rows; row++) {
      float wanted = s.first[row];
      if (!Float.isNaN(wanted)) { // whose bits need not be those in x
        int bits = Float.floatToRawIntBits(wanted);
        s.index[row] = indexOfBits(bits, x, s.from, start + row * n, length);
      }
    }
  }

  /** What is searched is there. */
  private static int indexOfBits(int wanted, Object x, long from, int start, int length) {
    int i = 0;
    for (; start + i <= length - CHUNK; i += CHUNK) {
      int found = first(x, from, start + i, wanted);
      if (found < CHUNK) {
        return i + found;
      }
    }
    while (Float.floatToRawIntBits(RowSearch.value(x, from, start + i)) != wanted) {
      i++;
    }
    return i;
  }

  /** Where the wanted bits first stand in a chunk; 64 where they don't. */
  private static int first(Object x, long from, int i, int wanted) {
    return Long.numberOfTrailingZeros(
        equal(x, from, i, wanted)
            | equal(x, from, i + FLOAT_LANES, wanted) << FLOAT_LANES
            | equal(x, from, i + 2 * FLOAT_LANES, wanted) << 2 * FLOAT_LANES
            | equal(x, from, i + 3 * FLOAT_LANES, wanted) << 3 * FLOAT_LANES);
  }

  /** A bit for each lane that has the wanted bits. */
  private static long equal(Object x, long from, int i, int wanted) {
    return bits(x, from, i).compare(EQ, wanted).toLong();
  }

  private static IntVector bits(Object x, long from, int i) {
    return FORM.segment()
        ? Segments.bits((MemorySegment) x, from + (long) i * Float.BYTES)
        : Lanes.bits((float[]) x, i);
  }
}
