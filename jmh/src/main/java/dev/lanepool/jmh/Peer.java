package dev.lanepool.jmh;

import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.KernelSpec;

/**
 * Another way to compute what a kernel computes: a library that people would otherwise use, or a
 * plain loop. Implementations are found by {@link java.util.ServiceLoader}; the build's profile
 * {@code peers} brings them.
 */
public interface Peer {
  /**
   * What the peer is called on the command line and in reports.
   *
   * @return a short name of lower-case words with hyphens, such as {@code pytorch}
   */
  String name();

  /**
   * Whether the peer has an operation.
   *
   * @param spec a float32 reduction
   * @return whether {@link #prepare} takes it
   */
  boolean supports(KernelSpec spec);

  /**
   * Builds all that is needed for {@link Prepared#run}: the native library is loaded, restricted to
   * one thread, and the input is brought into the form that the peer likes best.
   *
   * @param spec one that is supported
   * @param shape the maps' extents
   * @param x the maps' values, in the spec's layout
   * @return the call to be timed
   * @throws Exception where the peer can't be had on this machine
   */
  Prepared prepare(KernelSpec spec, FeatureShape shape, float[] x) throws Exception;

  /**
   * Whether the peer has a fully connected layer.
   *
   * @return whether {@link #prepare(Dense)} works
   */
  default boolean supportsDense() {
    return false;
  }

  /**
   * As {@link #prepare(KernelSpec, FeatureShape, float[])}, for a fully connected layer.
   *
   * @param dense the layer, and its input
   * @return the call to be timed
   * @throws Exception where the peer can't be had on this machine
   */
  default Prepared prepare(Dense dense) throws Exception {
    throw new UnsupportedOperationException(name() + " has no fully connected layer");
  }

  /**
   * A fully connected layer, and its input.
   *
   * @param rows of the input and of the result
   * @param inputs values of an input's row
   * @param outputs values of a result's row
   * @param x the input, row by row
   * @param weights a row of inputs for each output
   * @param bias a value for each output
   */
  record Dense(int rows, int inputs, int outputs, float[] x, float[] weights, float[] bias) {
    /** One of rows, inputs and outputs, on the benchmarks' values. */
    static Dense of(int[] extents) {
      return new Dense(
          extents[0],
          extents[1],
          extents[2],
          Inputs.gaussian((long) extents[0] * extents[1]),
          Inputs.gaussian((long) extents[2] * extents[1]),
          Inputs.gaussian(extents[2]));
    }
  }

  /** One call, over and over on the same input. Not thread-safe. */
  interface Prepared extends AutoCloseable {
    /**
     * What is timed.
     *
     * @throws Exception if the peer fails
     */
    void run() throws Exception;

    /**
     * What the last {@link #run} computed.
     *
     * @return one number per channel and sample, channel by channel: the value, or for arg-max the
     *     index in the plane
     */
    float[] result();

    @Override
    default void close() {}
  }
}
