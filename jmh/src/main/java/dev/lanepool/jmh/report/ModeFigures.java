package dev.lanepool.jmh.report;

import dev.lanepool.jmh.Case;
import dev.lanepool.jmh.Measurement;
import dev.lanepool.jmh.Mode;
import dev.lanepool.jmh.Text;
import dev.lanepool.jmh.Variant;
import dev.lanepool.jmh.report.Chart.Mark;
import dev.lanepool.jmh.report.Entries.Entry;
import dev.lanepool.jmh.report.Table.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a kernel costs with other vectors, and under other circumstances, than usual. */
final class ModeFigures {
  private static final double MICROS_PER_MILLI = 1e3;

  private final Run run;

  ModeFigures(Run run) {
    this.run = run;
  }

  /** Every vector width against the widest, where a kernel was measured at several. */
  List<Figure> widths() {
    List<Entry> entries = new ArrayList<>();
    for (Case of : cases(Mode.HOT)) {
      List<Case> widths =
          cases(Mode.HOT).stream()
              .filter(o -> o.kernel().equals(of.kernel()) && o.shape().equals(of.shape()))
              .toList();
      if (widths.size() > 1) {
        Case widest = widths.stream().max(Comparator.comparingInt(Case::bits)).orElseThrow();
        add(entries, of, Words.width(of.bits()), time(widest).map(base -> 1 / base));
      }
    }
    return new Entries("time / widest vectors'", List.of(new Mark(1, "widest")), entries).figures();
  }

  /** Times after every other kernel has run in the same JVM, over those before. */
  List<Figure> polluted() {
    List<Entry> entries = new ArrayList<>();
    for (Case of : cases(Mode.POLLUTED)) {
      Case hot = new Case(of.kernel(), of.shape(), Mode.HOT, of.bits(), of.threads());
      add(entries, of, Words.width(of.bits()), time(hot).map(base -> 1 / base));
    }
    return new Entries("time / hot time", List.of(new Mark(1, "hot")), entries).figures();
  }

  /** Calls of all threads per second, over those of one thread. */
  List<Figure> threads() {
    List<Entry> entries = new ArrayList<>();
    for (Case of : cases(Mode.THREADS)) {
      Case alone = new Case(of.kernel(), of.shape(), of.mode(), of.bits(), 1);
      Optional<Double> speedup =
          time(alone).flatMap(one -> time(of).map(all -> of.threads() * one / all));
      String label = of.threads() + (of.threads() == 1 ? " thread, " : " threads, ");
      speedup.ifPresent(
          value ->
              entries.add(
                  new Entry(of, label + Words.width(of.bits()), time(of).orElseThrow(), value)));
    }
    return new Entries("calls per second / one thread's", List.of(new Mark(1, "one")), entries)
        .figures();
  }

  /** Times in ms: of a mode that measures no steady call. */
  List<Figure> startup(Mode mode) {
    List<Entry> entries = new ArrayList<>();
    for (Case of : cases(mode)) {
      for (String variant : List.of(Variant.KERNEL, Variant.SCALAR)) {
        String label = Words.variant(variant) + ", " + Words.width(of.bits());
        run.micros(of, variant)
            .ifPresent(
                micros -> entries.add(new Entry(of, label, micros, micros / MICROS_PER_MILLI)));
      }
    }
    return new Entries("ms", List.of(), entries).figures();
  }

  /** Bytes allocated per call: the most of all forks. */
  List<Figure> allocation() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Case of : run.results().cases()) {
      measured(of)
          .map(Measurement::bytesPerCall)
          .filter(Objects::nonNull)
          .max(Comparator.naturalOrder())
          .ifPresent(
              bytes ->
                  rows.add(
                      Table.row(
                          Words.kernel(of.kernel()),
                          Words.shape(of.shape()),
                          of.mode().toString(),
                          Words.width(of.bits()),
                          Text.number(bytes))));
    }
    return rows.isEmpty()
        ? List.of()
        : List.of(
            new Figure(
                "Every kernel",
                List.of(),
                new Table(List.of("kernel", "shape", "mode", "width", "bytes per call"), rows)));
  }

  private Stream<Measurement> measured(Case of) {
    return run.results().measurements().stream()
        .filter(m -> m.of().equals(of) && m.variant().equals(Variant.KERNEL));
  }

  private List<Case> cases(Mode mode) {
    return run.results().cases().stream().filter(of -> of.mode() == mode).toList();
  }

  private Optional<Double> time(Case of) {
    return run.micros(of, Variant.KERNEL);
  }

  private void add(List<Entry> entries, Case of, String label, Optional<Double> factor) {
    time(of)
        .ifPresent(
            micros -> factor.ifPresent(f -> entries.add(new Entry(of, label, micros, micros * f))));
  }
}
