package dev.lanepool.layer;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import java.util.Objects;

/**
 * Layer normalisation over the channels, y_k = γ_k·(x_k - μ)/√(σ² + eps) + β_k with the mean μ and
 * the variance σ² of a sample's channels, divided by C: [N, C, 1, 1] stays [N, C, 1, 1] (J. L. Ba,
 * J. R. Kiros, G. E. Hinton, "Layer Normalization", 2016). It stands between pooling and the dense
 * layer in ConvNeXt and in vision transformers. In double, channel by channel, rounded once; the
 * bits are the same everywhere.
 */
public final class LayerNorm implements Layer {
  private final float[] gamma;
  private final float[] beta;
  private final double eps;

  /**
   * A layer with given parameters, which are not copied.
   *
   * @param gamma the scale of every channel
   * @param beta what is added to every channel
   * @param eps added to the variance, above 0: 1e-6 in ConvNeXt and ViT
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if there is no channel, if the lengths differ, or if eps is
   *     not a finite number above 0
   */
  public LayerNorm(float[] gamma, float[] beta, double eps) {
    Objects.requireNonNull(gamma, "gamma is null; a value per channel was needed");
    Objects.requireNonNull(beta, "beta is null; a value per channel was needed");
    if (gamma.length == 0 || gamma.length != beta.length) {
      throw new IllegalArgumentException(
          "gamma has "
              + gamma.length
              + " and beta "
              + beta.length
              + " values; one each per channel, for 1 channel or more, was needed");
    }
    this.gamma = gamma;
    this.beta = beta;
    this.eps = LayerArguments.requirePositive("eps", eps);
  }

  /**
   * Channels of an input vector.
   *
   * @return how many
   */
  public int channels() {
    return gamma.length;
  }

  /**
   * The scale of every channel.
   *
   * @return a copy of γ
   */
  public float[] gamma() {
    return gamma.clone();
  }

  /**
   * What is added to every channel.
   *
   * @return a copy of β
   */
  public float[] beta() {
    return beta.clone();
  }

  /**
   * What a vector is divided by, √(σ² + eps).
   *
   * @param x one vector, [1, C, 1, 1]
   * @return the divisor
   * @throws IllegalArgumentException if there is not one vector of this layer's channels
   */
  public double deviation(FeatureMap x) {
    LayerArguments.requireInput(x);
    outputShape(x.shape());
    if (x.shape().n() != 1) {
      throw new IllegalArgumentException(
          "x has the shape " + x.shape() + "; one sample was needed");
    }
    float[] values = new float[gamma.length];
    x.copyTo(values, 0, x.layout());
    return deviation(values, 0, mean(values, 0));
  }

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    LayerArguments.requireVectors(input, "LayerNorm");
    LayerArguments.requireChannels(input, gamma.length);
    return input;
  }

  @Override
  public long parameterCount() {
    return 2L * gamma.length;
  }

  @Override
  public void forward(FeatureMap input, FeatureMap output) {
    LayerArguments.requireInput(input);
    FeatureShape shape = outputShape(input.shape());
    LayerArguments.requireOutput(input, output, shape.n(), shape.c(), 1, 1);
    input.copyTo(output);
    for (int sample = 0; sample < shape.n(); sample++) {
      normalize(output.array(), output.offset() + sample * shape.c());
    }
  }

  private void normalize(float[] y, int start) {
    double mean = mean(y, start);
    double deviation = deviation(y, start, mean);
    for (int k = 0; k < gamma.length; k++) {
      y[start + k] = (float) (gamma[k] * ((y[start + k] - mean) / deviation) + beta[k]);
    }
  }

  private double mean(float[] x, int start) {
    double sum = 0;
    for (int k = 0; k < gamma.length; k++) {
      sum += x[start + k];
    }
    return sum / gamma.length;
  }

  private double deviation(float[] x, int start, double mean) {
    double squares = 0;
    for (int k = 0; k < gamma.length; k++) {
      double difference = x[start + k] - mean;
      squares += difference * difference;
    }
    return Math.sqrt(squares / gamma.length + eps);
  }

  @Override
  public String toString() {
    return "LayerNorm(" + gamma.length + ")";
  }
}
