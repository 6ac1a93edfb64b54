package dev.lanepool.kernel.internal;

/** The one order in which every sum is formed, so that it has the same bits everywhere. */
public final class SumOrder {
  /** Values of a block; block sums are added in block order. */
  public static final int BLOCK = 4096;

  /** Partial sums of a block: lane j adds the values whose index in the block is j mod 16. */
  public static final int LANES = 16;

  /** What a total begins with: -0 plus the first block's sum is that sum, to the bit. */
  public static final double NOTHING = -0.0;

  private SumOrder() {}

  /**
   * The lanes folded by halves: +8, +4, +2, +1.
   *
   * @param lanes the partial sums of a block, {@link #LANES}; overwritten
   * @return the block's sum
   */
  public static double fold(double[] lanes) {
    for (int half = LANES / 2; half >= 1; half /= 2) {
      for (int j = 0; j < half; j++) {
        lanes[j] += lanes[j + half];
      }
    }
    return lanes[0];
  }
}
