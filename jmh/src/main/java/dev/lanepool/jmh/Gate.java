package dev.lanepool.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges what was measured against the floors. */
final class Gate {
  private final Results results;
  private final Floors floors;
  private final Ratios ratios;

  Gate(Results results, Floors floors) {
    this.results = results;
    this.floors = floors;
    this.ratios = new Ratios(results);
  }

  /** The judgement of every case that was measured beside the roof, or for what it allocates. */
  List<Finding> findings() {
    List<Finding> findings =
        results.cases().stream().filter(this::isJudged).map(this::judge).toList();
    if (findings.isEmpty()) {
      throw new UserException("the results have nothing that the gate could judge");
    }
    return findings;
  }

  private boolean isJudged(Case of) {
    return of.mode() == Mode.ALLOCATION || !results.forks(of, Variant.ROOF).isEmpty();
  }

  private Finding judge(Case of) {
    List<Verdict> verdicts = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    Verdict allocation = Allocations.verdict(results, of);
    verdicts.add(allocation);
    if (allocation != Verdict.PASS) {
      reasons.add("allocates " + Allocations.most(results, of) + " bytes per call");
    }
    Optional<Interval> ratio = ratios.interval(of, Variant.KERNEL, Variant.ROOF);
    Optional<Double> floor = floors.of(of);
    if (ratio.isPresent()) {
      verdicts.add(judge(of, ratio.get(), floor, reasons));
    }
    return new Finding(
        of,
        ratio.map(Interval::toString).orElse(""),
        floor.map(f -> Text.ratio(Math.log(f))).orElse(""),
        ratios.noise(of),
        Verdict.worst(verdicts),
        String.join("; ", reasons));
  }

  private Verdict judge(Case of, Interval ratio, Optional<Double> floor, List<String> reasons) {
    Optional<Double> noise = ratios.noise(of);
    if (floor.isEmpty() || noise.isEmpty()) {
      reasons.add(floor.isEmpty() ? "no floor" : "not measured again");
      return Verdict.INCONCLUSIVE;
    }
    Interval slowdown = ratio.minus(Math.log(floor.get()));
    Verdict verdict = Verdict.of(slowdown, noise.get());
    if (verdict == Verdict.FAIL) {
      reasons.add(Text.percent(slowdown.mid()) + " past the floor");
    }
    if (verdict == Verdict.INCONCLUSIVE) {
      reasons.add(noise.get() > Verdict.NOISE ? "noise" : "the interval reaches the floor");
    }
    return verdict;
  }
}
