package dev.lanepool.jmh;

import static dev.lanepool.jmh.Verdict.FAIL;
import static dev.lanepool.jmh.Verdict.INCONCLUSIVE;
import static dev.lanepool.jmh.Verdict.PASS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  /** Given as ratios: the interval of the slowdown, and the A/A noise. */
  private static Verdict verdict(double low, double mid, double high, double noise) {
    return Verdict.of(new Interval(Math.log(low), Math.log(mid), Math.log(high)), Math.log(noise));
  }

  @Test
  void slowerByFivePercentAndSureOfItFails() {
    assertEquals(FAIL, verdict(1.01, 1.06, 1.1, 1.02));
    assertEquals(FAIL, verdict(1.04, 1.06, 1.1, 1.02));
    assertEquals(FAIL, verdict(9, 10, 11, 1.02));
  }

  @Test
  void slowerByLessPasses() {
    assertEquals(PASS, verdict(1.03, 1.04, 1.045, 1.02));
    assertEquals(PASS, verdict(0.8, 0.9, 1.2, 1.02));
    assertEquals(PASS, verdict(0.99, 1, 1.01, 1));
  }

  @Test
  void slowerButPerhapsByChanceIsInconclusive() {
    assertEquals(INCONCLUSIVE, verdict(0.99, 1.06, 1.1, 1.02));
  }

  @Test
  void noiseIsNeverAPass() {
    assertEquals(INCONCLUSIVE, verdict(0.99, 1, 1.01, 1.031));
    assertEquals(INCONCLUSIVE, verdict(0.5, 0.6, 0.7, 1.2));
  }

  @Test
  void whatIsSlowerThanNoiseExplainsFailsAllTheSame() {
    assertEquals(INCONCLUSIVE, verdict(1.15, 1.3, 1.4, 1.2));
    assertEquals(FAIL, verdict(1.25, 1.3, 1.4, 1.2));
  }

  @Test
  void theWorstDecides() {
    assertEquals(PASS, Verdict.worst(List.of()));
    assertEquals(INCONCLUSIVE, Verdict.worst(List.of(PASS, INCONCLUSIVE, PASS)));
    assertEquals(FAIL, Verdict.worst(List.of(FAIL, INCONCLUSIVE, PASS)));
    assertEquals(0, PASS.exitStatus());
    assertEquals(1, FAIL.exitStatus());
    assertEquals(3, INCONCLUSIVE.exitStatus());
  }
}
