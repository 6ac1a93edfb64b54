package dev.lanepool.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about a case.
 *
 * @param of the case
 * @param ratio what was measured, for people
 * @param allowed what it is compared with, for people
 * @param noise how far the kernel's ratio to itself is from 1, as a logarithm
 * @param verdict the judgement
 * @param reason why; may be empty
 */
record Finding(
    Case of, String ratio, String allowed, Optional<Double> noise, Verdict verdict, String reason) {
  /** A table of findings, under titles for the ratio and what it is compared with. */
  static String table(List<Finding> findings, String ratio, String allowed) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("case", ratio, allowed, "A/A", "verdict"));
    for (Finding finding : findings) {
      String reason = finding.reason.isEmpty() ? "" : ": " + finding.reason;
      rows.add(
          List.of(
              finding.of.toString(),
              finding.ratio,
              finding.allowed,
              finding.noise.map(noise -> "±" + Text.percent(noise)).orElse(""),
              finding.verdict + reason));
    }
    return Text.table(rows);
  }

  /** The table's last line: how many of each. */
  static String count(List<Finding> findings) {
    List<String> counts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      counts.add(findings.stream().filter(f -> f.verdict == verdict).count() + " " + verdict);
    }
    return String.join(", ", counts);
  }

  /** The exit status of the whole. */
  static int exitStatus(List<Finding> findings) {
    return Verdict.worst(findings.stream().map(Finding::verdict).toList()).exitStatus();
  }
}
