package dev.lanepool.examples;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.cam.ClassActivationMap;
import dev.lanepool.cam.Heatmap;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.head.Prediction;
import dev.lanepool.kernel.Kernels;
import dev.lanepool.layer.GlobalAvgPool;
import java.awt.image.BufferedImage;
import java.util.List;

/** The API in ten lines, as the README shows it; a test compares the two and runs this. */
public final class QuickStart {
  private QuickStart() {}

  /**
   * Pools, decides, and shows why.
   *
   * @param x feature maps [1, C, 7, 7], NCHW
   * @param weights classes × C
   * @param bias one value per class
   * @param labels one name per class
   * @param picture what the maps came from
   * @return the picture under the heat map of the best class
   */
  public static BufferedImage run(
      float[] x, float[] weights, float[] bias, List<String> labels, BufferedImage picture) {
    // README: begin
    FeatureShape shape = new FeatureShape(1, x.length / 49, 7, 7); // N, C, H, W
    float[] y = new float[shape.c()];
    Kernels.best().mean(x, 0, Layout.NCHW, shape, y, 0); // arrays in, arrays out

    FeatureMap maps = FeatureMap.of(x, Layout.NCHW, shape); // a view, no copy
    FeatureMap pooled = new GlobalAvgPool().forward(maps); // [1, C, 1, 1]

    ClassifierHead head = ClassifierHead.of(weights, bias, labels); // GAP → dense → softmax
    Prediction p = head.classify(maps); // logits, probabilities, top(k)
    Heatmap why = ClassActivationMap.of(head, maps, p.top(1));
    BufferedImage shown =
        why.upsample(picture.getHeight(), picture.getWidth()).overlay(picture, 0.5f);
    // README: end
    if (pooled.get(0, 0, 0, 0) != y[0]) {
      throw new IllegalStateException("the layer and the kernel differ");
    }
    return shown;
  }
}
