package dev.lanepool.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

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

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads a result file.
   *
   * @param file where it is
   * @return what it holds
   * @throws UserException if it is missing or damaged; the message is one line
   */
  public static Results read(Path file) {
    Results results;
    try {
      results = JSON.readValue(Files.readString(file), Results.class);
    } catch (NoSuchFileException e) {
      throw new UserException("there is no file " + file);
    } catch (IOException e) {
      throw new UserException("can't read " + file + ": " + e.getMessage());
    } catch (JacksonException e) {
      throw new UserException(file + " is damaged: " + place(e) + e.getOriginalMessage());
    }
    results.check(file);
    return results;
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
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
      String problem = measurements.get(i).problem();
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
    Path target = file.toAbsolutePath();
    try {
      Path part = Files.createTempFile(target.getParent(), "results", ".part");
      try {
        Files.writeString(part, JSON.writeValueAsString(this) + "\n");
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UserException("can't write " + file + ": " + e.getMessage());
    }
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
