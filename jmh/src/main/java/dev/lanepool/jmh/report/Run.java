package dev.lanepool.jmh.report;

import dev.lanepool.jmh.Case;
import dev.lanepool.jmh.Interval;
import dev.lanepool.jmh.Measurement;
import dev.lanepool.jmh.Mode;
import dev.lanepool.jmh.Ratios;
import dev.lanepool.jmh.Results;
import dev.lanepool.jmh.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Results of one machine and JDK, as the report looks at them. */
final class Run {
  private final Results results;
  private final Ratios ratios;

  Run(Results results) {
    this.results = results;
    this.ratios = new Ratios(results);
  }

  /**
   * Results of one machine and JDK as one. Forks get new numbers, so that ratios still lie between
   * forks that ran next to each other.
   */
  static Run of(List<Results> files) {
    List<Measurement> all = new ArrayList<>();
    int forks = 0;
    for (Results file : files) {
      int first = forks;
      for (Measurement m : file.measurements()) {
        all.add(withFork(m, first + m.fork()));
        forks = Math.max(forks, first + m.fork() + 1);
      }
    }
    Results first = files.get(0);
    return new Run(
        new Results(
            first.format(), first.date(), first.command(), first.machine(), first.jdk(), all));
  }

  private static Measurement withFork(Measurement m, int fork) {
    return new Measurement(
        m.kernel(),
        m.shape(),
        m.mode(),
        m.bits(),
        m.variant(),
        m.backend(),
        m.threads(),
        fork,
        m.vmFlags(),
        m.samples(),
        m.median(),
        m.bytesPerCall(),
        m.jmh());
  }

  Results results() {
    return results;
  }

  /** The cases of a mode by kernel, at every width and number of threads. */
  Map<String, List<Case>> byKernel(Mode mode) {
    return results.cases().stream()
        .filter(of -> of.mode() == mode)
        .collect(Collectors.groupingBy(Case::kernel, LinkedHashMap::new, Collectors.toList()));
  }

  /** The cases of a mode by kernel, each kernel at the widest vectors that it ran with. */
  Map<String, List<Case>> widest(Mode mode) {
    Map<String, List<Case>> kernels = byKernel(mode);
    kernels.replaceAll(
        (kernel, cases) -> {
          int bits = cases.stream().mapToInt(Case::bits).max().orElseThrow();
          return cases.stream().filter(of -> of.bits() == bits).toList();
        });
    return kernels;
  }

  /** What was measured of a case, in the order of time. */
  List<String> variants(Case of) {
    return results.measurements().stream()
        .filter(m -> m.of().equals(of))
        .map(Measurement::variant)
        .distinct()
        .toList();
  }

  /** The peers among them. */
  List<String> peers(Case of) {
    List<String> own = List.of(Variant.KERNEL, Variant.AGAIN, Variant.SCALAR, Variant.ROOF);
    return variants(of).stream().filter(variant -> !own.contains(variant)).toList();
  }

  Optional<Double> micros(Case of, String variant) {
    return ratios.micros(of, variant);
  }

  /** How much longer one variant takes than another. */
  Optional<Double> ratio(Case of, String variant, String base) {
    return ratios.ratio(of, variant, base);
  }

  Optional<Interval> interval(Case of, String variant, String base) {
    return ratios.interval(of, variant, base);
  }
}
