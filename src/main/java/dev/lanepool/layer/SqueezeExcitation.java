package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Objects;

/**
 * A squeeze-and-excitation block: every channel times a gate of 0 to 1 that the averages of all
 * channels decide, y_k = x_k·gate(W₂·relu(W₁·mean(x) + b₁) + b₂)_k: [N, C, H, W] stays [N, C, H, W]
 * (J. Hu, L. Shen, G. Sun, "Squeeze-and-Excitation Networks", 2018).
 */
public final class SqueezeExcitation implements Layer {
  private final Sequential gate;
  private final int channels;
  private final ThreadLocal<FeatureMap> gates = new ThreadLocal<>();

  /**
   * A block.
   *
   * @param squeeze C → fewer
   * @param excite as many as {@code squeeze} gives → C
   * @param gate what makes a gate of a number: {@link Sigmoid}, or {@link HardSigmoid} in
   *     MobileNetV3
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the dense layers don't fit
   */
  public SqueezeExcitation(Dense squeeze, Dense excite, Layer gate) {
    Objects.requireNonNull(squeeze, "squeeze is null; a Dense was needed");
    Objects.requireNonNull(excite, "excite is null; a Dense was needed");
    if (excite.inputs() != squeeze.outputs() || excite.outputs() != squeeze.inputs()) {
      throw new IllegalArgumentException(
          "squeeze is "
              + squeeze
              + " and excite "
              + excite
              + "; the outputs of each had to be the inputs of the other");
    }
    this.gate = new Sequential(new GlobalAvgPool(), squeeze, new ReLU(), excite, gate);
    this.channels = squeeze.inputs();
  }

  /**
   * The gate alone, [N, C, H, W] to [N, C, 1, 1].
   *
   * @return pooling, the dense layers and their activations
   */
  public Sequential gate() {
    return gate;
  }

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    LayerArguments.requirePixels(input);
    LayerArguments.requireChannels(input, channels);
    return input;
  }

  @Override
  public long parameterCount() {
    return gate.parameterCount();
  }

  @Override
  public void forward(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    FeatureShape shape = outputShape(input.shape());
    LayerArguments.requireOutput(input, output, shape.n(), shape.c(), shape.h(), shape.w());
    float[] factors = gates(input);
    input.copyTo(output);
    float[] y = output.array();
    int at = output.offset();
    int pixels = (int) shape.planeSize();
    if (output.layout() == Layout.NCHW) {
      for (int plane = 0; plane < shape.planes(); plane++, at += pixels) {
        scale(y, at, pixels, factors[plane]);
      }
    } else {
      for (int pixel = 0; pixel < shape.n() * pixels; pixel++, at += channels) {
        scale(y, at, channels, factors, pixel / pixels * channels);
      }
    }
  }

  private float[] gates(FeatureMap input) {
    FeatureMap kept = gates.get();
    if (kept == null || kept.shape().n() != input.shape().n()) {
      kept = FeatureMap.allocate(Layout.NCHW, new FeatureShape(input.shape().n(), channels, 1, 1));
      gates.set(kept);
    }
    gate.forward(input, kept);
    return kept.array();
  }

  private static void scale(float[] y, int start, int count, float factor) {
    for (int i = start; i < start + count; i++) {
      y[i] *= factor;
    }
  }

  private static void scale(float[] y, int start, int count, float[] factors, int from) {
    for (int i = 0; i < count; i++) {
      y[start + i] *= factors[from + i];
    }
  }

  @Override
  public String toString() {
    return "SqueezeExcitation" + gate.layers();
  }
}
