package dev.lanepool.kernel.vector;

/**
 * Working memory of the calling thread, so that a kernel allocates nothing once warm: partial
 * results, which pass from method to method in arrays, and the results of a few planes.
 */
final class Scratch {
  /** The most planes that are reduced together. */
  static final int PLANES = 64;

  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  /** Partial sums, then sums. */
  final double[] sums = new double[Math.max(RowSums.SCRATCH, PixelSums.SCRATCH)];

  /** Partial extrema, then their keys. */
  final int[] extrema = new int[Math.max(RowExtrema.SCRATCH, PixelExtrema.SCRATCH)];

  /** Two blocks of values that could not be read where they were. */
  final float[] copy = new float[2 * RowSums.BLOCK];

  /** The result of each plane. */
  final float[] first = new float[PLANES];

  /** The second result of each plane, where an operation has two. */
  final float[] second = new float[PLANES];

  /** The pixel of each plane's result. */
  final int[] index = new int[PLANES];

  private Scratch() {}

  static Scratch ofThread() {
    return OF_THREAD.get();
  }
}
