package dev.lanepool.jmh.peers;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSpec.Operation;
import java.util.Arrays;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The Vector API as its tutorials use it: one float accumulator, {@code reduceLanes}, a tail. */
public final class NaiveVectorLoop extends LoopPeer {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** The loops of mean, sum and maximum. */
  public NaiveVectorLoop() {
    super(
        "naive-vector",
        Map.of(
            Operation.MEAN, NaiveVectorLoop::meanRows,
            Operation.SUM, NaiveVectorLoop::sumRows,
            Operation.MAX, NaiveVectorLoop::maxRows),
        Map.of(
            Operation.MEAN, NaiveVectorLoop::meanPixels,
            Operation.SUM, NaiveVectorLoop::sumPixels,
            Operation.MAX, NaiveVectorLoop::maxPixels));
  }

  private static void meanRows(float[] x, FeatureShape shape, float[] y) {
    sumRows(x, shape, y);
    divide(y, shape.planeSize());
  }

  private static void sumRows(float[] x, FeatureShape shape, float[] y) {
    int size = (int) shape.planeSize();
    for (int plane = 0; plane < y.length; plane++) {
      int i = plane * size;
      int end = i + size;
      FloatVector lanes = FloatVector.zero(SPECIES);
      for (; i <= end - LANES; i += LANES) {
        lanes = lanes.add(FloatVector.fromArray(SPECIES, x, i));
      }
      float sum = lanes.reduceLanes(VectorOperators.ADD);
      for (; i < end; i++) {
        sum += x[i];
      }
      y[plane] = sum;
    }
  }

  private static void maxRows(float[] x, FeatureShape shape, float[] y) {
    int size = (int) shape.planeSize();
    for (int plane = 0; plane < y.length; plane++) {
      int i = plane * size;
      int end = i + size;
      FloatVector lanes = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      for (; i <= end - LANES; i += LANES) {
        lanes = lanes.max(FloatVector.fromArray(SPECIES, x, i));
      }
      float max = lanes.reduceLanes(VectorOperators.MAX);
      for (; i < end; i++) {
        max = Math.max(max, x[i]);
      }
      y[plane] = max;
    }
  }

  private static void meanPixels(float[] x, FeatureShape shape, float[] y) {
    sumPixels(x, shape, y);
    divide(y, shape.planeSize());
  }

  private static void sumPixels(float[] x, FeatureShape shape, float[] y) {
    Arrays.fill(y, 0);
    for (int pixel = 0; pixel < shape.n() * shape.planeSize(); pixel++) {
      int from = pixel * shape.c();
      int to = pixel / (int) shape.planeSize() * shape.c();
      int c = 0;
      for (; c <= shape.c() - LANES; c += LANES) {
        FloatVector.fromArray(SPECIES, y, to + c)
            .add(FloatVector.fromArray(SPECIES, x, from + c))
            .intoArray(y, to + c);
      }
      for (; c < shape.c(); c++) {
        y[to + c] += x[from + c];
      }
    }
  }

  private static void maxPixels(float[] x, FeatureShape shape, float[] y) {
    Arrays.fill(y, Float.NEGATIVE_INFINITY);
    for (int pixel = 0; pixel < shape.n() * shape.planeSize(); pixel++) {
      int from = pixel * shape.c();
      int to = pixel / (int) shape.planeSize() * shape.c();
      int c = 0;
      for (; c <= shape.c() - LANES; c += LANES) {
        FloatVector.fromArray(SPECIES, y, to + c)
            .max(FloatVector.fromArray(SPECIES, x, from + c))
            .intoArray(y, to + c);
      }
      for (; c < shape.c(); c++) {
        y[to + c] = Math.max(y[to + c], x[from + c]);
      }
    }
  }
}
