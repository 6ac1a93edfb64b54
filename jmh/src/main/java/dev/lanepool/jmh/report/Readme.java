package dev.lanepool.jmh.report;

import dev.lanepool.jmh.Results;
import dev.lanepool.jmh.UserException;
import java.nio.file.Path;
import java.util.List;

/** A README whose performance section is made of result files. */
final class Readme {
  static final String BEGIN = "<!-- performance: begin -->";
  static final String END = "<!-- performance: end -->";

  private Readme() {}

  /**
   * The README with its section written anew.
   *
   * @param file its name, for messages
   * @param text what it says now
   * @param results of one machine and JDK
   * @throws UserException if a marker is missing, or the results are of several machines
   */
  static String rewrite(Path file, String text, List<Results> results) {
    int begin = text.indexOf(BEGIN);
    if (begin < 0) {
      throw new UserException(file + " has no line " + BEGIN);
    }
    int end = text.indexOf(END, begin);
    if (end < 0) {
      throw new UserException(file + " has no line " + END + " after " + BEGIN);
    }
    if (results.stream().map(r -> List.of(r.machine(), r.jdk())).distinct().count() > 1) {
      throw new UserException("the results are of several machines or JDKs; one was needed");
    }
    return text.substring(0, begin + BEGIN.length())
        + "\n"
        + new ReadmeSection(results).markdown()
        + text.substring(end);
  }
}
