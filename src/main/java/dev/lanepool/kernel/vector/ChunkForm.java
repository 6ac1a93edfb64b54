package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;

/**
 * How the values of a few adjacent channels lie in a chunk: {@link RowChunks} or {@link
 * PixelChunks}. Counts are pixels of each plane.
 */
interface ChunkForm {
  /** The form of maps in a layout. */
  static ChunkForm of(Layout layout) {
    return layout == Layout.NCHW ? RowChunks.FORM : PixelChunks.FORM;
  }

  /** How many planes of this size go together at the most. */
  int group(long size);

  /** How many pixels of so many planes a chunk has; a block is a whole number of chunks. */
  int pixels(int planes);

  /** Reads pixels of planes c.. of sample n as doubles. */
  void load(FeatureMap x, int n, int c, int planes, long first, int count, Stages s);

  /** Reads the weight of every value of the chunk, of sample n from pixel first on. */
  void readWeights(int n, int planes, int first, int count, Stages s);

  /** Takes its plane's center off every value. */
  void subtractCenters(Stages s, int planes, int count);

  /** Writes the number of its plane for every value of the chunk. */
  void spread(double[] numbers, double[] to, int planes, int count);

  /** Adds the values to the sums, one after another. */
  void addInOrder(Stages s, int planes, int count);

  /** Adds the planes one after another: to[first] and so on get what their pixels have. */
  void addPlanes(double[] v, int planes, int count, double[] to, int first);

  /** Which plane the i-th value of the chunk is of. */
  int plane(int i, int planes, int count);

  /** Writes a chunk of planes c.. of sample n, from pixel first on, to maps without gaps. */
  void store(
      double[] v,
      FeatureShape shape,
      int n,
      int c,
      int planes,
      int first,
      int count,
      float[] to,
      int offset);

  /** Adds the values to the 16 lanes of their planes. */
  void add(Stages s, int planes, int count);

  /** Adds the lanes, folded by halves, to the sums. */
  void fold(Stages s, int planes);

  /** Raises the centers to the maxima of the values. */
  void max(Stages s, int planes, int count);

  /** As {@link #max}, and the first pixels of the maxima; the chunk begins at pixel first. */
  void argMax(Stages s, int planes, int count, long first);
}
