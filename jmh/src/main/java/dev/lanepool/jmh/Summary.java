package dev.lanepool.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A run's results as a table for people. */
final class Summary {
  private final Results results;
  private final Ratios ratios;

  Summary(Results results) {
    this.results = results;
    this.ratios = new Ratios(results);
  }

  @Override
  public String toString() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("case", "time", "/ roof", "scalar /", "A/A", "bytes", "note"));
    for (Case of : results.cases()) {
      rows.add(
          List.of(
              of.toString(),
              ratios.micros(of, Variant.KERNEL).map(Text::micros).orElse(""),
              ratio(of, Variant.KERNEL, Variant.ROOF),
              ratio(of, Variant.SCALAR, Variant.KERNEL),
              ratios.noise(of).map(noise -> "±" + Text.percent(noise)).orElse(""),
              Allocations.most(results, of),
              note(of)));
    }
    return Text.table(rows);
  }

  private String ratio(Case of, String variant, String base) {
    return ratios.interval(of, variant, base).map(Interval::toString).orElse("");
  }

  private String note(Case of) {
    return switch (of.mode()) {
      case THREADS -> scaling(of);
      case POLLUTED -> pollution(of);
      default -> "";
    };
  }

  /** Calls per second of all threads, over those of one. */
  private String scaling(Case of) {
    Case alone = new Case(of.kernel(), of.shape(), of.mode(), of.bits(), 1);
    return quotient(alone, of)
        .map(q -> String.format(Locale.ROOT, "%.2f × one thread", of.threads() * q))
        .orElse("");
  }

  private String pollution(Case of) {
    Case clean = new Case(of.kernel(), of.shape(), Mode.HOT, of.bits(), of.threads());
    return quotient(of, clean).map(q -> Text.percent(Math.log(q)) + " slower than hot").orElse("");
  }

  private Optional<Double> quotient(Case of, Case base) {
    return ratios
        .micros(of, Variant.KERNEL)
        .flatMap(time -> ratios.micros(base, Variant.KERNEL).map(other -> time / other));
  }
}
