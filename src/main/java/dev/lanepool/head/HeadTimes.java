package dev.lanepool.head;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.layer.Dense;
import dev.lanepool.layer.Flatten;
import dev.lanepool.layer.GlobalAvgPool;
import dev.lanepool.layer.Layer;
import dev.lanepool.layer.Sequential;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;

/**
 * What both heads of a report cost: parameters, bytes, multiply-adds and measured time.
 *
 * @param report the heads
 * @param flattenMicros microseconds of flatten → dense for one picture
 * @param pooledMicros microseconds of pool → dense for one picture
 */
public record HeadTimes(HeadReport report, double flattenMicros, double pooledMicros) {
  /** Weights of a measurement at the most: beyond the caches, but within a small heap. */
  private static final int MOST_WEIGHTS = 1 << 24;

  private static final long ROUND_NANOS = 50_000_000;

  private static final int ROUNDS = 40;

  /** Rounds in a row that bring nothing better, until the compiler must have done its work. */
  private static final int PATIENCE = 6;

  /**
   * The best of rounds of 50 ms, which go on until six in a row bring nothing better, or for two
   * seconds. A flattened head of more than 64 MiB is measured for as many classes as fit there and
   * the time scaled, as it is proportional to them.
   */
  static HeadTimes measure(HeadReport report) {
    FeatureShape shape = new FeatureShape(1, report.channels(), report.height(), report.width());
    if (shape.elements() > MOST_WEIGHTS) {
      throw new IllegalArgumentException(
          "maps of " + shape + " have more than " + MOST_WEIGHTS + " values; fewer were needed");
    }
    int features = (int) shape.elements();
    float[] x = new float[features];
    for (int i = 0; i < features; i++) {
      x[i] = i % 17 - 8;
    }
    FeatureMap maps = FeatureMap.of(x, Layout.NCHW, shape);
    double flatten = micros(new Flatten(), features, report.classes(), maps);
    double pooled = micros(new GlobalAvgPool(), report.channels(), report.classes(), maps);
    return new HeadTimes(report, flatten, pooled);
  }

  private static double micros(Layer first, int inputs, int classes, FeatureMap maps) {
    int measured = Math.min(classes, MOST_WEIGHTS / inputs);
    float[] weights = new float[measured * inputs];
    Arrays.fill(weights, 0.5f);
    Layer head = new Sequential(first, new Dense(weights, new float[measured]));
    FeatureMap logits = head.forward(maps);
    double best = Double.POSITIVE_INFINITY;
    int waited = 0;
    for (int round = 0; round < ROUNDS && waited < PATIENCE; round++) {
      double micros = round(head, maps, logits);
      waited = micros < 0.98 * best ? 0 : waited + 1;
      best = Math.min(best, micros);
    }
    return best * classes / measured;
  }

  /** The mean time of a call. */
  private static double round(Layer head, FeatureMap maps, FeatureMap logits) {
    long start = System.nanoTime();
    long nanos;
    int calls = 0;
    do {
      head.forward(maps, logits);
      calls++;
      nanos = System.nanoTime() - start;
    } while (nanos < ROUND_NANOS);
    return nanos / 1e3 / calls;
  }

  /**
   * The costs as a chart, two bars for each.
   *
   * @return a new RGB picture, to be written with {@code ImageIO} as a PNG; needs java.desktop
   */
  public BufferedImage chart() {
    return HeadChart.draw(this);
  }

  /** A table for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "head of [%d, %d, %d] → %d classes%n%16s%17s%17s%17s%17s%n%s%n%s",
        report.channels(),
        report.height(),
        report.width(),
        report.classes(),
        "",
        "parameters",
        "bytes",
        "multiply-adds",
        "µs",
        row(
            "flatten → dense",
            report.flattenParameters(),
            report.flattenBytes(),
            report.flattenMultiplyAdds(),
            flattenMicros),
        row(
            "pool → dense",
            report.pooledParameters(),
            report.pooledBytes(),
            report.pooledMultiplyAdds(),
            pooledMicros));
  }

  private static String row(
      String name, long parameters, long bytes, long multiplyAdds, double micros) {
    return String.format(
        Locale.ROOT, "%-16s%,17d%,17d%,17d%,17.1f", name, parameters, bytes, multiplyAdds, micros);
  }
}
