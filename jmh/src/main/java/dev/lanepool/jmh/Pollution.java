package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;
import java.util.List;

/** Runs every kernel on several shapes, as an application would: what C2 profiles gets mixed. */
final class Pollution {
  private static final List<String> SHAPES =
      List.of("1x256x7x7", "2x64x14x14", "1x3x112x112", "1x17x3x5", "1x512x100", "2x64x10");

  /** Long enough for C2 to compile what is called. */
  private static final long NANOS_PER_KERNEL_AND_SHAPE = 30_000_000;

  private Pollution() {}

  static void run(KernelSet kernels) {
    for (String kernel : Workloads.kernels()) {
      for (String shape : SHAPES) {
        if (Workloads.fits(kernel, shape)) {
          run(kernels, Workloads.of(kernel, shape));
        }
      }
    }
  }

  private static void run(KernelSet kernels, Workload workload) {
    Object input = workload.input();
    long start = System.nanoTime();
    while (System.nanoTime() - start < NANOS_PER_KERNEL_AND_SHAPE) {
      workload.run(kernels, input);
    }
  }
}
