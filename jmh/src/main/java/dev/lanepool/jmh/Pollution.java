package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSet;
import java.util.ArrayList;
import java.util.List;

/** Runs every kernel, as an application would that uses them all: what C2 profiles gets mixed. */
final class Pollution {
  /** Small, so that a round of all kernels takes no second; a kernel gets one of those it takes. */
  private static final List<String> SHAPES =
      List.of(
          "1x24x7x7",
          "2x9x5x3",
          "1x3x40x30",
          "1x17x13x13",
          "2x64x10",
          "1x8x20x20-3x3",
          "1x8x4x6x6-2x3x3");

  /** Long enough for C2 to compile what is called. */
  private static final long NANOS = 6_000_000_000L;

  private record Call(Workload workload, Object input) {}

  private Pollution() {}

  static void run(KernelSet kernels) {
    List<Call> calls = calls();
    long start = System.nanoTime();
    do {
      calls.forEach(call -> call.workload.run(kernels, call.input));
    } while (System.nanoTime() - start < NANOS);
  }

  private static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (Kernel kernel : Workloads.kernels()) {
      List<String> shapes = SHAPES.stream().filter(kernel::takes).toList();
      Workload workload = Workloads.of(kernel.name(), shapes.get(calls.size() % shapes.size()));
      calls.add(new Call(workload, workload.input()));
    }
    return calls;
  }
}
