package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Twenty recorded runs of one unchanged kernel, by {@link QuietRecording}: nothing got slower, so
 * nothing may fail; and the same runs with a slower kernel in them do.
 */
class QuietTest {
  private static final int RUNS = QuietRecording.RUNS;

  private static List<Results> runs() {
    try (Stream<Path> files = Files.list(QuietRecording.FOLDER)) {
      return files.sorted().map(Results::read).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thereAreTwentyRuns() {
    assertEquals(RUNS, runs().size());
  }

  @Test
  void noRunFailsAgainstTheNext() {
    List<Results> runs = runs();
    for (int i = 0; i < RUNS; i++) {
      Verdict verdict = compare(runs.get(i), runs.get((i + 1) % RUNS));
      assertNotEquals(Verdict.FAIL, verdict, "run " + i);
    }
  }

  @Test
  void noRunFailsAtTheFloorOfAnother() {
    List<Results> runs = runs();
    for (int i = 0; i < RUNS; i++) {
      Floors floors = new Floors("", Map.of()).with(runs.get((i + 1) % RUNS));
      Finding finding = new Gate(runs.get(i), floors).findings().get(0);
      assertNotEquals(Verdict.FAIL, finding.verdict(), finding.toString());
    }
  }

  @Test
  void noiseIsNeverAPass() {
    for (Results run : runs()) {
      Case of = run.cases().iterator().next();
      boolean noisy = new Ratios(run).noise(of).orElseThrow() > Verdict.NOISE;
      assertEquals(noisy ? Verdict.INCONCLUSIVE : Verdict.PASS, compare(run, run));
    }
  }

  /** As much as boxing costs, in any of the runs. */
  @Test
  void boxingIsCaughtThroughAllNoise() {
    for (Results run : runs()) {
      assertEquals(Verdict.FAIL, compare(run, slower(run, 100)), run.date());
    }
  }

  /** As much as one accumulator costs: many forks beat noise. */
  @Test
  void oneAccumulatorIsCaughtWithForksEnough() {
    Results odd = pooled(1);
    Results even = pooled(0);
    assertNotEquals(Verdict.FAIL, compare(odd, even));
    assertNotEquals(Verdict.FAIL, compare(even, odd));
    assertEquals(Verdict.FAIL, compare(odd, slower(even, 2.8)));
    assertEquals(Verdict.FAIL, compare(even, slower(odd, 2.8)));
  }

  private static Verdict compare(Results before, Results after) {
    return new Comparison(before, after).findings().get(0).verdict();
  }

  /** The forks of every other run in one. */
  private static Results pooled(int first) {
    List<Results> runs = runs();
    List<Measurement> all = new ArrayList<>();
    for (int i = first; i < RUNS; i += 2) {
      for (Measurement m : runs.get(i).measurements()) {
        all.add(with(m, 1000 * i + m.fork(), m.median()));
      }
    }
    return Recorded.results(all);
  }

  /** The kernel and its repetition take that many times as long, in every fork. */
  private static Results slower(Results run, double factor) {
    return Recorded.results(
        run.measurements().stream()
            .map(
                m ->
                    with(
                        m,
                        m.fork(),
                        m.variant().equals(Variant.ROOF) ? m.median() : factor * m.median()))
            .toList());
  }

  private static Measurement with(Measurement m, int fork, double median) {
    return Recorded.fork(m.of(), m.variant(), fork, median, m.bytesPerCall());
  }
}
