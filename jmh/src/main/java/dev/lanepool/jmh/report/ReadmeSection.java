package dev.lanepool.jmh.report;

import dev.lanepool.jmh.Case;
import dev.lanepool.jmh.Mode;
import dev.lanepool.jmh.Results;
import dev.lanepool.jmh.Text;
import dev.lanepool.jmh.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The performance section of a README, in Markdown. */
final class ReadmeSection {
  private final List<Results> files;
  private final Run run;
  private final Targets targets = Targets.load();

  /** About results of one machine and JDK. */
  ReadmeSection(List<Results> files) {
    this.files = files;
    this.run = Run.of(files);
  }

  String markdown() {
    StringBuilder text = new StringBuilder(intro());
    append(
        text,
        "Time over the read roof's, and µs per call; the same input at every call, "
            + widths(Mode.HOT)
            + ":",
        "kernel",
        overRoof());
    append(text, "Time over lanepool's, what others take for the same:", "kernel", others());
    append(text, targetsText(), "shape", reached());
    return text.append(commands()).toString();
  }

  private static void append(StringBuilder text, String lead, String corner, Pivot table) {
    if (!table.isEmpty()) {
      text.append(lead).append("\n\n").append(table.markdown(corner)).append('\n');
    }
  }

  private String intro() {
    int forks =
        cases(Mode.HOT).stream()
            .mapToInt(of -> run.results().forks(of, Variant.KERNEL).size())
            .max()
            .orElse(0);
    return String.format(
        "On %s, JDK %s, one thread, %s. The read roof only reads the same values."
            + " Times move with the machine, ratios less.%n%n",
        Words.markdown(run.results().machine().cpu()),
        run.results().jdk().version(),
        forks == 1 ? "from one fork" : "medians of " + forks + " forks");
  }

  private List<Case> cases(Mode mode) {
    return run.widest(mode).values().stream().flatMap(List::stream).toList();
  }

  private String widths(Mode mode) {
    return cases(mode).stream()
        .map(of -> Words.width(of.bits()))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private Pivot overRoof() {
    Pivot table = new Pivot();
    for (Case of : cases(Mode.HOT)) {
      run.ratio(of, Variant.KERNEL, Variant.ROOF)
          .ifPresent(
              ratio ->
                  table.put(
                      Words.kernel(of.kernel()),
                      Words.shape(of.shape()),
                      Words.ratio(ratio) + " (" + micros(of) + ")"));
    }
    return table;
  }

  private String micros(Case of) {
    return run.micros(of, Variant.KERNEL).map(Text::number).orElseThrow();
  }

  /** The scalar backend, and the peers. */
  private Pivot others() {
    Pivot table = new Pivot();
    for (Case of : cases(Mode.HOT)) {
      Stream.concat(Stream.of(Variant.SCALAR), run.peers(of).stream())
          .forEach(
              variant ->
                  run.ratio(of, variant, Variant.KERNEL)
                      .ifPresent(
                          ratio ->
                              table.put(
                                  Words.kernel(of.kernel()) + ", " + Words.shape(of.shape()),
                                  Words.variant(variant),
                                  Text.number(ratio))));
    }
    return table;
  }

  private String targetsText() {
    return String.format(
        "Reached, and the target, of time over the read roof's. The targets were set for %s, and"
            + " measured was at %s; bold is reached:",
        Words.width(targets.bits()), widths(Mode.HOT));
  }

  private Pivot reached() {
    Pivot table = new Pivot();
    List<Case> all = new ArrayList<>(cases(Mode.HOT));
    all.addAll(cases(Mode.COLD));
    for (Case of : all) {
      String cold = of.mode() == Mode.COLD ? ", cold" : "";
      targets
          .of(of)
          .ifPresent(
              target ->
                  run.ratio(of, Variant.KERNEL, Variant.ROOF)
                      .ifPresent(
                          ratio ->
                              table.put(
                                  Words.shape(of.shape()) + cold,
                                  Words.kernel(of.kernel()),
                                  cell(ratio, target))));
    }
    return table;
  }

  private static String cell(double ratio, double target) {
    String reached = Words.ratio(ratio);
    return (ratio <= target ? "**" + reached + "**" : reached) + " of " + target;
  }

  private String commands() {
    return files.stream()
        .map(file -> "java -jar jmh/target/benchmarks.jar " + Words.command(file))
        .distinct()
        .collect(Collectors.joining("\n", "```\n", "\n```\n"));
  }
}
