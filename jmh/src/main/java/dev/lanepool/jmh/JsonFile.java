package dev.lanepool.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Files of one JSON document each; whatever is wrong with one is told in one line. */
final class JsonFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonFile() {}

  /** A file's text. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new UserException("there is no file " + file);
    } catch (IOException e) {
      throw new UserException("can't read " + file + ": " + e.getMessage());
    }
  }

  /** What a text says, read from the file of that name. */
  static <T> T parse(String name, String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JacksonException e) {
      String place = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      throw new UserException(name + " is damaged: " + place + e.getOriginalMessage());
    }
  }

  /** Fails unless {@link #write} can write there: better before a run of an hour than after it. */
  static void checkWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || !Files.isWritable(folder)) {
      throw new UserException("can't write " + file);
    }
  }

  /** Writes a file, whole or not at all. */
  static void write(Path file, Object value) {
    Path target = file.toAbsolutePath();
    try {
      Path part = target.resolveSibling(target.getFileName() + ".part");
      try {
        Files.writeString(part, JSON.writeValueAsString(value) + "\n");
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UserException("can't write " + file + ": " + e.getMessage());
    }
  }
}
