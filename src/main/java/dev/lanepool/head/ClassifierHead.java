package dev.lanepool.head;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.layer.Dense;
import dev.lanepool.layer.GlobalAvgPool;
import dev.lanepool.layer.Layer;
import dev.lanepool.layer.Sequential;
import dev.lanepool.layer.Softmax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The head of a CNN: global average pooling, then a dense layer, then softmax; or, as in Network in
 * Network (Lin, Chen, Yan 2013), pooling straight to softmax, with one channel per class. It takes
 * maps of any height and width. Immutable and thread-safe; weights are shared, not copied.
 */
public final class ClassifierHead {
  private static final Layer SOFTMAX = new Softmax();

  private final Layer toLogits;
  private final float[] weights;
  private final float[] bias;
  private final int channels;
  private final List<String> labels;

  private ClassifierHead(
      Layer toLogits, float[] weights, float[] bias, int channels, List<String> labels) {
    this.toLogits = toLogits;
    this.weights = weights;
    this.bias = bias;
    this.channels = channels;
    this.labels = labels;
  }

  /**
   * Pooling, dense, softmax.
   *
   * @param weights classes × channels, row by row, one row per class
   * @param bias one value per class
   * @param labels the names of the classes
   * @return the head
   * @throws NullPointerException if an argument or a label is null
   * @throws IllegalArgumentException if there is no class, if bias has another length than labels,
   *     or if the weights don't make whole rows
   */
  public static ClassifierHead of(float[] weights, float[] bias, List<String> labels) {
    List<String> names = names(labels);
    Dense dense = new Dense(weights, bias);
    if (dense.outputs() != names.size()) {
      throw new IllegalArgumentException(
          "labels has " + names.size() + " names; bias has " + bias.length + " classes");
    }
    Layer toLogits = new Sequential(new GlobalAvgPool(), dense);
    return new ClassifierHead(toLogits, weights, bias, dense.inputs(), names);
  }

  /**
   * Pooling straight to softmax: channel c is the map of class c.
   *
   * @param labels the names of the classes, one per channel
   * @return the head
   * @throws NullPointerException if labels or a label is null
   * @throws IllegalArgumentException if there is no class
   */
  public static ClassifierHead withoutDense(List<String> labels) {
    List<String> names = names(labels);
    return new ClassifierHead(new GlobalAvgPool(), null, null, names.size(), names);
  }

  private static List<String> names(List<String> labels) {
    Objects.requireNonNull(labels, "labels is null; a name per class was needed");
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("labels is empty; a name per class was needed");
    }
    for (int c = 0; c < labels.size(); c++) {
      Objects.requireNonNull(labels.get(c), "labels[" + c + "] is null; a name was needed");
    }
    return List.copyOf(labels);
  }

  /**
   * Decides on one sample.
   *
   * @param maps the last feature maps of a network, [1, channels, H, W]
   * @return the scores of all classes
   * @throws NullPointerException if maps is null
   * @throws IllegalArgumentException if there is not one sample, or another number of channels
   */
  public Prediction classify(FeatureMap maps) {
    check(maps);
    if (maps.shape().n() != 1) {
      throw new IllegalArgumentException(
          "maps has the shape " + maps.shape() + "; one sample was needed: see classifyAll");
    }
    return classifyAll(maps).get(0);
  }

  /**
   * Decides on every sample of a batch; a sample's scores don't depend on the others.
   *
   * @param maps the last feature maps of a network, [N, channels, H, W]
   * @return N predictions
   * @throws NullPointerException if maps is null
   * @throws IllegalArgumentException if maps has another number of channels
   */
  public List<Prediction> classifyAll(FeatureMap maps) {
    check(maps);
    int n = maps.shape().n();
    int classes = labels.size();
    FeatureShape scores = new FeatureShape(n, classes, 1, 1);
    FeatureMap logits = FeatureMap.allocate(Layout.NCHW, scores);
    FeatureMap probabilities = FeatureMap.allocate(Layout.NCHW, scores);
    classify(maps, logits, probabilities);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      predictions.add(
          new Prediction(
              Arrays.copyOfRange(logits.array(), i * classes, (i + 1) * classes),
              Arrays.copyOfRange(probabilities.array(), i * classes, (i + 1) * classes),
              labels));
    }
    return predictions;
  }

  /**
   * Scores a batch into given maps. Allocates nothing once warm.
   *
   * @param maps the last feature maps of a network, [N, channels, H, W]
   * @param logits receives [N, classes, 1, 1]
   * @param probabilities receives [N, classes, 1, 1]
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if a shape doesn't fit, or if maps overlap
   */
  public void classify(FeatureMap maps, FeatureMap logits, FeatureMap probabilities) {
    check(maps);
    check("logits", logits, maps);
    check("probabilities", probabilities, maps);
    if (probabilities.overlaps(logits)) {
      throw new IllegalArgumentException(
          "probabilities overlaps logits in one array; separate ranges were needed");
    }
    toLogits.forward(maps, logits);
    SOFTMAX.forward(logits, probabilities);
  }

  /** All that is written is checked here, so that nothing is where one of them doesn't fit. */
  private void check(String name, FeatureMap output, FeatureMap maps) {
    if (output == null) {
      throw new NullPointerException(name + " is null; a FeatureMap was needed");
    }
    FeatureShape shape = output.shape();
    int n = maps.shape().n();
    if (shape.n() != n || shape.c() != labels.size() || shape.planeSize() != 1) {
      throw new IllegalArgumentException(
          name
              + " has the shape "
              + shape
              + "; ["
              + n
              + ", "
              + labels.size()
              + ", 1, 1] was needed");
    }
    if (output.overlaps(maps)) {
      throw new IllegalArgumentException(
          name + " overlaps maps in one array; separate ranges were needed");
    }
  }

  private void check(FeatureMap maps) {
    Objects.requireNonNull(maps, "maps is null; a FeatureMap was needed");
    if (maps.shape().c() != channels) {
      throw new IllegalArgumentException(
          "maps has the shape " + maps.shape() + "; this head needs " + channels + " channels");
    }
  }

  /**
   * Whether there is a dense layer between pooling and softmax.
   *
   * @return false where channel c is the map of class c
   */
  public boolean hasDense() {
    return weights != null;
  }

  /**
   * How much each channel's mean counts for a class.
   *
   * @param classIndex which class
   * @return a copy of the class's row of weights, one per channel; without a dense layer, 1 for the
   *     class's own channel and 0 for the others
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public float[] weights(int classIndex) {
    Objects.checkIndex(classIndex, labels.size());
    if (weights == null) {
      float[] own = new float[channels];
      own[classIndex] = 1;
      return own;
    }
    return Arrays.copyOfRange(weights, classIndex * channels, (classIndex + 1) * channels);
  }

  /**
   * What is added to a class's score.
   *
   * @param classIndex which class
   * @return the bias; 0 without a dense layer
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public float bias(int classIndex) {
    Objects.checkIndex(classIndex, labels.size());
    return bias == null ? 0 : bias[classIndex];
  }

  /**
   * Channels of the maps that this head takes.
   *
   * @return the number of channels
   */
  public int channels() {
    return channels;
  }

  /**
   * Names of the classes.
   *
   * @return an immutable list, one per class
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * Trainable numbers: weights and biases.
   *
   * @return how many there are; 0 without a dense layer
   */
  public long parameterCount() {
    return toLogits.parameterCount();
  }
}
