package dev.lanepool.jmh;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ratios within one result file: always between forks that ran next to each other. */
public final class Ratios {
  private final Results results;

  /**
   * Prepares to take ratios.
   *
   * @param results what was measured
   */
  public Ratios(Results results) {
    this.results = results;
  }

  /**
   * How much longer one variant takes than another.
   *
   * @param of what was measured
   * @param variant the one
   * @param base the other
   * @return the logarithm of the ratio; empty unless both were measured
   */
  public Optional<Interval> interval(Case of, String variant, String base) {
    double[] logs = logs(of, variant, base);
    return logs.length == 0 ? Optional.empty() : Optional.of(Bootstrap.median(logs));
  }

  /**
   * How much longer one variant takes than another, without an interval.
   *
   * @param of what was measured
   * @param variant the one
   * @param base the other
   * @return the ratio; empty unless both were measured
   */
  public Optional<Double> ratio(Case of, String variant, String base) {
    double[] logs = logs(of, variant, base);
    return logs.length == 0 ? Optional.empty() : Optional.of(Math.exp(Bootstrap.medianOf(logs)));
  }

  /** How far noise carries the ratio of a kernel to itself from 1, as a logarithm. */
  Optional<Double> noise(Case of) {
    return interval(of, Variant.AGAIN, Variant.KERNEL).map(Interval::noise);
  }

  /** The logarithms of the ratio of the medians, fork by fork. */
  double[] logs(Case of, String variant, String base) {
    Map<Integer, Measurement> bases =
        results.forks(of, base).stream()
            .collect(Collectors.toMap(Measurement::fork, Function.identity(), (a, b) -> b));
    List<Measurement> forks =
        results.forks(of, variant).stream().filter(m -> bases.containsKey(m.fork())).toList();
    return forks.stream()
        .mapToDouble(m -> Math.log(m.median() / bases.get(m.fork()).median()))
        .toArray();
  }

  /**
   * The time of a variant.
   *
   * @param of what was measured
   * @param variant which of its variants
   * @return the median of its forks' medians, in µs per call; empty if it was not measured
   */
  public Optional<Double> micros(Case of, String variant) {
    double[] medians =
        results.forks(of, variant).stream().mapToDouble(Measurement::median).toArray();
    return medians.length == 0 ? Optional.empty() : Optional.of(Bootstrap.medianOf(medians));
  }
}
