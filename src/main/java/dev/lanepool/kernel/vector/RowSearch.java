package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOATS;
import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;
import static jdk.incubator.vector.VectorOperators.EQ;

import jdk.incubator.vector.FloatVector;

/** Where the maximum of a contiguous row first stands. */
final class RowSearch {
  /** Values that are compared together. */
  private static final int CHUNK = 4 * FLOAT_LANES;

  private static final Boundary IN_CHUNK = new Boundary(RowSearch::inChunk);
  private static final Boundary IN_CHUNKS = new Boundary(RowSearch::inChunks);

  private RowSearch() {}

  /** The first index of the maximum, which is in s.first, of rows of n values to s.index. */
  static void search(float[] x, int start, int rows, int n, Scratch s) {
    int inLanes = rows;
    if (n > CHUNK) {
      IN_CHUNKS.reduce(x, start, 0, n, rows, s);
    } else {
      inLanes = Math.clamp(Math.floorDiv(x.length - start - CHUNK, n) + 1, 0, rows);
      IN_CHUNK.reduce(x, start, 0, n, inLanes, s);
    }
    for (int row = anyNaN(s.first, rows) ? 0 : inLanes; row < rows; row++) {
      if (row >= inLanes || Float.isNaN(s.first[row])) {
        s.index[row] = indexOf(s.first[row], x, start + row * n);
      }
    }
  }

  /** From the bits, which C2 makes a loop of vectors of. */
  private static boolean anyNaN(float[] v, int n) {
    int most = 0;
    for (int i = 0; i < n; i++) {
      most = Math.max(most, Float.floatToRawIntBits(v[i]) & Integer.MAX_VALUE);
    }
    return most > Extrema.INFINITY;
  }

  /** Rows of a chunk at the most, each of which can be read as a whole one: without branches. */
  private static void inChunk(float[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      s.index[row] = first(x, start + row * n, Float.floatToRawIntBits(s.first[row]));
    }
  }

  private static void inChunks(float[] x, int start, int stride, int n, int rows, Scratch s) {
    for (int row = 0; row < rows; row++) {
      float wanted = s.first[row];
      if (!Float.isNaN(wanted)) { // whose bits need not be those in x
        s.index[row] = indexOfBits(Float.floatToRawIntBits(wanted), x, start + row * n);
      }
    }
  }

  /** What is searched is there. */
  private static int indexOfBits(int wanted, float[] x, int start) {
    int i = 0;
    for (; start + i <= x.length - CHUNK; i += CHUNK) {
      int found = first(x, start + i, wanted);
      if (found < CHUNK) {
        return i + found;
      }
    }
    while (Float.floatToRawIntBits(x[start + i]) != wanted) {
      i++;
    }
    return i;
  }

  /** Where the wanted bits first stand in a chunk; 64 where they don't. */
  private static int first(float[] x, int i, int wanted) {
    return Long.numberOfTrailingZeros(
        equal(x, i, wanted)
            | equal(x, i + FLOAT_LANES, wanted) << FLOAT_LANES
            | equal(x, i + 2 * FLOAT_LANES, wanted) << 2 * FLOAT_LANES
            | equal(x, i + 3 * FLOAT_LANES, wanted) << 3 * FLOAT_LANES);
  }

  /** A bit for each lane that has the wanted bits. */
  private static long equal(float[] x, int i, int wanted) {
    return FloatVector.fromArray(FLOATS, x, i).reinterpretAsInts().compare(EQ, wanted).toLong();
  }

  /** As {@link #search}, of a NaN or one of the last rows of the array. */
  private static int indexOf(float wanted, float[] x, int start) {
    int i = 0;
    while (Float.compare(x[start + i], wanted) != 0) {
      i++;
    }
    return i;
  }
}
