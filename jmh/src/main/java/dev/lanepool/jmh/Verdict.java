package dev.lanepool.jmh;

import java.util.Collection;

/** What the gate says of a case, the worst last. */
enum Verdict {
  PASS("pass", 0),
  INCONCLUSIVE("inconclusive", 3),
  FAIL("FAIL", 1);

  /** A slowdown below that is none. */
  static final double EFFECT = Math.log(1.05);

  /** Where a kernel differs from itself by more, nothing can be said of smaller effects. */
  static final double NOISE = Math.log(1.03);

  private final String text;
  private final int exitStatus;

  Verdict(String text, int exitStatus) {
    this.text = text;
    this.exitStatus = exitStatus;
  }

  /**
   * Judges a slowdown. It fails where it is 5 % or more and its whole interval above 0, above the
   * noise even, where there is much. It passes only if there is little noise, and no slowdown of 5
   * % that merely could be chance.
   *
   * @param slowdown the logarithm of the time over the time allowed
   * @param noise the logarithm of the kernel's time over its own time
   */
  static Verdict of(Interval slowdown, double noise) {
    boolean noisy = noise > NOISE;
    if (slowdown.mid() >= EFFECT && slowdown.low() > (noisy ? noise : 0)) {
      return FAIL;
    }
    return noisy || slowdown.mid() >= EFFECT ? INCONCLUSIVE : PASS;
  }

  /** The worst of several; pass where there are none. */
  static Verdict worst(Collection<Verdict> verdicts) {
    return verdicts.stream().max(Verdict::compareTo).orElse(PASS);
  }

  int exitStatus() {
    return exitStatus;
  }

  @Override
  public String toString() {
    return text;
  }
}
