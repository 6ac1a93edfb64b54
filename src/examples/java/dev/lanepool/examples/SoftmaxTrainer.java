package dev.lanepool.examples;

import dev.lanepool.kernel.Kernels;
import dev.lanepool.layer.Dense;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Trains a dense layer before softmax on all inputs at once: the mean cross entropy plus a small
 * penalty on the squared weights. That is convex, so every head gets its one optimum rather than
 * what some learning rate happens to suit. Forward and backward are the library's kernels.
 */
final class SoftmaxTrainer implements Lbfgs.Objective {
  /** What keeps the optimum finite where the classes can be separated. */
  static final double PENALTY = 1e-6;

  private static final double TOLERANCE = 1e-5;

  private final float[] x;
  private final int rows;
  private final int inputs;
  private final int classes;
  private final List<Integer> labels;

  /**
   * The inputs are taken relative to their mean and by the scale that gives them the mean squared
   * length 1, so that the penalty weighs alike on all heads; the layer has both folded in.
   */
  private final double[] mean;

  private final double scale;

  private final float[] weights;
  private final float[] bias;
  private final float[] weightGradient;
  private final float[] biasGradient;
  private final float[] logits;
  private final double[] probabilities;
  private final List<Long> nanos = new ArrayList<>();

  private SoftmaxTrainer(float[] x, List<Integer> labels, int classes) {
    this.x = x;
    this.rows = labels.size();
    this.inputs = x.length / rows;
    this.classes = classes;
    this.labels = labels;
    this.mean = mean(x, rows);
    this.scale = 1 / deviation(x, mean);
    this.weights = new float[classes * inputs];
    this.bias = new float[classes];
    this.weightGradient = new float[weights.length];
    this.biasGradient = new float[classes];
    this.logits = new float[rows * classes];
    this.probabilities = new double[classes];
  }

  /**
   * A trained layer, for the inputs as they are.
   *
   * @param weights classes × inputs
   * @param bias one value per class
   * @param layer of these
   * @param microsPerStep how long it took to compute the gradient once, the median
   */
  record Trained(float[] weights, float[] bias, Dense layer, double microsPerStep) {}

  /**
   * Trains.
   *
   * @param x the inputs, one row for each label
   * @param labels 0 to classes - 1
   * @param classes outputs of the layer
   * @param iterations at most so many
   */
  static Trained train(float[] x, List<Integer> labels, int classes, int iterations) {
    SoftmaxTrainer trainer = new SoftmaxTrainer(x, labels, classes);
    double[] point = new double[trainer.weights.length + classes];
    Lbfgs.minimize(trainer, point, iterations, TOLERANCE);
    trainer.set(point);
    Collections.sort(trainer.nanos);
    double median = trainer.nanos.get(trainer.nanos.size() / 2);
    Dense layer = new Dense(trainer.weights, trainer.bias);
    return new Trained(trainer.weights, trainer.bias, layer, median / 1e3);
  }

  private static double[] mean(float[] x, int rows) {
    double[] mean = new double[x.length / rows];
    for (int i = 0; i < x.length; i++) {
      mean[i % mean.length] += x[i];
    }
    for (int k = 0; k < mean.length; k++) {
      mean[k] /= rows;
    }
    return mean;
  }

  /** The root of the mean squared distance from the mean. */
  private static double deviation(float[] x, double[] mean) {
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      double distance = x[i] - mean[i % mean.length];
      squares += distance * distance;
    }
    return Math.sqrt(squares / (x.length / mean.length));
  }

  private void set(double[] point) {
    for (int c = 0; c < classes; c++) {
      double moved = point[weights.length + c];
      for (int i = c * inputs; i < (c + 1) * inputs; i++) {
        weights[i] = (float) (point[i] * scale);
        moved -= point[i] * scale * mean[i - c * inputs];
      }
      bias[c] = (float) moved;
    }
  }

  @Override
  public double at(double[] point, double[] gradient) {
    long start = System.nanoTime();
    set(point);
    Kernels.best().dense(x, 0, rows, inputs, weights, 0, bias, 0, classes, logits, 0);
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      loss += toGradient(row);
    }
    loss /= rows;
    Kernels.best()
        .denseWeightGradient(
            logits, 0, rows, classes, x, 0, inputs, weightGradient, 0, biasGradient, 0);
    for (int i = 0; i < weights.length; i++) {
      double ofWeight = weightGradient[i] - biasGradient[i / inputs] * mean[i % inputs];
      gradient[i] = ofWeight * scale + PENALTY * point[i];
      loss += PENALTY / 2 * point[i] * point[i];
    }
    for (int c = 0; c < classes; c++) {
      gradient[weights.length + c] = biasGradient[c];
    }
    nanos.add(System.nanoTime() - start);
    return loss;
  }

  /** Puts (probability - wanted) / rows in place of a row's logits and returns the row's loss. */
  private double toGradient(int row) {
    int start = row * classes;
    int label = start + labels.get(row);
    float max = Float.NEGATIVE_INFINITY;
    for (int i = start; i < start + classes; i++) {
      max = Math.max(max, logits[i]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      probabilities[c] = StrictMath.exp((double) logits[start + c] - max);
      sum += probabilities[c];
    }
    double loss = StrictMath.log(sum) - ((double) logits[label] - max);
    for (int c = 0; c < classes; c++) {
      double wanted = start + c == label ? 1 : 0;
      logits[start + c] = (float) ((probabilities[c] / sum - wanted) / rows);
    }
    return loss;
  }
}
