package dev.lanepool.jmh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many times the read roof each kernel may take: what the gate compares with.
 *
 * @param recorded where the ratios were measured
 * @param ratios by kernel, and then by mode, width and class of shape
 */
record Floors(String recorded, Map<String, Map<String, Double>> ratios) {
  /** The floors that are kept with the sources. */
  static final String COMMITTED = "floors.json";

  /** The committed floors, from the jar. */
  static Floors committed() {
    try (InputStream in = Floors.class.getResourceAsStream(COMMITTED)) {
      return parse("the jar's " + COMMITTED, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserException("can't read the jar's " + COMMITTED + ": " + e.getMessage());
    }
  }

  static Floors read(Path file) {
    return parse(file.toString(), JsonFile.text(file));
  }

  private static Floors parse(String name, String text) {
    Floors floors = JsonFile.parse(name, text, Floors.class);
    if (floors.recorded == null || floors.ratios == null) {
      throw new UserException(name + " is no file of floors: recorded or ratios is missing");
    }
    return floors;
  }

  void write(Path file) {
    JsonFile.write(file, this);
  }

  Optional<Double> of(Case of) {
    return Optional.ofNullable(ratios.getOrDefault(of.kernel(), Map.of()).get(key(of)));
  }

  /**
   * Takes over what was measured: the upper end of the ratio's interval, and the highest of the
   * shapes of a class. Floors of what was not measured stay.
   */
  Floors with(Results results) {
    Map<String, Map<String, Double>> measured = new TreeMap<>();
    Ratios taken = new Ratios(results);
    for (Case of : results.cases()) {
      taken
          .interval(of, Variant.KERNEL, Variant.ROOF)
          .ifPresent(
              ratio ->
                  measured
                      .computeIfAbsent(of.kernel(), k -> new TreeMap<>())
                      .merge(key(of), round(Math.exp(ratio.high())), Math::max));
    }
    Map<String, Map<String, Double>> all = new TreeMap<>();
    ratios.forEach((kernel, floors) -> all.put(kernel, new TreeMap<>(floors)));
    measured.forEach((k, floors) -> all.computeIfAbsent(k, n -> new TreeMap<>()).putAll(floors));
    return new Floors(place(results), all);
  }

  /** Machine and JDK in one line. */
  static String place(Results results) {
    return results.machine().cpu() + ", JDK " + results.jdk().version();
  }

  private static double round(double ratio) {
    return Math.rint(ratio * 100) / 100;
  }

  private static String key(Case of) {
    String width = of.bits() == 0 ? "scalar" : of.bits() + " bits";
    String threads = of.threads() == 1 ? "" : ", " + of.threads() + " threads";
    return of.mode() + ", " + width + threads + ", " + ShapeClass.of(of);
  }
}
