package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.vector.Lanes.FLOAT_LANES;

import java.lang.foreign.MemorySegment;

/** Where the extremum of a contiguous row first stands, in arrays or in segments. */
final class RowSearch {
  /** Values that are compared together. */
  static final int CHUNK = 4 * FLOAT_LANES;

  private final LoopBoundary inChunk;
  private final LoopBoundary inChunks;

  /** Of arrays, or of segments, where places count from s.from on. */
  RowSearch(boolean segments) {
    inChunk = SearchLoop.of(true, segments);
    inChunks = SearchLoop.of(false, segments);
  }

  /** The first index of the extremum that was just found of rows of n values, to s.index. */
  void search(Object x, int start, int rows, int n, Scratch s) {
    int inLanes = rows;
    if (n > CHUNK) {
      inChunks.reduce(x, start, 0, n, rows, s);
    } else {
      int room = length(x, s.from) - start - CHUNK;
      inLanes = Math.clamp(Math.floorDiv(room, n) + 1, 0, rows);
      inChunk.reduce(x, start, 0, n, inLanes, s);
    }
    for (int row = KeyFolds.mayHaveNaN(s) ? 0 : inLanes; row < rows; row++) {
      if (row >= inLanes || Float.isNaN(s.first[row])) {
        s.index[row] = indexOf(s.first[row], x, s.from, start + row * n);
      }
    }
  }

  /** As {@link #search}, of a NaN or one of the last rows of the array or segment. */
  private static int indexOf(float wanted, Object x, long from, int start) {
    int i = 0;
    while (Float.compare(value(x, from, start + i), wanted) != 0) {
      i++;
    }
    return i;
  }

  /** How many values an array has, or a segment from a place on. */
  static int length(Object x, long from) {
    if (x instanceof float[] array) {
      return array.length;
    }
    long left = (((MemorySegment) x).byteSize() - from) / Float.BYTES;
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  /** The value at i of an array, or of a segment from a place on. */
  static float value(Object x, long from, int i) {
    return x instanceof float[] array
        ? array[i]
        : Segments.value((MemorySegment) x, from + (long) i * Float.BYTES);
  }
}
