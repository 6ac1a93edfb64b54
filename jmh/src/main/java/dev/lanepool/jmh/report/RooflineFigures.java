package dev.lanepool.jmh.report;

import dev.lanepool.jmh.Case;
import dev.lanepool.jmh.Machine;
import dev.lanepool.jmh.Mode;
import dev.lanepool.jmh.Text;
import dev.lanepool.jmh.Variant;
import dev.lanepool.jmh.report.Chart.Mark;
import dev.lanepool.jmh.report.Chart.Series;
import dev.lanepool.jmh.report.Table.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How many bytes a second a kernel reads, over the size of its input. */
final class RooflineFigures {
  private static final Pattern BITS = Pattern.compile("\\d+");
  private static final Pattern MAPS = Pattern.compile("\\d+x\\d+(x\\d+x\\d+)");
  private static final double BYTES_PER_MICRO_PER_GB = 1e3;

  private final Run run;

  RooflineFigures(Run run) {
    this.run = run;
  }

  /** One figure per kernel and size of planes. */
  List<Figure> all() {
    List<Figure> figures = new ArrayList<>();
    run.widest(Mode.SWEEP)
        .forEach(
            (kernel, cases) ->
                sweeps(cases).values().forEach(sweep -> figures.add(figure(kernel, sweep))));
    return figures;
  }

  /** Cases of one size of planes, the smallest input first. */
  private static Map<String, List<Case>> sweeps(List<Case> cases) {
    return cases.stream()
        .filter(of -> MAPS.matcher(of.shape()).matches())
        .sorted(Comparator.comparingDouble(RooflineFigures::bytes))
        .collect(
            Collectors.groupingBy(
                of -> plane(of.shape()), LinkedHashMap::new, Collectors.toList()));
  }

  private static String plane(String shape) {
    Matcher matcher = MAPS.matcher(shape);
    matcher.matches();
    return matcher.group(1);
  }

  /** The input's size: its extents, and the bits that the kernel's name gives its type. */
  static double bytes(Case of) {
    double values =
        Arrays.stream(of.shape().split("x"))
            .mapToDouble(Double::parseDouble)
            .reduce(1, (a, b) -> a * b);
    Matcher bits = BITS.matcher(of.kernel());
    return bits.find() ? values * Integer.parseInt(bits.group()) / Byte.SIZE : values;
  }

  private Figure figure(String kernel, List<Case> sweep) {
    List<String> variants =
        sweep.stream()
            .flatMap(of -> run.variants(of).stream())
            .distinct()
            .filter(variant -> !variant.equals(Variant.AGAIN))
            .toList();
    List<Series> series =
        variants.stream()
            .map(variant -> new Series(Words.variant(variant), points(sweep, variant)))
            .toList();
    Chart chart = new Chart("input, bytes", "GB/s read", List.of(), series, caches(sweep));
    String title =
        String.format(
            "%s, planes of %s, %s",
            Words.kernel(kernel),
            Words.shape(plane(sweep.get(0).shape()).substring(1)),
            Words.width(sweep.get(0).bits()));
    return new Figure(title, List.of(chart), table(sweep, variants));
  }

  private List<double[]> points(List<Case> sweep, String variant) {
    List<double[]> points = new ArrayList<>();
    for (Case of : sweep) {
      run.micros(of, variant)
          .ifPresent(micros -> points.add(new double[] {bytes(of), rate(of, micros)}));
    }
    return points;
  }

  private static double rate(Case of, double micros) {
    return bytes(of) / micros / BYTES_PER_MICRO_PER_GB;
  }

  /** The caches whose size lies within the sweep. */
  private List<Mark> caches(List<Case> sweep) {
    double least = bytes(sweep.get(0));
    double most = bytes(sweep.get(sweep.size() - 1));
    return run.results().machine().caches().stream()
        .filter(cache -> !cache.type().equalsIgnoreCase("instruction"))
        .filter(cache -> cache.bytes() > least && cache.bytes() < most)
        .sorted(Comparator.comparingInt(Machine.Cache::level))
        .map(cache -> new Mark(cache.bytes(), "L" + cache.level()))
        .toList();
  }

  private Table table(List<Case> sweep, List<String> variants) {
    List<String> head = new ArrayList<>(List.of("shape", "input"));
    variants.forEach(variant -> head.add(Words.variant(variant) + ", GB/s"));
    List<List<Cell>> rows = new ArrayList<>();
    for (Case of : sweep) {
      List<Cell> row = new ArrayList<>(Table.row(Words.shape(of.shape()), Words.bytes(bytes(of))));
      for (String variant : variants) {
        String rate =
            run.micros(of, variant).map(micros -> Text.number(rate(of, micros))).orElse("");
        row.add(new Cell(rate, ""));
      }
      rows.add(row);
    }
    return new Table(head, rows);
  }
}
