package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;

/** One kernel on inputs of one shape: what a benchmark calls. Not thread-safe. */
interface Workload {
  /** Bytes that a call has to read. */
  long bytes();

  /** A fresh input, with the same values every time. */
  Object input();

  /** One call on an input of {@link #input}; returns what it computed. */
  Object run(KernelSet kernels, Object input);
}
