package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Adaptive pooling of volumes: the order of its sums, and the planes that some volumes are.
 * AdaptiveProperties has the truth, AdaptiveReductionProperties the windows.
 */
class AdaptiveVolumeProperties {
  private static KernelSet k() {
    return Kernels.best();
  }

  /** Columns slice by slice, in each from top to bottom, then their sums from left to right. */
  @Property(tries = 60)
  void sumsHaveTheOrderOfTheContract(
      @ForAll @IntRange(min = 2, max = 5) int depth,
      @ForAll @IntRange(min = 1, max = 8) int height,
      @ForAll @IntRange(min = 1, max = 8) int width,
      @ForAll Layout layout,
      @ForAll long seed) {
    // Each half cancels on its own, so that what is left of it tells the order.
    FeatureShape halves = FeatureShape.volume(1, 2, depth, height, width);
    float[] values = Values.CANCELLING.maps(new Random(seed), halves);
    float[] x = new float[values.length];
    double[] sums = new double[2];
    for (int half = 0; half < 2; half++) {
      for (int w = 0; w < width; w++) {
        double column = 0;
        for (int d = 0; d < depth; d++) {
          for (int h = 0; h < height; h++) {
            float value = values[((half * depth + d) * height + h) * width + w];
            x[((d * 2 + half) * height + h) * width + w] = value;
            column += value;
          }
        }
        sums[half] += column;
      }
    }
    // As many channels as fill lanes; floats and doubles have loops of their own.
    FeatureShape shape = FeatureShape.volume(1, 8, depth, 2 * height, width);
    float[] channels = new float[8 * x.length];
    float[] expected = new float[16];
    for (int c = 0; c < 8; c++) {
      System.arraycopy(x, 0, channels, c * x.length, x.length);
      expected[2 * c] = (float) sums[0];
      expected[2 * c + 1] = (float) sums[1];
    }
    FeatureMap map = FeatureMap.of(Maps.inLayout(layout, channels, shape), layout, shape);
    Bins bins = Bins.ofVolume(depth, 1, 2, 1);
    for (ElementType type : List.of(ElementType.FLOAT32, ElementType.FLOAT64)) {
      FeatureMap y = AdaptiveReductionProperties.pooled(k(), Reduction.SUM, map.toType(type), bins);
      assertArrayEquals(expected, y.toLayout(Layout.NCHW).array(), type.toString());
    }
  }

  /** As many slices as there are: each is a plane. */
  @Property(tries = 60)
  void slicesOnTheirOwnArePlanes(
      @ForAll(supplier = AdaptiveReductionProperties.Reductions.class) Reduction r,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 4) int depth,
      @ForAll @IntRange(min = 1, max = 8) int height,
      @ForAll @IntRange(min = 1, max = 8) int width,
      @ForAll @IntRange(min = 1, max = 4) int outHeight,
      @ForAll @IntRange(min = 2, max = 4) int outWidth,
      @ForAll Values values,
      @ForAll long seed) {
    FeatureShape planes = new FeatureShape(2, channels * depth, height, width);
    float[] x = values.maps(new Random(seed), planes);
    float[] expected = pooled(r, x, planes, Bins.of(outHeight, outWidth));
    FeatureShape volumes = FeatureShape.volume(2, channels, depth, height, width);
    Bins bins = Bins.ofVolume(depth, depth, outHeight, outWidth);
    assertArrayEquals(expected, pooled(r, x, volumes, bins));
  }

  /** Slices of one row are the rows of a plane, and so are all rows where none is left out. */
  @Property(tries = 60)
  void volumesThatArePlanesHaveTheirResults(
      @ForAll(supplier = AdaptiveReductionProperties.Reductions.class) Reduction r,
      @ForAll @IntRange(min = 1, max = 6) int depth,
      @ForAll @IntRange(min = 1, max = 6) int height,
      @ForAll @IntRange(min = 1, max = 8) int width,
      @ForAll @IntRange(min = 1, max = 4) int outDepth,
      @ForAll @IntRange(min = 2, max = 4) int outWidth,
      @ForAll Values values,
      @ForAll long seed) {
    FeatureShape shape = FeatureShape.volume(2, 3, depth, height, width);
    float[] x = values.maps(new Random(seed), shape);
    float[] rows = pooled(r, x, shape, Bins.of(outDepth, outWidth));
    Bins ofOneRow = Bins.ofVolume(depth * height, outDepth, 1, outWidth);
    assertArrayEquals(rows, pooled(r, x, shape, ofOneRow));
    float[] columns = pooled(r, x, shape, Bins.of(1, outWidth));
    assertArrayEquals(columns, pooled(r, x, shape, Bins.ofVolume(depth, 1, 1, outWidth)));
  }

  /** One output per channel is the global kernel, bit for bit. */
  @Property(tries = 60)
  void oneValueIsTheGlobalKernel(
      @ForAll(supplier = AdaptiveReductionProperties.Reductions.class) Reduction r,
      @ForAll @IntRange(min = 1, max = 20) int channels,
      @ForAll @IntRange(min = 1, max = 8) int depth,
      @ForAll @IntRange(min = 1, max = 8) int height,
      @ForAll @IntRange(min = 1, max = 8) int width,
      @ForAll Layout layout,
      @ForAll Values values,
      @ForAll long seed) {
    Random random = new Random(seed);
    FeatureShape shape = FeatureShape.volume(2, channels, depth, height, width);
    FeatureMap x = FeatureMap.of(values.maps(random, shape), layout, shape);
    Bins one = Bins.ofVolume(depth, 1, 1, 1);
    float[] expected = new float[2 * channels];
    k().reduce(r, x, expected, 0);
    assertArrayEquals(expected, AdaptiveReductionProperties.pooled(k(), r, x, one).array());
    float[] gy = Values.GAUSSIAN.array(random, expected.length);
    float[] wanted = new float[(int) shape.elements()];
    float[] gx = new float[wanted.length];
    k().gradient(r, Ties.SHARED, x, gy, 0, wanted, 0);
    k().adaptiveGradient(r, Ties.SHARED, x, one, gy, 0, gx, 0);
    assertArrayEquals(wanted, gx);
  }

  private static float[] pooled(Reduction r, float[] x, FeatureShape shape, Bins bins) {
    FeatureMap map = FeatureMap.of(x, Layout.NCHW, shape);
    return AdaptiveReductionProperties.pooled(k(), r, map, bins).array();
  }
}
