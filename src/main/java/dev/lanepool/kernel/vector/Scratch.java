package dev.lanepool.kernel.vector;

import dev.lanepool.kernel.internal.SumOrder;

/**
 * Working memory of the calling thread, so that a kernel allocates nothing once warm: partial
 * results, which pass from method to method in arrays, and the results of a few planes.
 */
final class Scratch {
  /** The most contiguous planes that are reduced together. */
  static final int PLANES = 128;

  /** The most adjacent channels of NHWC maps that are reduced together. */
  static final int CHANNELS = 2048;

  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  /** Partial sums, then sums. */
  final double[] sums = new double[Math.max(RowDots.SCRATCH, PixelSums.SCRATCH)];

  /** The sums of the blocks so far. */
  final double[] totals = new double[CHANNELS];

  /** The exact sum of each row of integers, and room for one more. */
  final int[] integers = new int[PLANES + 1];

  /** What the values are multiplied with. */
  final double[] factors = new double[RowDots.FACTORS];

  /** Ones or zeros, which keep a value or not. */
  final long[] keep = new long[SumOrder.BLOCK];

  /** What lower values count as; see {@link dev.lanepool.kernel.Reduction#floor}. */
  double floor;

  /** Where the first row begins in a segment, in bytes. */
  long from;

  /** Which channel of all that are reduced together is the first that a loop takes. */
  int channel;

  /** Which factor, or pixel, of the block is the first that the next values belong to. */
  int position;

  /** Partial extrema, or the keys or indices of a vector of them for each row. */
  final int[] extrema = new int[Math.max(RowExtrema.SCRATCH, PixelExtrema.SCRATCH)];

  /** Lane by lane, a sum of what was compared: a number only where no NaN was. */
  final float[] check = new float[Lanes.FLOAT_LANES];

  /** The key of each row's extremum. */
  final int[] keys = new int[PLANES];

  /** Lane by lane, the greatest of the folded keys, as if they had no sign. */
  final int[] greatest = new int[Lanes.FLOAT_LANES];

  /** A block of values that could not be read where they were. */
  final float[] copy = new float[SumOrder.BLOCK];

  /** Lane by lane, the greatest bits of 16-bit values, times two. */
  final short[] magnitudes = new short[SumOrder.LANES];

  /** A block of values of 16 bits, and room for whole vectors behind. */
  final short[] shorts = new short[SumOrder.BLOCK + Stages.SLACK];

  /** A block of values as doubles, and room for whole vectors behind. */
  final double[] values = new double[SumOrder.BLOCK + Stages.SLACK];

  /** A second number for each of {@link #values}. */
  final double[] others = new double[SumOrder.BLOCK + Stages.SLACK];

  /** The result of each plane, and of pixels behind those that {@link FewChannels} joins. */
  final float[] first = new float[2 * CHANNELS];

  /** The second result of each plane, where an operation has two. */
  final float[] second = new float[CHANNELS];

  /** The pixel of each result. */
  final int[] index = new int[2 * CHANNELS];

  private Scratch() {}

  /** Whether a NaN may have been compared; infinities of both signs, too, may look so. */
  boolean mayHaveNaN() {
    float sum = 0;
    for (float lane : check) {
      sum += lane;
    }
    return Float.isNaN(sum);
  }

  /** Makes means of the first sums, each rounded once, or of divisor 1 the sums themselves. */
  void divide(int planes, double divisor) {
    for (int i = 0; i < planes; i++) {
      first[i] = (float) (sums[i] / divisor);
    }
  }

  static Scratch ofThread() {
    return OF_THREAD.get();
  }
}
