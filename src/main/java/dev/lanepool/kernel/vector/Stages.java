package dev.lanepool.kernel.vector;

import dev.lanepool.kernel.Selection;
import dev.lanepool.kernel.internal.Results;

/**
 * Working memory of the calling thread for {@link StagedReduction}: a chunk of values as doubles,
 * which stays in the L1 cache from stage to stage, and what is known of each plane.
 */
final class Stages {
  /** Values that are converted at a time; a block has a whole number of such chunks. */
  static final int CHUNK = 2048;

  /** The most planes together. */
  static final int PLANES = 128;

  /** Stages work on whole vectors, so there is room for one more behind everything. */
  static final int SLACK = 16;

  private static final ThreadLocal<Stages> OF_THREAD = ThreadLocal.withInitial(Stages::new);

  /** Where loops over vectors find {@link #values} and leave sums. */
  final Scratch scratch = Scratch.ofThread();

  /** The chunk: plane after plane in NCHW, pixel after pixel in NHWC. */
  final double[] values = scratch.values;

  /** What is selected; null for everything. */
  Selection selection;

  /** The weight of each of {@link #values}, where there is a selection. */
  final double[] weights = new double[RowSums.BLOCK];

  /** The maximum of its plane for each of {@link #values}. */
  final double[] maxima = new double[RowSums.BLOCK];

  /** As {@link #values}, before they are prepared. */
  final double[] unprepared = new double[RowSums.BLOCK];

  /** Which of {@link #values} are the maximum. */
  final int[] peaks = new int[RowSums.BLOCK + SLACK];

  /** Values that were copied out of memory, still in their type. */
  final float[] floats = new float[RowSums.BLOCK + SLACK];

  /** As {@link #floats}. */
  final short[] shorts = new short[CHUNK + SLACK];

  /** As {@link #floats}. */
  final byte[] bytes = new byte[RowSums.BLOCK + SLACK];

  /** A row of NHWC channels for each of the 16 partial sums. */
  final double[] lanes = new double[16 * PLANES];

  /** The sum of each plane's blocks. */
  final double[] sums = new double[PLANES];

  /** What {@link dev.lanepool.kernel.Reduction#center} says, of each plane. */
  final double[] centers = new double[PLANES + SLACK];

  /** What a derivative by the values of each plane is divided by. */
  final double[] divisors = new double[PLANES];

  /** The gradient of the result of each plane. */
  final double[] gradients = new double[PLANES];

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
