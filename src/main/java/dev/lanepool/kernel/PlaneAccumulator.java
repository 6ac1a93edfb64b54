package dev.lanepool.kernel;

import static dev.lanepool.kernel.internal.SumOrder.BLOCK;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.Strides;
import dev.lanepool.kernel.internal.SumOrder;
import java.lang.foreign.MemorySegment;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The reduction of one plane that comes in pieces of any size, with the bits of one call for the
 * whole plane: what a stream, tiles of rows, or several machines need. It takes 8 bytes per block
 * of 4096 values, and the values of the block begun.
 *
 * <p>Reductions that read the plane once can be accumulated: {@link Reduction#MEAN}, {@link
 * Reduction#SUM}, {@link Reduction#MAX}, {@link Reduction#MIN}, {@link Reduction#L1}, {@link
 * Reduction#L2}, {@link Reduction#MEAN_SQUARES}, {@link Reduction#MEAN_MAX_AVERAGE}, and norms,
 * power means and GeM with p = 1, 2, 3 or +Infinity.
 *
 * <p>Not thread-safe: each thread has its own, and {@link #merge} puts them together.
 */
public final class PlaneAccumulator {
  /** "LPA1", the format of {@link #toBytes}. */
  private static final int MAGIC = 0x4c504131;

  /** Bytes before the name, and between it and the sums. */
  private static final int HEAD = 2 * Integer.BYTES;

  private static final int FIXED = 3 * Long.BYTES + 2 * Integer.BYTES;

  private final Reduction reduction;

  /** The sums of blocks: whole ones, but where {@link #merge} came in the middle of one. */
  private double[] sums = new double[16];

  private int blocks;

  /** The values of the block begun. */
  private final float[] pending = new float[BLOCK];

  private int pendingCount;
  private long count;

  /** The maximum of the prepared values, where the reduction has one, and where it first stands. */
  private double center;

  private long index;

  /**
   * An accumulator without values.
   *
   * @param reduction what to compute
   * @throws NullPointerException if reduction is null
   * @throws IllegalArgumentException if the reduction reads a plane more than once
   */
  public PlaneAccumulator(Reduction reduction) {
    Objects.requireNonNull(reduction, "reduction is null; a Reduction was needed");
    if (!reduction.accumulates()) {
      throw new IllegalArgumentException(
          "reduction is " + reduction + "; one that reads a plane once was needed");
    }
    this.reduction = reduction;
  }

  /**
   * Adds the next values of the plane, in row-major order. Takes time proportional to n.
   *
   * @param x the values
   * @param xOffset where they begin in x
   * @param n how many, 0 or more
   * @throws NullPointerException if x is null
   * @throws IllegalArgumentException if the range is not within x
   */
  public void add(float[] x, int xOffset, int n) {
    Objects.requireNonNull(x, "x is null; a float[] was needed");
    if (xOffset < 0 || n < 0 || n > x.length - xOffset) {
      throw new IllegalArgumentException(
          "xOffset is "
              + xOffset
              + " and n is "
              + n
              + "; a range of the "
              + x.length
              + " elements of x was needed");
    }
    if (n == 0) {
      return;
    }
    addMaximum(x, xOffset, n);
    if (reduction.terms() != null) {
      addTerms(x, xOffset, n);
    }
    count += n;
  }

  private void addMaximum(float[] x, int xOffset, int n) {
    if (reduction.center() != Reduction.Center.MAX) {
      return;
    }
    FeatureMap piece = FeatureMap.of(x, xOffset, Layout.NCHW, new FeatureShape(1, 1, 1, n));
    if (!reduction.indexed()) {
      double[] max = new double[1];
      Kernels.best().reduce(reduction.maximum(), piece, results(max, 0, 1));
      join(max[0], 0);
      return;
    }
    float[] value = new float[1];
    int[] at = new int[1];
    Kernels.best().reduce(reduction, piece, value, 0, at, 0);
    join(reduction == Reduction.MIN ? -(double) value[0] : value[0], at[0]);
  }

  /** Takes in the maximum of what follows, which first stands at so many values from here. */
  private void join(double max, long at) {
    if (count == 0 || Double.compare(max, center) > 0) {
      center = max;
      index = count + at;
    }
  }

  private void addTerms(float[] x, int xOffset, int n) {
    int from = xOffset;
    int end = xOffset + n;
    if (pendingCount > 0) {
      from += fill(x, from, end);
      if (pendingCount < BLOCK) {
        return;
      }
      closeBlock();
    }
    int whole = (end - from) / BLOCK;
    if (whole > 0) {
      ensureRoom(whole);
      blockSums(x, from, whole, BLOCK, sums, blocks);
      blocks += whole;
    }
    fill(x, from + whole * BLOCK, end);
  }

  /** Takes values into the block begun, until it is full; gives how many. */
  private int fill(float[] x, int from, int end) {
    int taken = Math.min(BLOCK - pendingCount, end - from);
    System.arraycopy(x, from, pending, pendingCount, taken);
    pendingCount += taken;
    return taken;
  }

  private void closeBlock() {
    ensureRoom(1);
    blockSums(pending, 0, 1, pendingCount, sums, blocks++);
    pendingCount = 0;
  }

  private void ensureRoom(int more) {
    if (sums.length - blocks < more) {
      sums = Arrays.copyOf(sums, Math.max(2 * sums.length, blocks + more));
    }
  }

  /** The sums of the terms of blocks, which are the planes of a map. */
  private void blockSums(float[] x, int from, int blocks, int size, double[] to, int at) {
    FeatureShape shape = new FeatureShape(1, blocks, 1, size);
    FeatureMap map = FeatureMap.of(x, from, Layout.NCHW, shape);
    Kernels.best().reduce(reduction.terms(), map, results(to, at, blocks));
  }

  private static FeatureMap results(double[] to, int at, int count) {
    FeatureShape shape = new FeatureShape(1, count, 1, 1);
    Strides strides = Strides.dense(Layout.NCHW, shape);
    MemorySegment segment = MemorySegment.ofArray(to);
    return FeatureMap.strided(segment, ElementType.FLOAT64, at, Layout.NCHW, shape, strides);
  }

  /**
   * Takes in the values of another accumulator, which follow those of this one; the other stays as
   * it is. The result has the bits of one call if this one has whole blocks, {@link #count()} a
   * multiple of 4096, or if the reduction is a maximum or minimum. Else the sum of the terms may
   * differ by about n·2<sup>-53</sup> of the sum of their magnitudes.
   *
   * @param next the accumulator of what follows
   * @throws NullPointerException if next is null
   * @throws IllegalArgumentException if it is this one, or of another reduction
   */
  public void merge(PlaneAccumulator next) {
    Objects.requireNonNull(next, "next is null; a PlaneAccumulator was needed");
    if (next == this) {
      throw new IllegalArgumentException("next is this accumulator itself; another was needed");
    }
    requireSame(reduction, next.reduction.toString());
    if (next.count == 0) {
      return;
    }
    if (pendingCount > 0) {
      closeBlock();
    }
    ensureRoom(next.blocks);
    System.arraycopy(next.sums, 0, sums, blocks, next.blocks);
    blocks += next.blocks;
    fill(next.pending, 0, next.pendingCount);
    if (reduction.center() == Reduction.Center.MAX) {
      join(next.center, next.index);
    }
    count += next.count;
  }

  private static void requireSame(Reduction reduction, String other) {
    if (!other.equals(reduction.toString())) {
      throw new IllegalArgumentException(
          "the other accumulator is of " + other + "; one of " + reduction + " was needed");
    }
  }

  /**
   * How many values were added.
   *
   * @return 0 or more
   */
  public long count() {
    return count;
  }

  /**
   * The reduction of all values so far; more may follow.
   *
   * @return what one call for the plane would give
   * @throws IllegalStateException if there are no values
   */
  public float result() {
    requireValues();
    double sum = 0;
    if (reduction.terms() != null) {
      sum = SumOrder.NOTHING;
      for (int i = 0; i < blocks; i++) {
        sum += sums[i];
      }
      if (pendingCount > 0) {
        double[] last = new double[1];
        blockSums(pending, 0, 1, pendingCount, last, 0);
        sum += last[0];
      }
    }
    return (float) reduction.result(sum, count, center);
  }

  /**
   * Where the maximum or minimum first stands.
   *
   * @return its place among the values, from 0
   * @throws IllegalStateException if there are no values, or if the reduction has no index
   */
  public long index() {
    requireValues();
    if (!reduction.indexed()) {
      throw new IllegalStateException(reduction + " has no index; MAX or MIN was needed");
    }
    return index;
  }

  private void requireValues() {
    if (count == 0) {
      throw new IllegalStateException("no value was added; a plane has at least one");
    }
  }

  /**
   * The state as bytes, for another process to go on from. All numbers are little-endian: int
   * 0x4c504131; int length and UTF-8 bytes of the reduction's name; long count; double maximum and
   * long index (0 where there are none); int number of block sums, int number of values of the
   * block begun; the block sums as doubles; those values as floats.
   *
   * @return a new array
   */
  public byte[] toBytes() {
    byte[] name = reduction.toString().getBytes(StandardCharsets.UTF_8);
    int size = HEAD + name.length + FIXED + blocks * Double.BYTES + pendingCount * Float.BYTES;
    ByteBuffer to = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    to.putInt(MAGIC).putInt(name.length).put(name);
    to.putLong(count).putDouble(center).putLong(index).putInt(blocks).putInt(pendingCount);
    for (int i = 0; i < blocks; i++) {
      to.putDouble(sums[i]);
    }
    for (int i = 0; i < pendingCount; i++) {
      to.putFloat(pending[i]);
    }
    return to.array();
  }

  /**
   * The accumulator that {@link #toBytes} was called for.
   *
   * @param reduction its reduction
   * @param bytes its state
   * @return a new accumulator
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the bytes are no such state, or that of another reduction
   */
  public static PlaneAccumulator fromBytes(Reduction reduction, byte[] bytes) {
    PlaneAccumulator read = new PlaneAccumulator(reduction);
    Objects.requireNonNull(bytes, "bytes is null; a byte[] was needed");
    try {
      read.read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "bytes has " + bytes.length + " elements and ends too early; the whole state was needed",
          e);
    }
    return read;
  }

  private void read(ByteBuffer from) {
    if (from.getInt() != MAGIC) {
      throw new IllegalArgumentException("bytes begins with no LPA1; a state was needed");
    }
    byte[] name = new byte[checked("the name's length", from.getInt(), from.remaining())];
    from.get(name);
    requireSame(reduction, new String(name, StandardCharsets.UTF_8));
    count = from.getLong();
    center = from.getDouble();
    index = from.getLong();
    blocks = checked("the number of blocks", from.getInt(), from.remaining() / Double.BYTES);
    pendingCount = checked("the number of values", from.getInt(), BLOCK - 1);
    if (count < pendingCount || reduction.terms() != null && count > ((long) blocks + 1) * BLOCK) {
      throw new IllegalArgumentException(
          "bytes is damaged: the count is " + count + "; what its blocks hold was needed");
    }
    sums = new double[Math.max(16, blocks)];
    for (int i = 0; i < blocks; i++) {
      sums[i] = from.getDouble();
    }
    for (int i = 0; i < pendingCount; i++) {
      pending[i] = from.getFloat();
    }
    if (from.hasRemaining()) {
      throw new IllegalArgumentException(
          "bytes goes on for " + from.remaining() + " elements after the state; none was needed");
    }
  }

  private static int checked(String what, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          "bytes is damaged: " + what + " is " + value + "; 0 to " + most + " was needed");
    }
    return value;
  }
}
