package dev.lanepool.kernel.vector;

import dev.lanepool.FeatureMap;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;
import dev.lanepool.kernel.internal.Results;
import dev.lanepool.kernel.internal.SumOrder;

/**
 * Working memory of the calling thread for {@link StagedReduction}: which planes are worked on, a
 * chunk of their values as doubles, which stays in the L1 cache from stage to stage, and what is
 * known of each plane.
 */
final class Stages implements AutoCloseable {
  /** Values that are converted at a time; a block has a whole number of such chunks. */
  static final int CHUNK = 2048;

  /** The most planes together. */
  static final int PLANES = 128;

  /** Stages work on whole vectors, so there is room for one more behind everything. */
  static final int SLACK = 16;

  private static final ThreadLocal<Stages> OF_THREAD = ThreadLocal.withInitial(Stages::new);

  /** Where loops over vectors find {@link #values} and leave sums. */
  final Scratch scratch = Scratch.ofThread();

  /** How the values of a chunk lie. */
  ChunkForm form;

  Reduction r;

  FeatureMap x;

  /** What is selected; null for everything. */
  Selection selection;

  /** The group: so many planes, channels c and on of sample n. */
  int n;

  int c;
  int planes;

  /** How many pixels of each plane there are, and what they count. */
  long size;

  double total;

  /** How many pixels a chunk has at the most. */
  int step;

  /** The chunk: so many pixels of each plane, from the first on, and their values in all. */
  long first;

  int count;
  int length;

  /** Its values: plane after plane in NCHW, pixel after pixel in NHWC. */
  final double[] values = scratch.values;

  /** The weight of each of {@link #values}, where there is a selection. */
  final double[] weights = new double[SumOrder.BLOCK];

  /** The maximum of its plane for each of {@link #values}. */
  final double[] maxima = new double[SumOrder.BLOCK];

  /** As {@link #values}, before they are prepared. */
  final double[] unprepared = new double[SumOrder.BLOCK];

  /** Which of {@link #values} are the maximum. */
  final int[] peaks = new int[SumOrder.BLOCK + SLACK];

  /** Values that were copied out of memory, still in their type. */
  final float[] floats = new float[SumOrder.BLOCK + SLACK];

  /** As {@link #floats}. */
  final short[] shorts = scratch.shorts;

  /** As {@link #floats}. */
  final byte[] bytes = new byte[SumOrder.BLOCK + SLACK];

  /** A row of NHWC channels for each of the 16 partial sums. */
  final double[] lanes = new double[SumOrder.LANES * PLANES];

  /** The sums of a plane's rows, some of which are added together. */
  final double[] rows = new double[PLANES];

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

  /** For a call, until its {@link #close}; the selection may be null. */
  static Stages begin(ChunkForm form, Reduction r, FeatureMap x, Selection selection) {
    Stages s = ofThread();
    s.form = form;
    s.r = r;
    s.x = x;
    s.selection = selection;
    return s;
  }

  /** Lets go of the caller's memory. */
  @Override
  public void close() {
    x = null;
    selection = null;
  }

  /** Goes to a group of planes. */
  void group(int n, int c, int planes, long size) {
    this.n = n;
    this.c = c;
    this.planes = planes;
    this.size = size;
    total = selection == null ? size : selection.total(n);
    step = form.pixels(planes);
  }

  /** Whether enough of the group is selected for results of its own. */
  boolean suffices() {
    return selection == null || selection.suffices(r, n);
  }

  /** Goes before the first chunk of the group. */
  void rewind() {
    first = 0;
    count = 0;
  }

  /** Goes to the next chunk; false behind the last. */
  boolean next() {
    first += count;
    count = (int) Math.min(step, size - first);
    length = planes * count;
    return count > 0;
  }

  /** Reads the gradients of the group's results, of which plane 0 has the one at an offset. */
  void readGradients(float[] gy, int gyOffset) {
    int from = gyOffset + n * x.shape().c() + c;
    for (int i = 0; i < planes; i++) {
      gradients[i] = gy[from + i];
    }
  }

  /** Hands the results of the group, which are in {@link #sums}, on. */
  void store(Results results) {
    results.store(n, c, x.shape().c(), planes, sums, pixels);
  }
}
