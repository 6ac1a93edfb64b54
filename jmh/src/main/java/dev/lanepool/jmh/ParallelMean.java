package dev.lanepool.jmh;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSet;
import dev.lanepool.kernel.ParallelKernels;
import dev.lanepool.kernel.Reduction;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The mean of maps on all cores; the read roof beside it is that of one. */
final class ParallelMean implements Workload {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final Executor EXECUTOR =
      Executors.newFixedThreadPool(
          CORES, task -> Thread.ofPlatform().daemon().name("parallel").unstarted(task));

  private final ParallelKernels kernels = new ParallelKernels(EXECUTOR, CORES);
  private final Layout layout;
  private final FeatureShape shape;
  private final float[] y;

  /** N, C, H and W. */
  ParallelMean(Layout layout, int[] extents) {
    this.layout = layout;
    shape = Shapes.maps(extents);
    y = new float[Math.toIntExact(shape.planes())];
  }

  @Override
  public long bytes() {
    return Float.BYTES * shape.elements();
  }

  @Override
  public boolean allocates() {
    return true; // what the threads share
  }

  @Override
  public Object input() {
    return FeatureMap.of(Inputs.gaussian(shape.elements()), layout, shape);
  }

  /** On the best backend always. */
  @Override
  public Object run(KernelSet ignored, Object input) {
    kernels.reduce(Reduction.MEAN, (FeatureMap) input, y, 0);
    return y;
  }
}
