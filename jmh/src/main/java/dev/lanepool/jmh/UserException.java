package dev.lanepool.jmh;

/** What the person at the command line can mend: the program ends with this one line. */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Says what is wrong.
   *
   * @param message one line
   */
  public UserException(String message) {
    super(message);
  }
}
