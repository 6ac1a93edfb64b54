package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.PlaneAccumulator;
import dev.lanepool.kernel.Reduction;

/** The mean of planes that come in pieces, whose size is no multiple of anything. */
final class StreamedMean implements Workload {
  private static final int PIECE = 1000;

  private final FeatureShape shape;
  private final float[] y;

  /** N, C, H and W. */
  StreamedMean(int[] extents) {
    shape = Shapes.maps(extents);
    y = new float[Math.toIntExact(shape.planes())];
  }

  @Override
  public long bytes() {
    return Float.BYTES * shape.elements();
  }

  @Override
  public boolean allocates() {
    return true; // an accumulator per plane
  }

  @Override
  public Object input() {
    return Inputs.gaussian(shape.elements());
  }

  /** On the best backend always. */
  @Override
  public Object run(KernelSet kernels, Object input) {
    float[] x = (float[]) input;
    int size = (int) shape.planeSize();
    for (int plane = 0; plane < y.length; plane++) {
      PlaneAccumulator sum = new PlaneAccumulator(Reduction.MEAN);
      for (int i = 0; i < size; i += PIECE) {
        sum.add(x, plane * size + i, Math.min(PIECE, size - i));
      }
      y[plane] = sum.result();
    }
    return y;
  }
}
