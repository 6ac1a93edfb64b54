package dev.lanepool.cam;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.head.ScoredClass;
import dev.lanepool.kernel.Kernels;
import java.util.List;
import java.util.Objects;

/**
 * Class activation maps (B. Zhou et al., "Learning Deep Features for Discriminative Localization",
 * 2016): M_c(h, w) = Σ_k W[c][k]·x_k(h, w). As pooling and the dense layer are both linear, the
 * mean of the map plus the bias is the logit: mean(M_c) + b_c = logit_c within rounding.
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
    check(head, maps);
    Objects.checkIndex(classIndex, head.labels().size());
    FeatureShape shape = maps.shape();
    float[] values = new float[(int) shape.planeSize()];
    if (!head.hasDense()) {
      // The class's own channel, and no 0·x of the others, which would be NaN for an infinite x.
      for (int i = 0; i < values.length; i++) {
        values[i] = maps.get(0, classIndex, i / shape.w(), i % shape.w());
      }
      return Heatmap.of(values, shape.h(), shape.w());
    }
    // Every pixel of an NHWC map is one input vector of a dense layer with one output.
    FeatureMap pixels = maps.toLayout(Layout.NHWC);
    Kernels.best()
        .dense(
            pixels.array(),
            pixels.offset(),
            values.length,
            shape.c(),
            head.weights(classIndex),
            0,
            new float[1],
            0,
            1,
            values,
            0);
    return Heatmap.of(values, shape.h(), shape.w());
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
    check(head, maps);
    Objects.requireNonNull(classes, "classes is null; one class or more was needed");
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("classes is empty; one class or more was needed");
    }
    Heatmap sum = of(head, maps, classes.get(0).index());
    for (ScoredClass next : classes.subList(1, classes.size())) {
      sum = sum.plus(of(head, maps, next.index()));
    }
    return sum;
  }

  private static void check(ClassifierHead head, FeatureMap maps) {
    Objects.requireNonNull(head, "head is null; a ClassifierHead was needed");
    Objects.requireNonNull(maps, "maps is null; a FeatureMap was needed");
    FeatureShape shape = maps.shape();
    if (shape.n() != 1 || shape.c() != head.channels() || shape.planeSize() == 0) {
      throw new IllegalArgumentException(
          "maps has the shape "
              + shape
              + "; one sample of "
              + head.channels()
              + " channels and at least one pixel was needed");
    }
  }
}
