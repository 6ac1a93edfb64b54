package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Gradients of adaptive pooling against the pooling itself. */
class AdaptiveGradientProperties {
  /**
   * The adjoint, entry by entry: what a unit at one input gives an output, a unit at that output's
   * gradient gives the input. So windows of the gradient can't differ from those of the pooling.
   */
  @Property(tries = 80)
  void gradientOfTheMeanIsAdjointToIt(@ForAll(supplier = Binned.Small.class) Binned maps) {
    FeatureShape shape = maps.shape(1, 1);
    Bins bins = maps.bins();
    int pixels = (int) shape.planeSize();
    int cells = (int) bins.outputs();
    float[][] columns = new float[pixels][cells];
    for (int i = 0; i < pixels; i++) {
      float[] unit = new float[pixels];
      unit[i] = 1;
      Kernels.best().adaptiveMean(unit, 0, Layout.NCHW, shape, bins, columns[i], 0);
    }
    float[] gx = new float[pixels];
    for (int o = 0; o < cells; o++) {
      float[] unit = new float[cells];
      unit[o] = 1;
      Kernels.best().adaptiveMeanGradient(unit, 0, Layout.NCHW, shape, bins, gx, 0);
      for (int i = 0; i < pixels; i++) {
        assertEquals(columns[i][o], gx[i], "input " + i + ", output " + o);
      }
    }
  }

  /** Each value is the sum of its windows' shares in double, rounded once, in either layout. */
  @Property(tries = 80)
  void contributionsAreAddedInDouble(
      @ForAll @IntRange(min = 1, max = 3) int samples,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll(supplier = Binned.Any.class) Binned maps,
      @ForAll Values values,
      @ForAll long seed) {
    Random random = new Random(seed);
    FeatureShape shape = maps.shape(samples, channels);
    FeatureShape out = maps.out(samples, channels);
    Bins bins = maps.bins();
    float[] gy = values.maps(random, out);
    float[] x = Values.TIES.maps(random, shape);
    int[] index = new int[gy.length];
    float[] y = new float[gy.length];
    KernelSet k = Kernels.scalar();
    k.adaptiveMax(x, 0, Layout.NCHW, shape, bins, y, 0, index, 0);
    int at = random.nextInt(20);
    int count = (int) shape.elements();
    for (Layout layout : Layout.values()) {
      float[] there = Maps.surrounded(Maps.inLayout(layout, gy, out), at, 5, random);
      float[] mean = Maps.guarded(at, count, 3);
      k.adaptiveMeanGradient(there, at, layout, shape, bins, mean, at);
      float[] wanted = Maps.inLayout(layout, expected(gy, null, shape, bins), shape);
      assertArrayEquals(Maps.bits(wanted, 0, count), Maps.bits(mean, at, count), "mean " + layout);
      float[] inputs = Maps.inLayout(layout, x, shape);
      int[] pixels = new int[index.length];
      k.adaptiveMax(inputs, 0, layout, shape, bins, y, 0, pixels, 0);
      float[] max = Maps.guarded(at, count, 3);
      k.adaptiveMaxGradient(there, at, pixels, 0, layout, shape, bins, max, at);
      wanted = Maps.inLayout(layout, expected(gy, index, shape, bins), shape);
      assertArrayEquals(Maps.bits(wanted, 0, count), Maps.bits(max, at, count), "max " + layout);
    }
  }

  /** Window by window, unlike the kernels; in NCHW. */
  private static float[] expected(float[] gy, int[] index, FeatureShape shape, Bins bins) {
    int pixels = (int) shape.planeSize();
    int height = bins.sliceHeight(shape);
    double[] sums = new double[(int) shape.elements()];
    Arrays.fill(sums, index == null ? -0.0 : 0.0);
    boolean[] reached = new boolean[sums.length];
    for (int o = 0; o < gy.length; o++) {
      int row = o / bins.outWidth();
      int first = row / bins.outRows() * pixels;
      int[] slices =
          window(row / bins.outHeight() % bins.outDepth(), bins.slices(), bins.outDepth());
      int[] rows = window(row % bins.outHeight(), height, bins.outHeight());
      int[] columns = window(o % bins.outWidth(), shape.w(), bins.outWidth());
      for (int d : slices) {
        for (int h : rows) {
          for (int w : columns) {
            int pixel = (d * height + h) * shape.w() + w;
            int i = first + pixel;
            if (index == null) {
              sums[i] += gy[o] / (double) (slices.length * rows.length * columns.length);
            } else if (index[o] == pixel) {
              sums[i] = reached[i] ? sums[i] + gy[o] : gy[o];
              reached[i] = true;
            }
          }
        }
      }
    }
    float[] gx = new float[sums.length];
    for (int i = 0; i < gx.length; i++) {
      gx[i] = (float) sums[i];
    }
    return gx;
  }

  private static int[] window(int o, int in, int out) {
    return IntStream.range(o * in / out, Math.ceilDiv((o + 1) * in, out)).toArray();
  }

  /** The maximum is linear near a point without ties: <gy, max(x)> = <gx, x>, without rounding. */
  @Property(tries = 80)
  void gradientOfTheMaximumIsItsLinearPart(
      @ForAll(supplier = Binned.Any.class) Binned maps, @ForAll long seed) {
    Random random = new Random(seed);
    FeatureShape shape = maps.shape(2, 3);
    FeatureShape out = maps.out(2, 3);
    Bins bins = maps.bins();
    float[] x = Values.INTEGERS.maps(random, shape);
    float[] gy = Values.INTEGERS.maps(random, out);
    float[] y = new float[gy.length];
    int[] index = new int[gy.length];
    float[] gx = new float[x.length];
    for (Layout layout : Layout.values()) {
      KernelSet k = Kernels.best();
      k.adaptiveMax(x, 0, layout, shape, bins, y, 0, index, 0);
      k.adaptiveMaxGradient(gy, 0, index, 0, layout, shape, bins, gx, 0);
      assertEquals(product(gy, y), product(gx, x));
    }
  }

  private static long product(float[] a, float[] b) {
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (long) a[i] * (long) b[i];
    }
    return sum;
  }
}
