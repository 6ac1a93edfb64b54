package dev.lanepool.jmh.report;

import com.samskivert.mustache.Mustache;
import dev.lanepool.jmh.Machine;
import dev.lanepool.jmh.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * One HTML page about result files: no server, no network, and without JavaScript all the tables.
 * Results of one machine and JDK are shown together.
 */
final class Report {
  private static final JsonMapper JSON = new JsonMapper();

  /** A line about the machine. */
  private record Fact(String name, String value) {}

  private Report() {}

  /** The page. */
  static String html(List<Results> files) {
    Map<Object, List<Results>> platforms =
        files.stream()
            .collect(
                Collectors.groupingBy(
                    file -> List.of(file.machine(), file.jdk()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Map<String, Object>> parts = new ArrayList<>();
    platforms.values().forEach(same -> parts.add(part("p" + (parts.size() + 1), same)));
    return Mustache.compiler()
        .compile(Assets.text("report.mustache"))
        .execute(
            Map.of(
                "parts", parts,
                "style", Assets.text("report.css"),
                "echarts", Assets.echarts(),
                "script", Assets.text("report.js")));
  }

  private static Map<String, Object> part(String id, List<Results> files) {
    Run run = Run.of(files);
    List<Map<String, Object>> sections =
        Sections.of(run).stream().map(section -> view(id, section)).toList();
    return Map.of(
        "title",
        run.results().machine().cpu() + ", JDK " + run.results().jdk().version(),
        "facts",
        facts(run.results()),
        "commands",
        files.stream().map(Report::command).toList(),
        "sections",
        sections);
  }

  private static Map<String, Object> view(String part, Section section) {
    return Map.of(
        "id", part + "-" + section.id(),
        "title", section.title(),
        "text", section.text(),
        "figures", section.figures().stream().map(Report::view).toList());
  }

  private static Map<String, Object> view(Figure figure) {
    return Map.of(
        "title", figure.title(),
        "whole", figure.isWhole(),
        "charts", figure.charts().stream().map(Report::view).toList(),
        "table", figure.table());
  }

  private static Map<String, Object> view(Chart chart) {
    // without a "<" nothing can end the script element that holds this
    return Map.of(
        "curve", chart.isCurve(), "json", JSON.writeValueAsString(chart).replace("<", "\\u003c"));
  }

  private static String command(Results file) {
    return file.date() + "  java -jar benchmarks.jar " + Words.command(file);
  }

  private static List<Fact> facts(Results results) {
    Machine machine = results.machine();
    String caches =
        machine.caches().stream()
            .map(
                cache ->
                    String.format(
                        "L%d %s %s",
                        cache.level(),
                        cache.type().toLowerCase(Locale.ROOT),
                        Words.bytes(cache.bytes())))
            .collect(Collectors.joining(", "));
    Set<String> flags = new TreeSet<>();
    results.measurements().forEach(m -> flags.addAll(options(m.vmFlags())));
    return List.of(
        new Fact("processor", machine.cpu()),
        new Fact("cores", machine.cores() + ", " + machine.threads() + " threads"),
        new Fact("caches", caches),
        new Fact("memory", Words.bytes(machine.memoryBytes())),
        new Fact("system", machine.os()),
        new Fact("JVM", results.jdk().vm() + " " + results.jdk().version()),
        new Fact("vendor", results.jdk().vendor()),
        new Fact("flags of the forks", String.join(" ", flags)));
  }

  /** Flags with their values, where these are words of their own. */
  private static List<String> options(List<String> flags) {
    return List.of(String.join(" ", flags).split(" (?=-)"));
  }
}
