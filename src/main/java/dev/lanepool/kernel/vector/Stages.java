package dev.lanepool.kernel.vector;

import dev.lanepool.kernel.Selection;
import dev.lanepool.kernel.internal.Results;

/**
 * Working memory of the calling thread for {@link StagedReduction}: a chunk of values as doubles,
 * which stays in the L1 cache from stage to stage, and what is known of each plane.
 */
final class Stages {
  /** Values of a chunk; a block has a whole number of them. */
  static final int CHUNK = 1024;

  /** The most planes together. */
  static final int PLANES = 64;

  /** Stages work on whole vectors, so there is room for one more behind everything. */
  static final int SLACK = 16;

  private static final ThreadLocal<Stages> OF_THREAD = ThreadLocal.withInitial(Stages::new);

  /** The chunk: plane after plane in NCHW, pixel after pixel in NHWC. */
  final double[] values = new double[CHUNK + SLACK];

  /** What is selected; null for everything. */
  Selection selection;

  /** The weight of each of {@link #values}, where there is a selection. */
  final double[] weights = new double[CHUNK];

  /** Values that were copied out of memory, still in their type. */
  final float[] floats = new float[CHUNK + SLACK];

  /** As {@link #floats}. */
  final short[] shorts = new short[CHUNK + SLACK];

  /** As {@link #floats}. */
  final byte[] bytes = new byte[CHUNK + SLACK];

  /** The 16 partial sums of each plane: together in NCHW, a row for each in NHWC. */
  final double[] lanes = new double[16 * PLANES];

  /** The sum of each plane's blocks. */
  final double[] sums = new double[PLANES];

  /** What {@link dev.lanepool.kernel.Reduction#center} says, of each plane. */
  final double[] centers = new double[PLANES + SLACK];

  /** Where the maximum of each plane first stands. */
  final long[] pixels = new long[PLANES];

  private Stages() {}

  static Stages ofThread() {
    return OF_THREAD.get();
  }

  /** Hands the results of adjacent channels, which are in {@link #sums}, on. */
  void store(Results results, int n, int c, int channels, int count) {
    results.store(n, c, channels, count, sums, pixels);
  }
}
