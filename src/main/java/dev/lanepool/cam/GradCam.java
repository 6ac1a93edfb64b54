package dev.lanepool.cam;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.kernel.Kernels;
import java.util.Objects;

/**
 * Grad-CAM (R. Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via
 * Gradient-based Localization", 2017) of the maps that a head pools: relu(Σ_k α_k·x_k), with α_k
 * the mean over the pixels of ∂logit_c/∂x_k. Behind pooling that needs no autograd: α_k =
 * ∂logit_c/∂z_k times Σ_i ∂z_k/∂x_i / (H·W), which for average pooling and a dense layer is W[c][k]
 * / (H·W), so that the map is the positive part of the class activation map, divided by H·W.
 */
public final class GradCam {
  private GradCam() {}

  /**
   * The map of one class.
   *
   * @param head the head that decided
   * @param maps the feature maps that it decided on, [1, C, H, W]
   * @param classIndex which class
   * @return a map [H, W] without negative values
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if there is not one sample of the head's channels and of at
   *     least one pixel
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public static Heatmap of(ClassifierHead head, FeatureMap maps, int classIndex) {
    ClassActivationMap.checkOne(head, maps);
    Objects.checkIndex(classIndex, head.labels().size());
    FeatureShape shape = maps.shape();
    int pixels = Math.toIntExact(shape.planeSize());
    float[] x = new float[Math.toIntExact(shape.elements())];
    FeatureMap pooled = head.pooledMaps(maps);
    pooled.copyTo(x, 0, Layout.NCHW);
    float[] alpha = alpha(head, maps, pooled, classIndex);
    float[] values = new float[pixels];
    Kernels.best().pointwise(x, 0, Layout.NCHW, shape, alpha, 0, 1, values, 0);
    return Heatmap.wrap(values, shape.h(), shape.w()).relu();
  }

  /** A channel that is pooled twice gets both its values' derivatives. */
  private static float[] alpha(
      ClassifierHead head, FeatureMap maps, FeatureMap pooled, int classIndex) {
    double[] gradient = head.gradient(maps, classIndex);
    double[] sums = head.pooling().gradientSums(pooled);
    double[] alpha = new double[head.channels()];
    for (int k = 0; k < gradient.length; k++) {
      alpha[k % alpha.length] += gradient[k] * sums[k];
    }
    float[] means = new float[alpha.length];
    for (int k = 0; k < means.length; k++) {
      means[k] = (float) (alpha[k] / maps.shape().planeSize());
    }
    return means;
  }
}
