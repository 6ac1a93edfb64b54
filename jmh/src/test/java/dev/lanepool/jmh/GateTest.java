package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Case CASE = new Case("MEAN_FLOAT32_NCHW", "1x2048x7x7", Mode.HOT, 256, 1);
  private static final Floors FLOORS =
      new Floors("", Map.of()).with(Recorded.results(Recorded.ratio(CASE, 2, 2, 2, 2, 2)));

  private static Finding judge(List<Measurement> measurements) {
    return new Gate(Recorded.results(measurements), FLOORS).findings().get(0);
  }

  @Test
  void theFloorIsWhatItIsComparedWith() {
    assertEquals(Verdict.PASS, judge(Recorded.ratio(CASE, 2, 2.02, 1.98, 2, 2)).verdict());
    assertEquals(Verdict.FAIL, judge(Recorded.ratio(CASE, 2.2, 2.22, 2.18, 2.2, 2.2)).verdict());
  }

  @Test
  void whatHasNoFloorIsInconclusive() {
    Case other = new Case("SUM_FLOAT32_NCHW", "1x2048x7x7", Mode.HOT, 256, 1);
    Finding finding = judge(Recorded.ratio(other, 2, 2, 2));
    assertEquals(Verdict.INCONCLUSIVE, finding.verdict());
    assertEquals("no floor", finding.reason());
  }

  @Test
  void whatWasNotMeasuredAgainIsInconclusive() {
    List<Measurement> once =
        Recorded.ratio(CASE, 2, 2, 2).stream()
            .filter(m -> !m.variant().equals(Variant.AGAIN))
            .toList();
    assertEquals("not measured again", judge(once).reason());
    assertEquals(Verdict.INCONCLUSIVE, judge(once).verdict());
  }

  @Test
  void allocationFailsWhereHalfOfTheForksDoIt() {
    assertEquals(Verdict.PASS, judge(allocating(0, 4)).verdict());
    assertEquals(Verdict.INCONCLUSIVE, judge(allocating(1, 4)).verdict());
    assertEquals(Verdict.FAIL, judge(allocating(2, 4)).verdict());
    assertEquals("allocates 1024 bytes per call", judge(allocating(2, 4)).reason());
  }

  private static List<Measurement> allocating(int forks, int of) {
    Case allocation = new Case(CASE.kernel(), CASE.shape(), Mode.ALLOCATION, 256, 1);
    return IntStream.range(0, of)
        .mapToObj(i -> Recorded.fork(allocation, Variant.KERNEL, i, 5, i < forks ? 1024 : 0.01))
        .toList();
  }

  @Test
  void whereNothingCanBeJudgedThatIsSaid() {
    List<Measurement> first =
        Recorded.forks(
            new Case(CASE.kernel(), CASE.shape(), Mode.FIRST_CALL, 256, 1), Variant.KERNEL, 5, 5);
    assertEquals(
        "the results have nothing that the gate could judge",
        assertThrows(UserException.class, () -> judge(first)).getMessage());
  }
}
