package dev.lanepool.kernel;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * One reduction of the list of kernels: an operation on maps of one element type in one layout and
 * storage. The self-check, the tests, the benchmarks and the README's table go through {@link
 * #all()}, so that no kernel is left out of them.
 *
 * @param operation what is computed
 * @param type of the values
 * @param layout of the maps
 * @param storage where the maps are
 */
public record KernelSpec(Operation operation, ElementType type, Layout layout, Storage storage) {
  /** The operations: a {@link Reduction}, most with parameters of which others are possible. */
  public enum Operation {
    /** {@link Reduction#MEAN}. */
    MEAN(Reduction.MEAN, (k, x, y, yo, i, io) -> mean(k, x, y, yo)),
    /** {@link Reduction#SUM}. */
    SUM(Reduction.SUM, (k, x, y, yo, i, io) -> sum(k, x, y, yo)),
    /** {@link Reduction#MAX}. */
    MAX(Reduction.MAX, (k, x, y, yo, i, io) -> max(k, x, y, yo)),
    /** {@link Reduction#MIN}. */
    MIN(Reduction.MIN, (k, x, y, yo, i, io) -> min(k, x, y, yo)),
    /** {@link Reduction#MAX} with its index. */
    ARG_MAX(Reduction.MAX, true, 1, Operation::argMax),
    /** {@link Reduction#MIN} with its index. */
    ARG_MIN(Reduction.MIN, true, 1, null),
    /** Mean and maximum, the maxima behind the means. */
    MEAN_MAX(null, false, 2, Operation::meanMax),
    /** {@link Reduction#MEAN_MAX_AVERAGE}. */
    MEAN_MAX_AVERAGE(Reduction.MEAN_MAX_AVERAGE, null),
    /** {@link Reduction#L1}. */
    L1(Reduction.L1, null),
    /** {@link Reduction#L2}. */
    L2(Reduction.L2, null),
    /** {@link Reduction#lpNorm} with p = 3. */
    LP_NORM(Reduction.lpNorm(3), null),
    /** {@link Reduction#powerMean} with p = 1.5. */
    POWER_MEAN(Reduction.powerMean(1.5), null),
    /** {@link Reduction#gem()}. */
    GEM(Reduction.gem(), null),
    /** {@link Reduction#logSumExp} with r = 2. */
    LOG_SUM_EXP(Reduction.logSumExp(2), null),
    /** {@link Reduction#MEAN_SQUARES}. */
    MEAN_SQUARES(Reduction.MEAN_SQUARES, null),
    /** {@link Reduction#variance} of all there is. */
    VARIANCE(Reduction.variance(0), null);

    private final Reduction reduction;
    private final boolean indexed;
    private final int outputs;

    /** The method for float arrays, where the operation has one of its own. */
    private final Call call;

    Operation(Reduction reduction, Call call) {
      this(reduction, false, 1, call);
    }

    Operation(Reduction reduction, boolean indexed, int outputs, Call call) {
      this.reduction = reduction;
      this.indexed = indexed;
      this.outputs = outputs;
      this.call = call;
    }

    /**
     * What is computed.
     *
     * @return the reduction; null for {@link #MEAN_MAX}, which is two
     */
    public Reduction reduction() {
      return reduction;
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
     * @return true for arg-max and arg-min
     */
    public boolean indexed() {
      return indexed;
    }

    private static void mean(KernelSet k, FeatureMap x, float[] y, int yOffset) {
      k.mean(x.array(), x.offset(), x.layout(), x.shape(), y, yOffset);
    }

    private static void sum(KernelSet k, FeatureMap x, float[] y, int yOffset) {
      k.sum(x.array(), x.offset(), x.layout(), x.shape(), y, yOffset);
    }

    private static void max(KernelSet k, FeatureMap x, float[] y, int yOffset) {
      k.max(x.array(), x.offset(), x.layout(), x.shape(), y, yOffset);
    }

    private static void min(KernelSet k, FeatureMap x, float[] y, int yOffset) {
      k.min(x.array(), x.offset(), x.layout(), x.shape(), y, yOffset);
    }

    private static void argMax(
        KernelSet k, FeatureMap x, float[] y, int yOffset, int[] index, int indexOffset) {
      k.argMax(x.array(), x.offset(), x.layout(), x.shape(), y, yOffset, index, indexOffset);
    }

    private static void meanMax(
        KernelSet k, FeatureMap x, float[] y, int yOffset, int[] index, int indexOffset) {
      int maxOffset = yOffset + (int) x.shape().planes();
      k.meanMax(x.array(), x.offset(), x.layout(), x.shape(), y, yOffset, y, maxOffset);
    }
  }

