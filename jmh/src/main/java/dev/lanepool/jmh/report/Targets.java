package dev.lanepool.jmh.report;

import dev.lanepool.jmh.Case;
import dev.lanepool.jmh.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * How near the kernels are meant to come to the read roof.
 *
 * @param bits the vector width that they were set for
 * @param targets rows of targets
 */
record Targets(int bits, List<Row> targets) {
  /**
   * Targets of shapes that are alike.
   *
   * @param mode the circumstances
   * @param shapes where they hold
   * @param ratios time over the read roof's, by kernel
   */
  record Row(Mode mode, List<String> shapes, Map<String, Double> ratios) {}

  /** Those that come with the suite. */
  static Targets load() {
    return new JsonMapper().readValue(Assets.text("targets.json"), Targets.class);
  }

  /** The target of a case; its width does not matter. */
  Optional<Double> of(Case of) {
    return targets.stream()
        .filter(row -> row.mode() == of.mode() && row.shapes().contains(of.shape()))
        .map(row -> Optional.ofNullable(row.ratios().get(of.kernel())))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
