package dev.lanepool.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of global pooling, each with its name, its options and their defaults. */
enum PoolKind {
  /** {@link GlobalAvgPool}, {@code "avg"}. */
  AVG(Map.of(), options -> new GlobalAvgPool()),
  /** {@link GlobalMaxPool}, {@code "max"}. */
  MAX(Map.of(), options -> new GlobalMaxPool()),
  /** {@link AvgMaxPool}, {@code "avgmax"}. */
  AVGMAX(Map.of(), options -> new AvgMaxPool()),
  /** {@link CatAvgMaxPool} with the averages first, as timm has it, {@code "catavgmax"}. */
  CATAVGMAX(Map.of(), options -> CatAvgMaxPool.avgFirst()),
  /** {@link CatAvgMaxPool} with the maxima first, as fastai has it, {@code "catmaxavg"}. */
  CATMAXAVG(Map.of(), options -> CatAvgMaxPool.maxFirst()),
  /** {@link GeMPool}, {@code "gem"}, with {@code p} = 3 and {@code eps} = 1e-6. */
  GEM(
      Map.of("p", GeMPool.DEFAULT_P, "eps", GeMPool.DEFAULT_EPS),
      options -> new GeMPool(options.get("p"), options.get("eps"))),
  /** {@link LogSumExpPool}, {@code "lse"}, with {@code r} = 1. */
  LSE(Map.of("r", LogSumExpPool.DEFAULT_R), options -> new LogSumExpPool(options.get("r")));

  private final Map<String, Double> defaults;
  private final Function<Map<String, Double>, GlobalPool> constructor;

  PoolKind(Map<String, Double> defaults, Function<Map<String, Double>, GlobalPool> constructor) {
    this.defaults = defaults;
    this.constructor = constructor;
  }

  /** The kind of that name, a constant's in lower case. */
  static PoolKind named(String name) {
    Objects.requireNonNull(name, "name is null; a pooling was needed");
    for (PoolKind kind : values()) {
      if (kind.toString().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "pooling is " + name + "; one of " + String.join(", ", names()) + " was needed");
  }

  static List<String> names() {
    return Stream.of(values()).map(PoolKind::toString).toList();
  }

  /** A layer of this kind; an option that is missing has its default. */
  GlobalPool create(Map<String, Double> options) {
    Objects.requireNonNull(options, "options is null; values by name were needed");
    Map<String, Double> all = new LinkedHashMap<>(defaults);
    options.forEach(
        (option, value) -> {
          if (!defaults.containsKey(option)) {
            throw new IllegalArgumentException(
                "option is " + option + "; " + this + " takes " + optionNames());
          }
          all.put(option, Objects.requireNonNull(value, option + " is null; a number was needed"));
        });
    return constructor.apply(all);
  }

  private String optionNames() {
    return defaults.isEmpty()
        ? "no option"
        : defaults.keySet().stream().sorted().collect(Collectors.joining(" and "));
  }

  /** The name that {@link #named} takes. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
