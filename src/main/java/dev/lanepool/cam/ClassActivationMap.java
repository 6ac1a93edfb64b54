package dev.lanepool.cam;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.head.LinearForm;
import dev.lanepool.head.ScoredClass;
import dev.lanepool.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Class activation maps (B. Zhou et al., "Learning Deep Features for Discriminative Localization",
 * 2016): M_c(h, w) = Σ_k W[c][k]·x_k(h, w). As pooling and the dense layer are both linear, the
 * mean of the map plus the bias is the logit: mean(M_c) + b_c = logit_c within rounding.
 *
 * <p>For the other kinds of pooling, x_k is replaced by the contributions of {@link
 * dev.lanepool.layer.GlobalPool#contributions}, so that the same identity holds: with a maximum, a
 * channel counts only where it is largest; with GeM, a pixel counts by its share of the sum of
 * powers. With a ReLU before the pooling it is the maps after it; with a LayerNorm behind it, W and
 * b are those of the head's {@link LinearForm}.
 */
public final class ClassActivationMap {
  private ClassActivationMap() {}

  /**
   * The map of one class.
   *
   * @param head the head that decided
   * @param maps the feature maps that it decided on, [1, C, H, W]
   * @param classIndex which class
   * @return the raw, signed map [H, W]
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if there is not one sample of the head's channels and of at
   *     least one pixel
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public static Heatmap of(ClassifierHead head, FeatureMap maps, int classIndex) {
    checkOne(head, maps);
    Objects.checkIndex(classIndex, head.labels().size());
    return heatmap(head, maps, contributions(head, maps), classIndex);
  }

  /**
   * What speaks for any of several classes: the sum of their maps, whose mean plus the biases is
   * the sum of their logits. With one class, such as {@code prediction.top(1)}, it is that class's
   * map.
   *
   * @param head the head that decided
   * @param maps the feature maps that it decided on, [1, C, H, W]
   * @param classes one or more of the head's classes
   * @return the raw, signed map [H, W]
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if there is no class, or if there is not one sample of the
   *     head's channels and of at least one pixel
   * @throws IndexOutOfBoundsException if a class is not one of the head's
   */
  public static Heatmap of(ClassifierHead head, FeatureMap maps, List<ScoredClass> classes) {
    return evidence(head, maps, classes).stream()
        .map(Evidence::map)
        .reduce(Heatmap::plus)
        .orElseThrow();
  }

  /**
   * The map of each of several classes, with the check that it explains the logit.
   *
   * @param head the head that decided
   * @param maps the feature maps that it decided on, [1, C, H, W]
   * @param classes one or more of the head's classes: {@code prediction.top(k)}, with all of them
   *     for k the number of classes
   * @return a map per class, in the order of classes
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if there is no class, or if there is not one sample of the
   *     head's channels and of at least one pixel
   * @throws IndexOutOfBoundsException if a class is not one of the head's
   */
  public static List<Evidence> evidence(
      ClassifierHead head, FeatureMap maps, List<ScoredClass> classes) {
    checkOne(head, maps);
    Objects.requireNonNull(classes, "classes is null; one class or more was needed");
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("classes is empty; one class or more was needed");
    }
    classes.forEach(c -> Objects.checkIndex(c.index(), head.labels().size()));
    FeatureMap contributions = contributions(head, maps);
    List<Evidence> all = new ArrayList<>();
    for (ScoredClass scored : classes) {
      Heatmap map = heatmap(head, maps, contributions, scored.index());
      all.add(new Evidence(scored, map, head.linearForm(maps, scored.index()).constant()));
    }
    return List.copyOf(all);
  }

  /**
   * The map of one class for every sample of a batch.
   *
   * @param head the head that decided
   * @param maps the feature maps that it decided on, [N, C, H, W]
   * @param classIndices which class, for each sample
   * @return N raw, signed maps [H, W]
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the samples don't have the head's channels or at least one
   *     pixel, or if there is not a class per sample
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public static List<Heatmap> batch(ClassifierHead head, FeatureMap maps, int... classIndices) {
    check(head, maps, true, "a batch");
    Objects.requireNonNull(classIndices, "classIndices is null; a class per sample was needed");
    if (classIndices.length != maps.shape().n()) {
      throw new IllegalArgumentException(
          "classIndices has "
              + classIndices.length
              + " classes; one per sample of "
              + maps.shape()
              + " was needed");
    }
    List<Heatmap> all = new ArrayList<>();
    for (int n = 0; n < classIndices.length; n++) {
      all.add(of(head, maps.sample(n), classIndices[n]));
    }
    return List.copyOf(all);
  }

  /**
   * Writes the map of one class to an array. For average pooling of maps that are float arrays,
   * with a dense layer and no LayerNorm, it allocates nothing once warm.
   *
   * @param head the head that decided
   * @param maps the feature maps that it decided on, [1, C, H, W]
   * @param classIndex which class
   * @param y receives H·W values, row by row
   * @param yOffset where they go in y
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if there is not one sample of the head's channels and of at
   *     least one pixel, or if y overlaps the maps or the weights
   * @throws IndexOutOfBoundsException if there is no such class, or if y has not enough room
   */
  public static void into(
      ClassifierHead head, FeatureMap maps, int classIndex, float[] y, int yOffset) {
    checkOne(head, maps);
    Objects.checkIndex(classIndex, head.labels().size());
    into(head, maps, contributions(head, maps), classIndex, y, yOffset);
  }

  private static FeatureMap contributions(ClassifierHead head, FeatureMap maps) {
    return head.pooling().contributions(head.pooledMaps(maps));
  }

  private static Heatmap heatmap(
      ClassifierHead head, FeatureMap maps, FeatureMap contributions, int classIndex) {
    FeatureShape shape = maps.shape();
    float[] values = new float[Math.toIntExact(shape.planeSize())];
    into(head, maps, contributions, classIndex, values, 0);
    return Heatmap.wrap(values, shape.h(), shape.w());
  }

  private static void into(
      ClassifierHead head, FeatureMap maps, FeatureMap x, int classIndex, float[] y, int yOffset) {
    Objects.requireNonNull(y, "y is null; a float[] was needed");
    int pixels = (int) x.shape().planeSize();
    Objects.checkFromIndexSize(yOffset, pixels, y.length);
    if (head.hasDense()) {
      LinearForm form = head.linearForm(maps, classIndex);
      Kernels.best()
          .pointwise(
              x.array(),
              x.offset(),
              x.layout(),
              x.shape(),
              form.weights(),
              form.offset(),
              1,
              y,
              yOffset);
    } else {
      // The class's own channel, and no 0·x of the others, which would be NaN for an infinite x.
      int width = x.shape().w();
      for (int i = 0; i < pixels; i++) {
        y[yOffset + i] = x.get(0, classIndex, i / width, i % width);
      }
    }
  }

  static void checkOne(ClassifierHead head, FeatureMap maps) {
    check(head, maps, maps != null && maps.shape().n() == 1, "one sample");
  }

  private static void check(
      ClassifierHead head, FeatureMap maps, boolean samples, String neededSamples) {
    Objects.requireNonNull(head, "head is null; a ClassifierHead was needed");
    Objects.requireNonNull(maps, "maps is null; a FeatureMap was needed");
    FeatureShape shape = maps.shape();
    if (!samples || shape.c() != head.channels() || shape.planeSize() == 0) {
      throw new IllegalArgumentException(
          "maps has the shape "
              + shape
              + "; "
              + neededSamples
              + " of "
              + head.channels()
              + " channels and at least one pixel was needed");
    }
  }
}
