package dev.lanepool.head;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.layer.Dense;
import dev.lanepool.layer.GlobalAvgPool;
import dev.lanepool.layer.GlobalPool;
import dev.lanepool.layer.Layer;
import dev.lanepool.layer.LayerNorm;
import dev.lanepool.layer.ReLU;
import dev.lanepool.layer.Sequential;
import dev.lanepool.layer.Softmax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The head of a CNN: pooling, then a dense layer, then softmax; or, as in Network in Network (Lin,
 * Chen, Yan 2013), pooling straight to softmax, with one channel per class. Pooling is the global
 * average or any other {@link GlobalPool}; a ReLU may stand before it, as in SqueezeNet, and a
 * {@link LayerNorm} between it and the dense layer, as in ConvNeXt. It takes maps of any height and
 * width. Immutable and thread-safe; weights are shared, not copied.
 */
public final class ClassifierHead {
  private static final Layer SOFTMAX = new Softmax();

  private final Sequential toLogits;
  private final HeadParts parts;
  private final List<String> labels;

  /** Of each class, where it is the same for every sample: asking for it allocates nothing. */
  private final List<LinearForm> linearForms;

  private ClassifierHead(Sequential toLogits, HeadParts parts, List<String> labels) {
    this.toLogits = toLogits;
    this.parts = parts;
    this.labels = labels;
    this.linearForms = parts.linearForms();
  }

  /**
   * Global average pooling, dense, softmax.
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
    return of(new GlobalAvgPool(), weights, bias, labels);
  }

  /**
   * Pooling of any kind, dense, softmax.
   *
   * @param pooling the kind
   * @param weights classes × pooled values, row by row, one row per class
   * @param bias one value per class
   * @param labels the names of the classes
   * @return the head
   * @throws NullPointerException if an argument or a label is null
   * @throws IllegalArgumentException as {@link #of(float[], float[], List)}
   */
  public static ClassifierHead of(
      GlobalPool pooling, float[] weights, float[] bias, List<String> labels) {
    names(labels);
    Objects.requireNonNull(pooling, "pooling is null; a GlobalPool was needed");
    return of(new Sequential(pooling, new Dense(weights, bias)), labels);
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
    return of(new Sequential(new GlobalAvgPool()), labels);
  }

  /**
   * The layers from feature maps to logits.
   *
   * @param layers a ReLU or none, then a {@link GlobalPool}, then a {@link Dense} or none; before
   *     the dense layer there may be a {@link LayerNorm}
   * @param labels the names of the classes
   * @return the head
   * @throws NullPointerException if an argument or a label is null
   * @throws IllegalArgumentException if the layers are others, if they don't fit each other, or if
   *     they don't give a value per label
   */
  public static ClassifierHead of(Sequential layers, List<String> labels) {
    List<String> names = names(labels);
    Objects.requireNonNull(layers, "layers is null; a Sequential was needed");
    return new ClassifierHead(layers, HeadParts.of(layers.layers(), names.size()), names);
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
    if (maps.shape().c() != channels()) {
      throw new IllegalArgumentException(
          "maps has the shape " + maps.shape() + "; this head needs " + channels() + " channels");
    }
  }

  /**
   * The kind of pooling.
   *
   * @return the layer
   */
  public GlobalPool pooling() {
    return parts.pooling();
  }

  /**
   * What is pooled: the maps, after the ReLU where there is one.
   *
   * @param maps the maps that the head takes, [N, channels, H, W]
   * @return maps of the same shape; the same ones where there is no ReLU
   * @throws NullPointerException if maps is null
   * @throws IllegalArgumentException if maps has another number of channels
   */
  public FeatureMap pooledMaps(FeatureMap maps) {
    check(maps);
    return parts.relu() ? new ReLU().forward(maps) : maps;
  }

  /**
   * How a sample's pooled values make a class's logit. Without a {@link LayerNorm} it is the
   * class's row of weights and its bias for every sample; with one, the sample's own deviation
   * divides the weights, and what they share is taken from them, as the layer subtracts the mean.
   *
   * @param maps one sample, [1, channels, H, W]
   * @param classIndex which class
   * @return weights for the pooled values, and a constant
   * @throws NullPointerException if maps is null
   * @throws IllegalArgumentException if there is not one sample, or another number of channels
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public LinearForm linearForm(FeatureMap maps, int classIndex) {
    requireOneSample(maps);
    Objects.checkIndex(classIndex, labels.size());
    return linearForms.isEmpty()
        ? parts.linearForm(() -> pooled(maps), classIndex)
        : linearForms.get(classIndex);
  }

  /**
   * How a class's logit answers to a sample's pooled values: ∂logit_c/∂z_k. Without a {@link
   * LayerNorm} it is the class's row of weights.
   *
   * @param maps one sample, [1, channels, H, W]
   * @param classIndex which class
   * @return a derivative for every pooled value
   * @throws NullPointerException if maps is null
   * @throws IllegalArgumentException if there is not one sample, or another number of channels
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double[] gradient(FeatureMap maps, int classIndex) {
    requireOneSample(maps);
    Objects.checkIndex(classIndex, labels.size());
    return parts.gradient(() -> pooled(maps), classIndex);
  }

  private FeatureMap pooled(FeatureMap maps) {
    return parts.pooling().forward(pooledMaps(maps));
  }

  private void requireOneSample(FeatureMap maps) {
    check(maps);
    if (maps.shape().n() != 1) {
      throw new IllegalArgumentException(
          "maps has the shape " + maps.shape() + "; one sample was needed");
    }
  }

  /**
   * Whether there is a dense layer between pooling and softmax.
   *
   * @return false where channel c is the map of class c
   */
  public boolean hasDense() {
    return parts.dense() != null;
  }

  /**
   * How much each pooled value, or what a {@link LayerNorm} makes of it, counts for a class.
   *
   * @param classIndex which class
   * @return a copy of the class's row of weights; without a dense layer, 1 for the class's own
   *     channel and 0 for the others
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public float[] weights(int classIndex) {
    Objects.checkIndex(classIndex, labels.size());
    return parts.weights(classIndex, labels.size());
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
    return hasDense() ? parts.dense().bias()[classIndex] : 0;
  }

  /**
   * Channels of the maps that this head takes.
   *
   * @return the number of channels
   */
  public int channels() {
    return parts.channels();
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
