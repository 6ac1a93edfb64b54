package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate catches kernels that were made slower. */
class PlantedTest {
  private static final int FORKS = 3;

  @TempDir private Path folder;

  /** As {@link PlantedRecording} measured it. */
  @Test
  void oneAccumulatorIsCaught() {
    Results recorded = Results.read(PlantedRecording.FILE);
    Finding finding = judge(recorded, recorded.cases().iterator().next());
    assertEquals(Verdict.FAIL, finding.verdict(), finding.toString());
    assertTrue(finding.reason().contains("past the floor"), finding.toString());
  }

  /** Measured here and now, on a machine that may be too busy to tell. */
  @Test
  void oneAccumulatorNeverPasses() {
    Finding finding = measured("one-accumulator", FORKS);
    assertNotEquals(Verdict.PASS, finding.verdict(), finding.toString());
  }

  /** Whatever the clock says: bytes are counted, and one fork shows them. */
  @Test
  void boxingIsCaught() {
    Finding finding = measured("boxing", 1);
    assertEquals(Verdict.FAIL, finding.verdict(), finding.toString());
    assertTrue(finding.reason().contains("bytes per call"), finding.toString());
  }

  private Finding measured(String planted, int forks) {
    List<Measurement> measurements = new ArrayList<>();
    for (int fork = 0; fork < forks; fork++) {
      measurements.addAll(PlantedRecording.measure(planted, fork, folder.resolve("log")));
    }
    return judge(Recorded.results(measurements), PlantedRecording.CASE);
  }

  /** The planted kernels are the roof's loop; a quarter more is all that it may take. */
  private static Finding judge(Results results, Case of) {
    Floors floors =
        new Floors("nowhere", Map.of()).with(Recorded.results(Recorded.ratio(of, 1.25, 1.25)));
    return new Gate(results, floors).findings().get(0);
  }
}
