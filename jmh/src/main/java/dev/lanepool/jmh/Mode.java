package dev.lanepool.jmh;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Under which circumstances a kernel is measured. */
public enum Mode {
  /** The same input at every call: the working set stays where it fits. */
  HOT,
  /** The inputs rotate over at least 256 MB, so that every call reads from memory. */
  COLD,
  /** Hot, with inputs that grow from the first-level cache to main memory. */
  SWEEP,
  /** Hot, after every kernel has run on every type and several shapes in the same JVM. */
  POLLUTED,
  /** The first call of a fresh JVM, the choice of a backend included. */
  FIRST_CALL,
  /** The time a fresh JVM needs from its first call until calls take no longer than later ones. */
  STEADY_STATE,
  /** Hot, in several threads at once, each with its own input. */
  THREADS,
  /** Hot, for the bytes that a call allocates. */
  ALLOCATION;

  /** The name in files and on the command line, such as {@code first-call}. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
