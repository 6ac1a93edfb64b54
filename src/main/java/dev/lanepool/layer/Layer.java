package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;

/**
 * A function from feature maps to feature maps. Layers are immutable and thread-safe; those with
 * weights share the arrays that they were given.
 */
public interface Layer {
  /**
   * The shape that an input becomes.
   *
   * @param input the shape of the input
   * @return the shape of the output
   * @throws IllegalArgumentException if the layer can't take such an input
   */
  FeatureShape outputShape(FeatureShape input);

  /**
   * Trainable numbers: weights and biases.
   *
   * @return how many there are
   */
  long parameterCount();

  /**
   * Runs the layer into given maps. Allocates nothing once warm.
   *
   * @param input the maps, of any type and storage, in either layout
   * @param output receives the result; float32 in an array without gaps, of the {@link
   *     #outputShape} and, where a plane has more than one value, in the layout of the input; may
   *     not overlap the input
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the input or the output doesn't fit; nothing is written
   *     then
   */
  void forward(FeatureMap input, FeatureMap output);

  /**
   * Runs the layer into new maps with the layout of the input.
   *
   * @param input the maps, of any type and storage, in either layout
   * @return the result
   * @throws NullPointerException if input is null
   * @throws IllegalArgumentException if the layer can't take the input
   */
  default FeatureMap forward(FeatureMap input) {
    LayerArguments.requireInput(input);
    FeatureMap output = FeatureMap.allocate(input.layout(), outputShape(input.shape()));
    forward(input, output);
    return output;
  }
}
