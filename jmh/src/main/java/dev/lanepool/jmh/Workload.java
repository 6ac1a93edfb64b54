package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;

/** One kernel on inputs of one shape: what a benchmark calls. Not thread-safe. */
interface Workload {
  /** What no kernel of this kind can be faster than. */
  enum Roof {
    /** Reading the input. */
    READ,
    /** Writing the output. */
    FILL
  }

  /** Bytes that a call has to read, or to write where that is more. */
  long bytes();

  /** Which of the two. */
  default Roof roof() {
    return Roof.READ;
  }

  /** Whether a call makes objects, by design: those of the kernels do not. */
  default boolean allocates() {
    return false;
  }

  /** A fresh input, with the same values every time. */
  Object input();

  /** One call on an input of {@link #input}; returns what it computed. */
  Object run(KernelSet kernels, Object input);
}
