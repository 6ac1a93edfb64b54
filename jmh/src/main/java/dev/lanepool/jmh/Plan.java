package dev.lanepool.jmh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** The forks to be run, in an order that keeps the noise of a busy machine out of the ratios. */
final class Plan {
  private static final List<String> RATIOS =
      List.of(Variant.KERNEL, Variant.ROOF, Variant.SCALAR, Variant.AGAIN);

  private Plan() {}

  /**
   * Round after round, each with one fork of every variant of every case. The variants of a case
   * run next to each other, in every other round backwards: kernel, roof, scalar, again, and then
   * again, scalar, roof, kernel. A drift hits both ends of a ratio alike, and a disturbance of
   * minutes spoils a round of all cases rather than all rounds of one.
   *
   * @param cases what is measured
   * @param peers the names of the peers that are measured beside a case
   * @param forks how many rounds
   */
  static List<Job> of(List<Case> cases, Function<Case, List<String>> peers, int forks) {
    List<Job> jobs = new ArrayList<>();
    for (int fork = 0; fork < forks; fork++) {
      for (Case of : cases) {
        List<String> variants = new ArrayList<>(variants(of));
        variants.addAll(variants.size() - 1, peers.apply(of));
        if (fork % 2 == 1) {
          Collections.reverse(variants);
        }
        for (String variant : variants) {
          jobs.add(new Job(of, variant, fork));
        }
      }
    }
    return jobs;
  }

  /** What is measured of a case; in a scalar run the kernel is the scalar one already. */
  private static List<String> variants(Case of) {
    List<String> variants = new ArrayList<>(forMode(of.mode()));
    if (of.bits() == 0) {
      variants.remove(Variant.SCALAR);
    }
    return variants;
  }

  private static List<String> forMode(Mode mode) {
    return switch (mode) {
      case HOT, COLD, POLLUTED -> RATIOS;
      case SWEEP -> List.of(Variant.KERNEL, Variant.ROOF, Variant.SCALAR);
      case FIRST_CALL, STEADY_STATE -> List.of(Variant.KERNEL, Variant.SCALAR, Variant.AGAIN);
      case THREADS -> List.of(Variant.KERNEL, Variant.ROOF, Variant.AGAIN);
      case ALLOCATION -> List.of(Variant.KERNEL);
    };
  }
}
