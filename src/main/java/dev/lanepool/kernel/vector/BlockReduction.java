package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;

import dev.lanepool.kernel.internal.SumOrder;

/**
 * Operations on one contiguous plane, block by block. Its blocks are rows that lie one after
 * another, so a few are reduced together.
 */
final class BlockReduction {

  /** The most blocks together: 64 KB, which the next caches hold where values are read twice. */
  private static final int BLOCKS = 4;

  private BlockReduction() {}

  static void mean(float[] x, int start, int stride, int n, int planes, Scratch s) {
    s.first[0] = (float) (total(x, start, n, s) / n);
  }

  static void sum(float[] x, int start, int stride, int n, int planes, Scratch s) {
    s.first[0] = (float) total(x, start, n, s);
  }

  private static double total(float[] x, int start, int n, Scratch s) {
    double total = SumOrder.NOTHING;
    for (int done = 0; done < n; ) {
      int blocks = blocks(n - done);
      int length = Math.min(BLOCK, n - done);
      RowSums.OF_FLOATS.sums(x, start + done, blocks, length, s);
      for (int i = 0; i < blocks; i++) {
        total += s.sums[i];
      }
      done += blocks * length;
    }
    return total;
  }

  static void max(float[] x, int start, int stride, int n, int planes, Scratch s) {
    int key = Integer.MIN_VALUE;
    for (int done = 0; done < n; ) {
      int blocks = blocks(n - done);
      int length = Math.min(BLOCK, n - done);
      RowExtrema.OF_ARRAYS.max(x, start + done, blocks, length, s);
      for (int i = 0; i < blocks; i++) {
        key = Math.max(key, s.keys[i]);
      }
      done += blocks * length;
    }
    s.first[0] = Extrema.value(key);
  }

  static void min(float[] x, int start, int stride, int n, int planes, Scratch s) {
    int key = Integer.MAX_VALUE;
    for (int done = 0; done < n; ) {
      int blocks = blocks(n - done);
      int length = Math.min(BLOCK, n - done);
      RowExtrema.OF_ARRAYS.min(x, start + done, blocks, length, s);
      for (int i = 0; i < blocks; i++) {
        key = Math.min(key, s.keys[i]);
      }
      done += blocks * length;
    }
    s.first[0] = Extrema.value(key);
  }

  static void argMax(float[] x, int start, int stride, int n, int planes, Scratch s) {
    find(Forms.MAX, x, start, n, s);
  }

  static void argMin(float[] x, int start, int stride, int n, int planes, Scratch s) {
    find(Forms.MIN, x, start, n, s);
  }

  /** Searches a block only where its extremum is beyond those of the blocks before. */
  private static void find(Forms extremum, float[] x, int start, int n, Scratch s) {
    int best = 0;
    int pixel = 0;
    for (int done = 0; done < n; ) {
      int length = Math.min(BLOCK, n - done);
      extremum.rows().reduce(x, start + done, 1, length, 1, s);
      int rank = extremum == Forms.MAX ? s.keys[0] : ~s.keys[0];
      if (done == 0 || rank > best) {
        best = rank;
        RowReduction.SEARCH.search(x, start + done, 1, length, s);
        pixel = done + s.index[0];
      }
      done += length;
    }
    s.first[0] = x[start + pixel];
    s.index[0] = pixel;
  }

  static void meanMax(float[] x, int start, int stride, int n, int planes, Scratch s) {
    double total = SumOrder.NOTHING;
    int key = Integer.MIN_VALUE;
    for (int done = 0; done < n; ) {
      int blocks = blocks(n - done);
      int length = Math.min(BLOCK, n - done);
      RowMeanMax.partials(x, start + done, blocks, length, s);
      RowFolds.SUMS.reduce(x, start, 0, length, blocks, s);
      for (int i = 0; i < blocks; i++) {
        total += s.sums[i];
        key = Math.max(key, s.keys[i]);
      }
      done += blocks * length;
    }
    s.first[0] = (float) (total / n);
    s.second[0] = Extrema.value(key);
  }

  /** How many blocks are reduced together, where so many values are left. */
  private static int blocks(int left) {
    return Math.clamp(left / BLOCK, 1, BLOCKS);
  }
}
