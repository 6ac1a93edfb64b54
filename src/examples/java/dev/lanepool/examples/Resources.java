package dev.lanepool.examples;

import java.io.IOException;
import java.io.InputStream;

/** The files that come with the examples. */
final class Resources {
  private Resources() {}

  /**
   * Reads one.
   *
   * @param name its path on the class path
   * @throws InputException if it isn't there
   */
  static byte[] bytes(String name) {
    try (InputStream in = Resources.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new InputException(name + " is not on the class path; it was needed there");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new InputException(name, e, "a readable resource");
    }
  }
}
