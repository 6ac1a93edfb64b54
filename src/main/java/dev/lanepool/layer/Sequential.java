package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.List;
import java.util.Objects;

/**
 * Layers one after another. The maps between them are kept per thread for the last input shape, so
 * that runs on one shape allocate nothing once warm.
 */
public final class Sequential implements Layer {
  private final List<Layer> layers;
  private final ThreadLocal<Between> between = new ThreadLocal<>();

  /**
   * A chain of layers.
   *
   * @param layers one or more, the first one first
   * @throws NullPointerException if layers or one of them is null
   * @throws IllegalArgumentException if there is none
   */
  public Sequential(Layer... layers) {
    Objects.requireNonNull(layers, "layers is null; at least one layer was needed");
    for (int i = 0; i < layers.length; i++) {
      Objects.requireNonNull(layers[i], "layers[" + i + "] is null; a Layer was needed");
    }
    this.layers = List.of(layers);
    if (this.layers.isEmpty()) {
      throw new IllegalArgumentException("layers is empty; at least one layer was needed");
    }
  }

  /**
   * The layers, the first one first.
   *
   * @return an immutable list
   */
  public List<Layer> layers() {
    return layers;
  }

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    LayerArguments.requireShape(input);
    FeatureShape shape = input;
    for (Layer layer : layers) {
      shape = layer.outputShape(shape);
    }
    return shape;
  }

  @Override
  public long parameterCount() {
    long count = 0;
    for (Layer layer : layers) {
      count += layer.parameterCount();
    }
    return count;
  }

  @Override
  public void forward(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    Between maps = between(input);
    FeatureShape shape = maps.outputShape;
    LayerArguments.requireOutput(input, output, shape.n(), shape.c(), shape.h(), shape.w());
    FeatureMap from = input;
    for (int i = 0; i < maps.maps.length; i++) {
      layers.get(i).forward(from, maps.maps[i]);
      from = maps.maps[i];
    }
    layers.get(layers.size() - 1).forward(from, output);
  }

  private Between between(FeatureMap input) {
    Between maps = between.get();
    if (maps == null || maps.layout != input.layout() || !maps.inputShape.equals(input.shape())) {
      maps = new Between(input.layout(), input.shape());
      between.set(maps);
    }
    return maps;
  }

  /** The maps between the layers, for one layout and shape of the input. */
  private final class Between {
    private final Layout layout;
    private final FeatureShape inputShape;
    private final FeatureShape outputShape;
    private final FeatureMap[] maps = new FeatureMap[layers.size() - 1];

    Between(Layout layout, FeatureShape inputShape) {
      this.layout = layout;
      this.inputShape = inputShape;
      FeatureShape shape = inputShape;
      for (int i = 0; i < maps.length; i++) {
        shape = layers.get(i).outputShape(shape);
        maps[i] = FeatureMap.allocate(layout, shape);
      }
      this.outputShape = layers.get(layers.size() - 1).outputShape(shape);
    }
  }

  @Override
  public String toString() {
    return "Sequential" + layers;
  }
}
