package dev.lanepool.kernel.vector;

import dev.lanepool.Layout;

/**
 * How the values of a few adjacent channels lie in a chunk: {@link RowChunks} or {@link
 * PixelChunks}. Which channels and which chunk, {@link Stages} says.
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

  /** Reads the values of the chunk as doubles. */
  void load(Stages s);

  /** Reads the weight of every value. */
  void readWeights(Stages s);

  /** Takes its plane's center off every value. */
  void subtractCenters(Stages s);

  /** Writes the number of its plane for every value. */
  void spread(double[] numbers, double[] to, Stages s);

  /** Adds the values to the sums, one after another. */
  void addInOrder(Stages s);

  /** Adds the values to the sum of their pixel, plane after plane. */
  void addPlanes(double[] sums, Stages s);

  /** Which plane the i-th value is of. */
  int plane(int i, Stages s);

  /** Writes the second numbers of the values, s.scratch.others, to maps without gaps. */
  void store(float[] to, int offset, Stages s);

  /** Adds the values to the 16 lanes of their planes. */
  void add(Stages s);

  /** Adds the lanes, folded by halves, to the sums. */
  void fold(Stages s);

  /** Raises the centers to the maxima of the values. */
  void max(Stages s);

  /** As {@link #max}, and the first pixels of the maxima. */
  void argMax(Stages s);
}