  /** Where a map's values are. */
  public enum Storage {
    /** In an array on the heap. */
    ARRAY,
    /** In native memory. */
    NATIVE,
    /** In an array, a rectangle of larger planes. */
    CROP
  }

  /** An operation's method for float arrays with one signature for all. */
  private interface Call {
    void run(KernelSet kernels, FeatureMap x, float[] y, int yOffset, int[] index, int indexOffset);
  }

  /**
   * The list of kernels.
   *
   * @return every reduction that there is
   */
  public static List<KernelSpec> all() {
    List<KernelSpec> all = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      for (ElementType type : ElementType.values()) {
        for (Layout layout : Layout.values()) {
          for (Storage storage : Storage.values()) {
            KernelSpec spec = new KernelSpec(operation, type, layout, storage);
            if (operation.reduction != null || spec.isOfFloatArrays()) {
              all.add(spec);
            }
          }
        }
      }
    }
    return List.copyOf(all);
  }

  /**
   * Whether this is a reduction of float32 in arrays, which most applications use and which are
   * fastest.
   *
   * @return true if so
   */
  public boolean isOfFloatArrays() {
    return type == ElementType.FLOAT32 && storage == Storage.ARRAY;
  }

  /**
   * A map of this type, layout and storage.
   *
   * @param values its values in the order of the layout, to be rounded to the type; a map of float
   *     arrays is a view of them
   * @param offset where they begin in values
   * @param shape the extents
   * @return the map, to be an input of {@link #run}
   * @throws IllegalArgumentException as {@link FeatureMap#of(float[], int, Layout, FeatureShape)}
   */
  public FeatureMap input(float[] values, int offset, FeatureShape shape) {
    FeatureMap map = FeatureMap.of(values, offset, layout, shape).toType(type);
    return switch (storage) {
      case ARRAY -> map;
      case NATIVE -> inNativeMemory(map);
      case CROP -> inLargerPlanes(map);
    };
  }

  private FeatureMap inNativeMemory(FeatureMap map) {
    MemorySegment heap = map.segment();
    long bytes = map.shape().elements() * type.bytes();
    MemorySegment copy = Arena.ofAuto().allocate(bytes, Long.BYTES);
    MemorySegment.copy(heap, map.position() * type.bytes(), copy, 0, bytes);
    return FeatureMap.of(copy, type, layout, map.shape());
  }

  private FeatureMap inLargerPlanes(FeatureMap map) {
    FeatureShape s = map.shape();
    FeatureShape larger = new FeatureShape(s.n(), s.c(), s.h() + 2, s.w() + 3);
    FeatureMap crop = FeatureMap.allocate(type, layout, larger).crop(1, 2, s.h(), s.w());
    map.copyTo(crop);
    return crop;
  }

  /**
   * Runs this reduction.
   *
   * @param kernels the backend
   * @param x the maps, from {@link #input}
   * @param y receives N·C values, and behind them N·C more where the operation has two results
   * @param yOffset where they go in y
   * @param index receives N·C indices where the operation has them; may be null where it has none
   * @param indexOffset where they go in index
   */
  public void run(
      KernelSet kernels, FeatureMap x, float[] y, int yOffset, int[] index, int indexOffset) {
    if (operation.call != null && isOfFloatArrays()) {
      operation.call.run(kernels, x, y, yOffset, index, indexOffset);
    } else if (operation.indexed) {
      kernels.reduce(operation.reduction, x, y, yOffset, index, indexOffset);
    } else {
      kernels.reduce(operation.reduction, x, y, yOffset);
    }
  }
}
