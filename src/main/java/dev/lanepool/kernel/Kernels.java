package dev.lanepool.kernel;

import dev.lanepool.kernel.scalar.ScalarKernels;

/**
 * The choice of a backend. It is made once, at the first use: SIMD where the incubator module
 * {@code jdk.incubator.vector} is in the JVM, HotSpot's C2 compiler is in use, vectors have at
 * least 128 bits, and a short self-check gives the same bits as the scalar kernels; otherwise
 * scalar, with one line to the {@link System.Logger} {@code dev.lanepool}. The system property
 * {@code lanepool.backend} forces it: {@code auto}, {@code scalar} or {@code vector}.
 */
public final class Kernels {
  private static final KernelSet SCALAR = new ScalarKernels();

  private Kernels() {}

  /**
   * The fastest kernels that can be had here.
   *
   * @return the kernels, the same object at every call
   * @throws IllegalStateException if {@code lanepool.backend} has another value than the three, or
   *     is {@code vector} where the SIMD kernels can't be used; the message says why
   */
  public static KernelSet best() {
    return Chosen.CHOICE.kernels();
  }

  /**
   * The plain Java kernels: the reference.
   *
   * @return the kernels, the same object at every call
   */
  public static KernelSet scalar() {
    return SCALAR;
  }

  /**
   * What {@link #best()} uses, and why.
   *
   * @return the backend
   * @throws IllegalStateException as {@link #best()}
   */
  public static Backend backend() {
    return Chosen.CHOICE.backend();
  }

  /** Initialised at the first use, by one thread. */
  private static final class Chosen {
    static final BackendChoice CHOICE = BackendChoice.make(SCALAR);
  }
}
