package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Case HOT = new Case("MEAN_FLOAT32_NCHW", "1x2048x7x7", Mode.HOT, 256, 1);
  private static final Case FIRST =
      new Case("MEAN_FLOAT32_NCHW", "1x2048x7x7", Mode.FIRST_CALL, 256, 1);

  private static Finding compare(List<Measurement> before, List<Measurement> after) {
    return new Comparison(Recorded.results(before), Recorded.results(after)).findings().get(0);
  }

  @Test
  void ratiosToTheRoofAreCompared() {
    List<Measurement> before = Recorded.ratio(HOT, 2, 2, 2);
    assertEquals(Verdict.PASS, compare(before, Recorded.ratio(HOT, 2.05, 2.05, 2.05)).verdict());
    Finding slower = compare(before, Recorded.ratio(HOT, 3, 3, 3));
    assertEquals(Verdict.FAIL, slower.verdict());
    assertEquals("50.0 % slower", slower.reason());
    assertEquals("per roof", slower.allowed());
    Finding faster = compare(before, Recorded.ratio(HOT, 1, 1, 1));
    assertEquals(Verdict.PASS, faster.verdict());
    assertEquals("faster", faster.reason());
  }

  @Test
  void timesAreComparedWhereThereIsNoRoof() {
    Finding finding = compare(first(100, 101, 100), first(150, 151, 150));
    assertEquals("time", finding.allowed());
    assertEquals(Verdict.FAIL, finding.verdict());
  }

  private static List<Measurement> first(double... times) {
    return List.of(
            Recorded.forks(FIRST, Variant.KERNEL, times),
            Recorded.forks(FIRST, Variant.AGAIN, times))
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void theNoisierFileDecides() {
    List<Measurement> quiet = Recorded.ratio(HOT, 2, 2, 2);
    List<Measurement> noisy =
        Recorded.results(
                Recorded.forks(HOT, Variant.KERNEL, 2, 2, 2),
                Recorded.forks(HOT, Variant.ROOF, 1, 1, 1),
                Recorded.forks(HOT, Variant.AGAIN, 1.9, 2, 2.1))
            .measurements();
    assertEquals(Verdict.INCONCLUSIVE, compare(quiet, noisy).verdict());
    assertEquals(Verdict.INCONCLUSIVE, compare(noisy, quiet).verdict());
  }

  @Test
  void nothingInCommonIsSaid() {
    assertEquals(
        "the two files have no case in common",
        assertThrows(UserException.class, () -> compare(Recorded.ratio(HOT, 2, 2), first(1, 1)))
            .getMessage());
  }
}
