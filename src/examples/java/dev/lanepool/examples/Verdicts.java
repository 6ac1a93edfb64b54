package dev.lanepool.examples;

import static dev.lanepool.examples.Report.percent;
import static dev.lanepool.examples.Report.text;

import dev.lanepool.examples.Experiment.Result;
import dev.lanepool.head.HeadReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the results say of each claim, in a sentence or two: whether it holds, and the figures. */
final class Verdicts {
  /** A fall in accuracy that nobody would call the same. */
  private static final double LARGE_FALL = 0.05;

  private final Results results;
  private final DigitMaps maps;
  private final Result flatten;
  private final Result avg;
  private final Result max;

  Verdicts(Results results, DigitMaps maps) {
    this.results = results;
    this.maps = maps;
    this.flatten = results.last("flatten");
    this.avg = results.last("avg");
    this.max = results.last("max");
  }

  /** By the name of the claim. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("parameters", parameters());
    all.put("overfitting", overfitting());
    all.put("size", size());
    all.put("translation", translation());
    all.put("channels", channels());
    all.put("max", averageAgainstMaximum());
    return all;
  }

  private String parameters() {
    HeadReport report = results.headReport();
    return text(
        "<b>Holds.</b> %,d parameters behind flatten, %,d behind global average pooling: %.1f times"
            + " fewer.",
        report.flattenParameters(), report.pooledParameters(), report.ratio());
  }

  private String overfitting() {
    int sizes = results.scale().training().size();
    long smaller =
        results.scale().training().stream()
            .filter(n -> results.of("avg", n).gap() < results.of("flatten", n).gap())
            .count();
    return text(
        "<b>%s</b> The gap between training and test is smaller with global average pooling than"
            + " with flatten for %d of %d numbers of training pictures. With %d pictures it is %s"
            + " against %s, and the test %s against %s.",
        smaller == sizes ? "Holds." : smaller == 0 ? "Not here." : "In part.",
        smaller,
        sizes,
        results.scale().largest(),
        percent(avg.gap()),
        percent(flatten.gap()),
        percent(avg.test()),
        percent(flatten.test()));
  }

  private String size() {
    int canvas = Principles.CANVASES.get(Principles.CANVASES.size() - 1);
    double there = avg.correct().get("canvas " + canvas);
    long places = canvas - FilterBank.SIZE + 1;
    return text(
        "<b>%s</b> Flatten cannot take another size: it has weights for %,d values, and a square of"
            + " %d×%d gives %,d. The global poolings take it; avg is right in %s of the cases there"
            + " (%s at the size of training), max in %s.",
        there > avg.test() - LARGE_FALL ? "Holds." : "It runs, and that is all.",
        flatten.dense().inputs(),
        canvas,
        canvas,
        results.scale().filters() * places * places,
        percent(there),
        percent(avg.test()),
        percent(max.correct().get("canvas " + canvas)));
  }

  private String translation() {
    return text(
        "<b>%s</b> Moved by one pixel, flatten falls from %s to %s and avg from %s to %s; by two, to"
            + " %s and %s.",
        avg.correct().get("shift 1") > flatten.correct().get("shift 1") ? "Holds." : "Not here.",
        percent(flatten.test()),
        percent(flatten.correct().get("shift 1")),
        percent(avg.test()),
        percent(avg.correct().get("shift 1")),
        percent(flatten.correct().get("shift 2")),
        percent(avg.correct().get("shift 2")));
  }

  private String channels() {
    double peaks = maps.peaksOnTheDigit();
    double chance = DigitMaps.peaksByChance();
    return text(
        "<b>%s</b> mean(M<sub>c</sub>) + b<sub>c</sub> is logit<sub>c</sub> to within %.0e for every"
            + " digit and class. With the digit anywhere on a square of 32×32, the map of its class"
            + " peaks on the digit in %s of the cases; a peak anywhere would in %s.",
        peaks > 2 * chance ? "Holds." : "Not here.",
        maps.largestDifference(),
        percent(peaks),
        percent(chance));
  }

  private String averageAgainstMaximum() {
    int few = results.scale().training().get(0);
    return text(
        "<b>%s</b> With %d pictures, max is right in %s of the test and avg in %s; with %d, in %s"
            + " and %s. With five specks, max in %s and avg in %s.",
        max.test() > avg.test() ? "The maximum wins here." : "The average wins here.",
        few,
        percent(results.of("max", few).test()),
        percent(results.of("avg", few).test()),
        results.scale().largest(),
        percent(max.test()),
        percent(avg.test()),
        percent(max.correct().get("specks 5")),
        percent(avg.correct().get("specks 5")));
  }
}
