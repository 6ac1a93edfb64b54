package dev.lanepool.kernel;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * One reduction of the list of kernels: an operation on maps of one element type in one layout. The
 * self-check, the tests, the benchmarks and the README's table go through {@link #all()}, so that
 * no kernel is left out of them.
 *
 * @param operation what is computed
 * @param type of the values
 * @param layout of the maps
 */
public record KernelSpec(Operation operation, ElementType type, Layout layout) {
  /** The operations, each with the method of {@link KernelSet} that it is. */
  public enum Operation {
    /** {@link KernelSet#mean}. */
    MEAN(1, false, (k, x, xo, l, s, y, yo, i, io) -> k.mean(x, xo, l, s, y, yo)),
    /** {@link KernelSet#sum}. */
    SUM(1, false, (k, x, xo, l, s, y, yo, i, io) -> k.sum(x, xo, l, s, y, yo)),
    /** {@link KernelSet#max}. */
    MAX(1, false, (k, x, xo, l, s, y, yo, i, io) -> k.max(x, xo, l, s, y, yo)),
    /** {@link KernelSet#min}. */
    MIN(1, false, (k, x, xo, l, s, y, yo, i, io) -> k.min(x, xo, l, s, y, yo)),
    /** {@link KernelSet#argMax}. */
    ARG_MAX(1, true, (k, x, xo, l, s, y, yo, i, io) -> k.argMax(x, xo, l, s, y, yo, i, io)),
    /** {@link KernelSet#meanMax}, the maxima behind the means. */
    MEAN_MAX(
        2,
        false,
        (k, x, xo, l, s, y, yo, i, io) -> k.meanMax(x, xo, l, s, y, yo, y, yo + (int) s.planes()));

    private final int outputs;
    private final boolean indexed;
    private final Call call;

    Operation(int outputs, boolean indexed, Call call) {
      this.outputs = outputs;
      this.indexed = indexed;
      this.call = call;
    }

    /**
     * How many float results a plane has.
     *
     * @return 1 or 2
     */
    public int outputs() {
      return outputs;
    }

    /**
     * Whether a plane has an index as well.
     *
     * @return true for arg-max
     */
    public boolean indexed() {
      return indexed;
    }
  }

  /** An operation's method with one signature for all. */
  private interface Call {
    void run(
        KernelSet kernels,
        float[] x,
        int xOffset,
        Layout layout,
        FeatureShape shape,
        float[] y,
        int yOffset,
        int[] index,
        int indexOffset);
  }

  /**
   * The list of kernels.
   *
   * @return every reduction that there is
   */
  public static List<KernelSpec> all() {
    List<KernelSpec> all = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      for (ElementType type : List.of(ElementType.FLOAT32)) {
        for (Layout layout : Layout.values()) {
          all.add(new KernelSpec(operation, type, layout));
        }
      }
    }
    return List.copyOf(all);
  }

  /**
   * Runs this reduction.
   *
   * @param kernels the backend
   * @param x the maps
   * @param xOffset where they begin in x
   * @param shape their extents
   * @param y receives N·C values, and behind them N·C more where the operation has two results
   * @param yOffset where they go in y
   * @param index receives N·C indices where the operation has them; may be null where it has none
   * @param indexOffset where they go in index
   */
  public void run(
      KernelSet kernels,
      float[] x,
      int xOffset,
      FeatureShape shape,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset) {
    operation.call.run(kernels, x, xOffset, layout, shape, y, yOffset, index, indexOffset);
  }
}
