package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.Kernels;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;
import java.util.Objects;

/**
 * Global pooling of what a {@link Selection} takes of every sample: by masks, by sizes of their own
 * (ragged batches), or by weights (attention). [N, C, H, W] becomes [N, C, 1, 1]. No parameters,
 * any input size. No {@link Layer}, since it has two inputs. Immutable and thread-safe.
 */
public final class MaskedGlobalPool {
  private final Reduction reduction;

  /** The masked, or weighted, average. */
  public MaskedGlobalPool() {
    this(Reduction.MEAN);
  }

  /**
   * Any reduction.
   *
   * @param reduction what becomes of the selected values of a plane
   * @throws NullPointerException if reduction is null
   */
  public MaskedGlobalPool(Reduction reduction) {
    this.reduction = Objects.requireNonNull(reduction, "reduction is null; a Reduction was needed");
  }

  /**
   * Pools into a new map.
   *
   * @param input the maps, of any type and in either layout
   * @param selection what of them
   * @return the results, [N, C, 1, 1]
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if H·W = 0, if the selection has other extents, or if it takes
   *     nothing of a sample and has no {@link Selection#orElse}
   */
  public FeatureMap forward(FeatureMap input, Selection selection) {
    LayerArguments.requireInput(input);
    LayerArguments.requirePixels(input.shape());
    FeatureShape shape = new FeatureShape(input.shape().n(), input.shape().c(), 1, 1);
    FeatureMap output = FeatureMap.allocate(input.layout(), shape);
    forward(input, selection, output);
    return output;
  }

  /**
   * Pools into a given map. Allocates nothing once warm.
   *
   * @param input the maps, of any type and in either layout
   * @param selection what of them
   * @param output receives the results, [N, C, 1, 1]; may not overlap the input
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException as {@link #forward(FeatureMap, Selection)}, or if the output
   *     doesn't fit; nothing is written then
   */
  public void forward(FeatureMap input, Selection selection, FeatureMap output) {
    Kernels.best().reduce(reduction, input, selection, output);
  }

  @Override
  public String toString() {
    return "MaskedGlobalPool(" + reduction + ")";
  }
}
