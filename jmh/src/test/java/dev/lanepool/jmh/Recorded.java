package dev.lanepool.jmh;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Results as files would have them: made up, or recorded. */
final class Recorded {
  private Recorded() {}

  /** Forks of a variant with these medians. */
  static List<Measurement> forks(Case of, String variant, double... medians) {
    return IntStream.range(0, medians.length)
        .mapToObj(fork -> fork(of, variant, fork, medians[fork], 0))
        .toList();
  }

  static Measurement fork(Case of, String variant, int fork, double median, double bytes) {
    return new Measurement(
        of.kernel(),
        of.shape(),
        of.mode(),
        of.bits(),
        variant,
        "vector",
        of.threads(),
        fork,
        List.of(),
        List.of(median),
        median,
        bytes,
        null);
  }

  /** A kernel with these ratios to the roof, and again exactly so. */
  static List<Measurement> ratio(Case of, double... ratios) {
    double[] ones = new double[ratios.length];
    Arrays.fill(ones, 1);
    return Stream.of(
            forks(of, Variant.KERNEL, ratios),
            forks(of, Variant.ROOF, ones),
            forks(of, Variant.AGAIN, ratios))
        .flatMap(List::stream)
        .toList();
  }

  /** What was measured here and now, without JMH's own records; of the samples the medians. */
  static Results here(String command, Case of, List<Measurement> measured) {
    return new Results(
        Results.FORMAT,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        List.of(command),
        Machine.here(),
        Jdk.here(),
        measured.stream()
            .map(m -> fork(of, m.variant(), m.fork(), m.median(), m.bytesPerCall()))
            .toList());
  }

  @SafeVarargs
  static Results results(List<Measurement>... measurements) {
    return new Results(
        Results.FORMAT,
        "2026-01-01T00:00:00Z",
        List.of("bench"),
        new Machine("a CPU", 2, 2, List.of(), 1L << 34, "an OS"),
        new Jdk("25", "a vendor", "a VM"),
        Stream.of(measurements).flatMap(List::stream).toList());
  }
}
