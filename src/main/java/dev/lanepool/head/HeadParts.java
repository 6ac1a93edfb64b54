package dev.lanepool.head;

import dev.lanepool.FeatureMap;
import dev.lanepool.layer.Dense;
import dev.lanepool.layer.GlobalPool;
import dev.lanepool.layer.Layer;
import dev.lanepool.layer.LayerNorm;
import dev.lanepool.layer.ReLU;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The layers of a head: ReLU or not, pooling, then nothing, dense, or norm and dense. */
record HeadParts(boolean relu, GlobalPool pooling, LayerNorm norm, Dense dense, int channels) {

  /** Takes a chain of layers apart. */
  static HeadParts of(List<Layer> layers, int classes) {
    int i = 0;
    boolean relu = layers.get(i) instanceof ReLU;
    i += relu ? 1 : 0;
    GlobalPool pooling = at(layers, i++, GlobalPool.class);
    LayerNorm norm = at(layers, i, LayerNorm.class);
    i += norm == null ? 0 : 1;
    Dense dense = at(layers, i, Dense.class);
    i += dense == null ? 0 : 1;
    if (pooling == null || i != layers.size() || norm != null && dense == null) {
      throw new IllegalArgumentException(
          "layers is "
              + layers
              + "; a ReLU or none, a GlobalPool, and then nothing, a Dense, or a LayerNorm and a"
              + " Dense were needed");
    }
    int outputs = dense == null ? classes : dense.outputs();
    if (outputs != classes) {
      throw new IllegalArgumentException(
          "labels has " + classes + " names; bias has " + outputs + " classes");
    }
    int pooled = dense == null ? classes : dense.inputs();
    int perChannel = pooling.outputChannels(1);
    if (pooled % perChannel != 0 || norm != null && norm.channels() != pooled) {
      throw new IllegalArgumentException(
          "layers is " + layers + "; layers that fit each other were needed");
    }
    return new HeadParts(relu, pooling, norm, dense, pooled / perChannel);
  }

  private static <T extends Layer> T at(List<Layer> layers, int i, Class<T> type) {
    return i < layers.size() && type.isInstance(layers.get(i)) ? type.cast(layers.get(i)) : null;
  }

  float[] weights(int classIndex, int classes) {
    if (dense == null) {
      float[] own = new float[classes];
      own[classIndex] = 1;
      return own;
    }
    int inputs = dense.inputs();
    return Arrays.copyOfRange(dense.weights(), classIndex * inputs, (classIndex + 1) * inputs);
  }

  /** The forms of all classes where they are rows of a dense layer, else none. */
  List<LinearForm> linearForms() {
    if (dense == null || norm != null) {
      return List.of();
    }
    return IntStream.range(0, dense.outputs())
        .mapToObj(c -> new LinearForm(dense.weights(), c * dense.inputs(), dense.bias()[c]))
        .toList();
  }

  /**
   * Of a class whose form is none of {@link #linearForms}; see {@link ClassifierHead#linearForm}.
   */
  LinearForm linearForm(Supplier<FeatureMap> pooled, int classIndex) {
    if (dense == null) {
      int outputs = pooling.outputChannels(channels);
      return new LinearForm(weights(classIndex, outputs), 0, 0);
    }
    double[] scaled = scaledWeights(classIndex);
    double mean = Arrays.stream(scaled).average().orElseThrow();
    double deviation = norm.deviation(pooled.get());
    float[] weights = new float[scaled.length];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = (float) ((scaled[k] - mean) / deviation);
    }
    double constant = dense.bias()[classIndex];
    float[] row = weights(classIndex, 0);
    float[] beta = norm.beta();
    for (int k = 0; k < row.length; k++) {
      constant += (double) row[k] * beta[k];
    }
    return new LinearForm(weights, 0, (float) constant);
  }

  /** See {@link ClassifierHead#gradient}. */
  double[] gradient(Supplier<FeatureMap> pooled, int classIndex) {
    int outputs = pooling.outputChannels(channels);
    double[] gradient = new double[outputs];
    if (norm == null) {
      float[] row = weights(classIndex, outputs);
      Arrays.setAll(gradient, k -> row[k]);
      return gradient;
    }
    // With g = W·γ and ẑ = (z - μ)/s: (g_k - mean(g) - ẑ_k·mean(g·ẑ)) / s.
    FeatureMap z = pooled.get();
    double deviation = norm.deviation(z);
    double mean = 0;
    for (int k = 0; k < outputs; k++) {
      mean += z.get(0, k, 0, 0) / (double) outputs;
    }
    double[] scaled = scaledWeights(classIndex);
    double meanScaled = Arrays.stream(scaled).average().orElseThrow();
    double[] normalized = new double[outputs];
    double product = 0;
    for (int k = 0; k < outputs; k++) {
      normalized[k] = (z.get(0, k, 0, 0) - mean) / deviation;
      product += scaled[k] * normalized[k] / outputs;
    }
    for (int k = 0; k < outputs; k++) {
      gradient[k] = (scaled[k] - meanScaled - normalized[k] * product) / deviation;
    }
    return gradient;
  }

  private double[] scaledWeights(int classIndex) {
    float[] gamma = norm.gamma();
    float[] row = weights(classIndex, gamma.length);
    double[] scaled = new double[gamma.length];
    Arrays.setAll(scaled, k -> (double) row[k] * gamma[k]);
    return scaled;
  }
}
