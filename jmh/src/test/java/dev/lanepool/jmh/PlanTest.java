package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Case HOT = new Case("MEAN_FLOAT32_NCHW", "1x2048x7x7", Mode.HOT, 256, 1);
  private static final Case SCALAR = new Case("MEAN_FLOAT32_NCHW", "1x2048x7x7", Mode.HOT, 0, 1);

  private static List<String> variants(List<Case> cases, List<String> peers) {
    return Plan.of(cases, of -> peers, 2).stream()
        .map(job -> job.fork() + " " + job.of().bits() + " " + job.variant())
        .toList();
  }

  @Test
  void everyOtherRoundRunsBackwards() {
    assertEquals(
        List.of(
            "0 256 kernel",
            "0 256 roof",
            "0 256 scalar",
            "0 256 again", //
            "1 256 again",
            "1 256 scalar",
            "1 256 roof",
            "1 256 kernel"),
        variants(List.of(HOT), List.of()));
  }

  @Test
  void peersRunBetweenTheKernelAndItself() {
    assertEquals(
        List.of("0 256 kernel", "0 256 roof", "0 256 scalar", "0 256 peer", "0 256 again"),
        variants(List.of(HOT), List.of("peer")).subList(0, 5));
  }

  @Test
  void aRoundHasEveryCase() {
    assertEquals(
        List.of(
            "0 256 kernel",
            "0 256 roof",
            "0 256 scalar",
            "0 256 again", //
            "0 0 kernel",
            "0 0 roof",
            "0 0 again"),
        variants(List.of(HOT, SCALAR), List.of()).subList(0, 7));
  }
}
