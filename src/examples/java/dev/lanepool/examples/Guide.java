package dev.lanepool.examples;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.cam.ClassActivationMap;
import dev.lanepool.cam.Heatmap;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.head.HeadReport;
import dev.lanepool.head.Prediction;
import dev.lanepool.kernel.Bins;
import dev.lanepool.kernel.Kernels;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;
import dev.lanepool.layer.AdaptiveAvgPool;
import dev.lanepool.layer.Dense;
import dev.lanepool.layer.GlobalAvgPool;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * The code of docs/global-average-pooling.md. A test compares the two and the results with what the
 * comments say.
 */
final class Guide {
  private Guide() {}

  static float[] mean() {
    // docs: begin
    float[] x = {1, 3, 5, 7, 0, 0, 4, 0}; // two channels of 2×2, one after the other
    FeatureShape shape = new FeatureShape(1, 2, 2, 2); // N, C, H, W
    float[] z = new float[2];
    Kernels.best().mean(x, 0, Layout.NCHW, shape, z, 0); // z is {4, 1}
    // docs: end
    return z;
  }

  static HeadReport parameters() {
    // docs: begin
    HeadReport resNet50 = new HeadReport(2048, 7, 7, 1000);
    long flattened = resNet50.flattenParameters(); // 100,353,000
    long pooled = resNet50.pooledParameters(); // 2,049,000
    // docs: end
    return flattened > pooled ? resNet50 : null;
  }

  static BufferedImage chart(HeadReport resNet50) {
    // docs: begin
    BufferedImage chart = resNet50.measure().chart(); // runs both, and draws what each costs
    // docs: end
    return chart;
  }

  static double[] map() {
    // docs: begin
    float[] x = {1, 3, 5, 7, 0, 0, 4, 0};
    FeatureMap maps = FeatureMap.of(x, Layout.NCHW, new FeatureShape(1, 2, 2, 2));
    float[] weights = {1, -1, 0.5f, 2}; // "cat" first: one weight for each channel
    ClassifierHead head = ClassifierHead.of(weights, new float[] {0.25f, 0}, List.of("cat", "dog"));

    Prediction p = head.classify(maps); // logits 1·4 − 1·1 + 0.25 = 3.25 and 0.5·4 + 2·1 = 4
    Heatmap cat = ClassActivationMap.of(head, maps, 0); // {1, 3, 1, 7}
    double logit = cat.mean() + head.bias(0); // 3 + 0.25, the logit again
    // docs: end
    return new double[] {p.logits()[0], p.logits()[1], logit, cat.get(1, 0)};
  }

  static FeatureMap anySize(FeatureMap maps) {
    // docs: begin
    FeatureMap one = new GlobalAvgPool().forward(maps); // [N, C, H, W] becomes [N, C, 1, 1]
    FeatureMap grid = new AdaptiveAvgPool(3, 3).forward(maps); // or [N, C, 3, 3], whatever H and W
    // docs: end
    return one.shape().c() == grid.shape().c() ? grid : one;
  }

  static float[] meanOfAPart() {
    float[] x = {1, 3, 5, 7, 0, 0, 4, 0};
    FeatureMap maps = FeatureMap.of(x, Layout.NCHW, new FeatureShape(1, 2, 2, 2));
    // docs: begin
    Selection upper = Selection.sizes(new int[] {1}, new int[] {2}, 2, 2); // one row of two columns
    float[] z = new float[2];
    Kernels.best().reduce(Reduction.MEAN, maps, upper, z, 0); // z is {2, 0}
    // docs: end
    return z;
  }

  static float[] gradientOfTheMean() {
    // docs: begin
    float[] gz = {4, 8}; // how the loss changes with z, for two channels
    FeatureShape shape = new FeatureShape(1, 2, 2, 2);
    float[] gx = new float[8];
    Kernels.best().adaptiveMeanGradient(gz, 0, Layout.NCHW, shape, Bins.of(1, 1), gx, 0);
    // gx is {1, 1, 1, 1, 2, 2, 2, 2}
    // docs: end
    return gx;
  }

  static float[] gradientOfTheWeights() {
    // docs: begin
    Dense dense = new Dense(new float[] {1, -1, 0.5f, 2}, new float[2]);
    FeatureMap z = FeatureMap.of(new float[] {4, 1}, Layout.NCHW, new FeatureShape(1, 2, 1, 1));
    FeatureMap gy = FeatureMap.of(new float[] {-1, 1}, Layout.NCHW, new FeatureShape(1, 2, 1, 1));
    float[] gw = new float[4];
    float[] gb = new float[2];
    dense.weightGradient(gy, z, gw, gb); // gw is {-4, -1, 4, 1}, gb is {-1, 1}
    // docs: end
    return new float[] {gw[0], gw[1], gw[2], gw[3], gb[0], gb[1]};
  }
}
