package dev.lanepool.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A vector width to measure at, and the JVM flags that give it. */
enum Width {
  MAX("max", -1),
  BITS_512("512", 512, "-XX:UseAVX=3"),
  BITS_256("256", 256, "-XX:UseAVX=2"),
  BITS_128("128", 128, "-XX:MaxVectorSize=16"),
  SCALAR("scalar", 0, "-Dlanepool.backend=scalar");

  private final String label;
  private final int bits;
  private final List<String> flags;

  Width(String label, int bits, String... flags) {
    this.label = label;
    this.bits = bits;
    this.flags = List.of(flags);
  }

  /** The width of that name. */
  static Width of(String label) {
    return Arrays.stream(values())
        .filter(width -> width.label.equals(label))
        .findFirst()
        .orElseThrow(
            () -> new UserException("width is " + label + "; one of " + labels() + " was needed"));
  }

  private static String labels() {
    return Arrays.stream(values()).map(Width::toString).collect(Collectors.joining(", "));
  }

  List<String> flags() {
    return flags;
  }

  /** Whether a run at so many bits is what was asked for. */
  boolean accepts(int actual) {
    return this == MAX ? actual > 0 : actual == bits;
  }

  @Override
  public String toString() {
    return label;
  }
}
