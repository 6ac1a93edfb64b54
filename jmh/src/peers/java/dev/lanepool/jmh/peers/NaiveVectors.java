package dev.lanepool.jmh.peers;

import dev.lanepool.FeatureShape;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link NaiveVectorLoop}. */
final class NaiveVectors {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private NaiveVectors() {}

  static void meanRows(float[] x, FeatureShape shape, float[] y) {
    sumRows(x, shape, y);
    LoopPeer.divide(y, shape.planeSize());
  }

  static void sumRows(float[] x, FeatureShape shape, float[] y) {
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

  static void maxRows(float[] x, FeatureShape shape, float[] y) {
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

  static void meanPixels(float[] x, FeatureShape shape, float[] y) {
    sumPixels(x, shape, y);
    LoopPeer.divide(y, shape.planeSize());
  }

  static void sumPixels(float[] x, FeatureShape shape, float[] y) {
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

  static void maxPixels(float[] x, FeatureShape shape, float[] y) {
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
