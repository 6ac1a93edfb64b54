package dev.lanepool.jmh;

import java.util.List;
import java.util.stream.Stream;

/** Whether kernels allocate: they must not. */
final class Allocations {
  /** What JMH itself allocates in an iteration, spread over its calls, is far below a byte. */
  private static final double NONE = 1;

  private Allocations() {}

  /**
   * Judges a case. A kernel whose vectors are boxed in half of all forks or more fails; where that
   * happens in fewer, C2 may just have been late on a busy machine.
   */
  static Verdict verdict(Results results, Case of) {
    List<Double> bytes = bytes(results, of);
    long allocating = bytes.stream().filter(b -> b >= NONE).count();
    if (allocating == 0) {
      return Verdict.PASS;
    }
    return 2 * allocating >= bytes.size() ? Verdict.FAIL : Verdict.INCONCLUSIVE;
  }

  /** Bytes per call of all forks of the kernel. */
  static List<Double> bytes(Results results, Case of) {
    return Stream.of(Variant.KERNEL, Variant.AGAIN)
        .flatMap(variant -> results.forks(of, variant).stream())
        .map(Measurement::bytesPerCall)
        .filter(b -> b != null)
        .toList();
  }

  /** The most bytes of any fork, for people. */
  static String most(Results results, Case of) {
    return bytes(results, of).stream()
        .max(Double::compare)
        .map(b -> b < NONE ? "0" : String.format("%.0f", b))
        .orElse("");
  }
}
