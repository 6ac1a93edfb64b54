package dev.lanepool.jmh;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A result file: what was measured, and where.
 *
 * @param format always {@link #FORMAT}
 * @param date when the run began, in UTC, as ISO 8601 writes it
 * @param command the command line
 * @param machine where it ran
 * @param jdk on what it ran
 * @param measurements everything measured, in the order of time
 */
public record Results(
    String format,
    String date,
    List<String> command,
    Machine machine,
    Jdk jdk,
    List<Measurement> measurements) {
  /** The format's name and version. */
  public static final String FORMAT = "lanepool-benchmarks-1";

  /**
   * Reads a result file.
   *
   * @param file where it is
   * @return what it holds
   * @throws UserException if it is missing or damaged; the message is one line
   */
  public static Results read(Path file) {
    Results results = JsonFile.parse(file.toString(), JsonFile.text(file), Results.class);
    results.check(file);
    return results;
  }

  private void check(Path file) {
    if (!FORMAT.equals(format)) {
      throw new UserException(
          file + " is no result file: its format is " + format + "; " + FORMAT + " was needed");
    }
    if (machine == null || jdk == null || command == null || measurements == null) {
      throw new UserException(
          file + " is damaged: machine, jdk, command or measurements is missing");
    }
    for (int i = 0; i < measurements.size(); i++) {
      String problem = measurements.get(i) == null ? "nothing" : measurements.get(i).problem();
      if (problem != null) {
        throw new UserException(file + " is damaged: measurement " + i + ": " + problem);
      }
    }
  }

  /**
   * Writes a result file, whole or not at all.
   *
   * @param file where it goes; it is replaced
   * @throws UserException if it can't be written
   */
  public void write(Path file) {
    JsonFile.write(file, this);
  }

  /**
   * What was measured, in the order of time.
   *
   * @return every case once
   */
  public Set<Case> cases() {
    return measurements.stream()
        .map(Measurement::of)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * The forks of one variant.
   *
   * @param of what was measured
   * @param variant its variant
   * @return its measurements by fork; empty where there are none
   */
  public List<Measurement> forks(Case of, String variant) {
    return measurements.stream()
        .filter(m -> m.variant().equals(variant) && m.of().equals(of))
        .sorted(Comparator.comparingInt(Measurement::fork))
        .toList();
  }
}
