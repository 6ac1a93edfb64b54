package dev.lanepool.kernel;

import dev.lanepool.FeatureMap;

/**
 * Reductions of what a {@link Selection} takes of every sample: masked, ragged and weighted
 * pooling. Any reduction, type, storage and strides, in either layout. The mean and the sum of
 * float32 arrays without gaps have loops of their own and take little longer than without a
 * selection. The promises of {@link KernelSet} hold, and its exceptions; besides, every method
 * throws {@link IllegalArgumentException} if the selection is for other extents, or if it takes
 * nothing of a sample and has no {@link Selection#orElse}.
 */
public interface SelectionKernels {
  /**
   * As {@link KernelSet#reduce(Reduction, FeatureMap, float[], int)}, of the selected values.
   *
   * @param r what to compute
   * @param x the maps
   * @param selection what of them
   * @param y receives N·C results, rounded once to float
   * @param yOffset where they go in y
   */
  void reduce(Reduction r, FeatureMap x, Selection selection, float[] y, int yOffset);

  /**
   * As {@link #reduce(Reduction, FeatureMap, Selection, float[], int)}, and where the value first
   * stands among those selected.
   *
   * @param r {@link Reduction#MAX} or {@link Reduction#MIN}
   * @param x the maps
   * @param selection what of them
   * @param y receives N·C results, rounded once to float
   * @param yOffset where they go in y
   * @param index receives N·C indices h·W + w within the plane, whatever the layout
   * @param indexOffset where they go in index
   */
  void reduce(
      Reduction r,
      FeatureMap x,
      Selection selection,
      float[] y,
      int yOffset,
      int[] index,
      int indexOffset);

  /**
   * As {@link #reduce(Reduction, FeatureMap, Selection, float[], int)}, into a map of any type.
   *
   * @param r what to compute
   * @param x the maps
   * @param selection what of them
   * @param y receives the results, [N, C, 1, 1], each rounded once
   */
  void reduce(Reduction r, FeatureMap x, Selection selection, FeatureMap y);
}
