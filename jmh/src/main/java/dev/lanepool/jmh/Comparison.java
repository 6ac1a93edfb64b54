package dev.lanepool.jmh;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges one result file against another: two JDKs, two commits, two machines. */
final class Comparison {
  private final Results before;
  private final Results after;

  Comparison(Results before, Results after) {
    this.before = before;
    this.after = after;
  }

  /** The judgement of every case that both files have. */
  List<Finding> findings() {
    List<Case> common = after.cases().stream().filter(before.cases()::contains).toList();
    if (common.isEmpty()) {
      throw new UserException("the two files have no case in common");
    }
    return common.stream().map(this::judge).toList();
  }

  private Finding judge(Case of) {
    double[] were = logs(before, of);
    double[] are = logs(after, of);
    Optional<Double> noise = noise(of);
    if (were.length == 0 || are.length == 0 || noise.isEmpty()) {
      return new Finding(of, "", "", noise, Verdict.INCONCLUSIVE, "measured once only");
    }
    Interval slowdown = Bootstrap.difference(are, were);
    Verdict verdict = Verdict.of(slowdown, noise.get());
    return new Finding(
        of,
        slowdown.toString(),
        isPerRoof(of) ? "per roof" : "time",
        noise,
        verdict,
        reason(slowdown, noise.get(), verdict));
  }

  private static String reason(Interval slowdown, double noise, Verdict verdict) {
    return switch (verdict) {
      case FAIL -> Text.percent(slowdown.mid()) + " slower";
      case INCONCLUSIVE -> noise > Verdict.NOISE ? "noise" : "the interval reaches 1";
      case PASS -> slowdown.mid() <= -Verdict.EFFECT && slowdown.high() < 0 ? "faster" : "";
    };
  }

  /** The wider noise of the two. */
  private Optional<Double> noise(Case of) {
    List<Double> both =
        Stream.of(before, after).flatMap(r -> new Ratios(r).noise(of).stream()).toList();
    return both.size() < 2 ? Optional.empty() : both.stream().max(Double::compare);
  }

  /** Machines differ, and one machine from hour to hour: ratios to the roof differ less. */
  private boolean isPerRoof(Case of) {
    return Stream.of(before, after).noneMatch(r -> r.forks(of, Variant.ROOF).isEmpty());
  }

  private double[] logs(Results results, Case of) {
    if (isPerRoof(of)) {
      return new Ratios(results).logs(of, Variant.KERNEL, Variant.ROOF);
    }
    return results.forks(of, Variant.KERNEL).stream()
        .mapToDouble(m -> Math.log(m.median()))
        .toArray();
  }
}
