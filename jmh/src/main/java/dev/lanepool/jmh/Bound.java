package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSet;
import java.util.function.BiConsumer;

/**
 * No kernel, but what one can't be faster than: a loop over all values of float maps, whatever
 * their planes and the backend.
 */
final class Bound<T> implements Workload {
  private final FeatureShape shape;
  private final T result;
  private final BiConsumer<float[], T> loop;

  /** N, C, H and W; what the loop writes to; and the loop. */
  Bound(int[] extents, T result, BiConsumer<float[], T> loop) {
    this.shape = Shapes.maps(extents);
    this.result = result;
    this.loop = loop;
  }

  @Override
  public long bytes() {
    return Float.BYTES * shape.elements();
  }

  @Override
  public Object input() {
    return Inputs.gaussian(shape.elements());
  }

  @Override
  public Object run(KernelSet kernels, Object input) {
    loop.accept((float[]) input, result);
    return result;
  }
}
