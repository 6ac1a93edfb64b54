package dev.lanepool.jmh;

import static dev.lanepool.kernel.Reduction.L2;
import static dev.lanepool.kernel.Reduction.MAX;
import static dev.lanepool.kernel.Reduction.MEAN;

import dev.lanepool.ElementType;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything that can be measured, by name: the list of kernels, and what is built of them. */
final class Workloads {
  /** What people run most. */
  static final List<String> USUAL =
      List.of(
          "MEAN_FLOAT32_*",
          "MAX_FLOAT32_*",
          "ARG_MAX_FLOAT32_*",
          "MEAN_MAX_FLOAT32_*",
          DenseLayer.NAME);

  private static final Map<String, Kernel> KERNELS = named(list());

  private Workloads() {}

  private static List<Kernel> list() {
    List<Kernel> kernels = new ArrayList<>();
    KernelSpec.all().forEach(spec -> kernels.add(Kernel.of(spec)));
    for (Layout layout : Layout.values()) {
      kernels.addAll(gradients(layout));
      kernels.addAll(ofMaps(layout));
      kernels.addAll(adaptive(layout));
    }
    kernels.add(Kernel.of("STREAMED_MEAN_FLOAT32", Layout.NCHW, Shapes.LARGE, StreamedMean::new));
    // Lambdas, not method references: these would load the vectors' classes here.
    kernels.add(bound("WIDENED_SUM", () -> new double[8], (x, to) -> WidenedSum.sum(x, to)));
    kernels.add(bound("BIT_MAXIMA", () -> new int[2], (x, to) -> BitMaxima.maxima(x, to)));
    kernels.add(Kernel.ofRows("DENSE", DenseLayer::new));
    kernels.add(Kernel.ofRows("DENSE_INPUT_GRADIENT", DenseInputGradient::new));
    kernels.add(Kernel.ofRows("DENSE_WEIGHT_GRADIENT", DenseWeightGradient::new));
    return kernels;
  }

  /** A loop over all values, whatever the layout: kernels of maps are named with one. */
  private static <T> Kernel bound(String name, Supplier<T> result, BiConsumer<float[], T> loop) {
    return Kernel.of(
        name + "_FLOAT32", Layout.NCHW, Shapes.MAPS, e -> new Bound<>(e, result.get(), loop));
  }

  /** Of every reduction that is one, with its index or without. */
  private static List<Kernel> gradients(Layout l) {
    return Arrays.stream(KernelSpec.Operation.values())
        .filter(operation -> operation.reduction() != null && !operation.indexed())
        .map(
            operation ->
                Kernel.of(
                    operation + "_GRADIENT_FLOAT32",
                    l,
                    Shapes.MAPS,
                    e -> ReductionGradient.ofMaps(operation.reduction(), l, e)))
        .toList();
  }

  private static List<Kernel> ofMaps(Layout l) {
    return List.of(
        Kernel.of("MASKED_MEAN_FLOAT32", l, Shapes.MAPS, e -> SelectedMean.masked(l, e)),
        Kernel.of("WEIGHTED_MEAN_FLOAT32", l, Shapes.MAPS, e -> SelectedMean.weighted(l, e)),
        Kernel.of("WEIGHT_GRADIENT_FLOAT32", l, Shapes.MAPS, e -> new WeightGradient(l, e)),
        Kernel.of("QUANTIZED_MEAN_INT8", l, Shapes.MAPS, e -> new QuantizedMean(l, e)),
        Kernel.of("PARALLEL_MEAN_FLOAT32", l, Shapes.LARGE, e -> new ParallelMean(l, e)),
        Kernel.of(
            "CLASS_ACTIVATION_MAP_FLOAT32", l, Shapes.PICTURES, e -> new ActivationMap(l, e)));
  }

  /** The mean and the maximum have loops of their own; the norm stands for all other reductions. */
  private static List<Kernel> adaptive(Layout l) {
    return List.of(
        ofWindows("ADAPTIVE_MEAN_FLOAT32", l, e -> AdaptivePooling.ofPlanes(MEAN, l, e)),
        ofWindows("ADAPTIVE_MAX_FLOAT32", l, e -> AdaptivePooling.ofPlanes(MAX, l, e)),
        ofWindows("ADAPTIVE_L2_FLOAT32", l, e -> AdaptivePooling.ofPlanes(L2, l, e)),
        ofVolumes("ADAPTIVE_MEAN_3D_FLOAT32", l, e -> AdaptivePooling.ofVolumes(MEAN, l, e)),
        ofVolumes("ADAPTIVE_MAX_3D_FLOAT32", l, e -> AdaptivePooling.ofVolumes(MAX, l, e)),
        ofWindows(
            "ADAPTIVE_MEAN_GRADIENT_FLOAT32", l, e -> ReductionGradient.ofWindows(MEAN, l, e)),
        ofWindows("ADAPTIVE_MAX_GRADIENT_FLOAT32", l, e -> new AdaptiveMaxGradient(l, e)),
        ofWindows("ADAPTIVE_L2_GRADIENT_FLOAT32", l, e -> ReductionGradient.ofWindows(L2, l, e)));
  }

  private static Kernel ofWindows(String name, Layout l, Function<int[], Workload> workload) {
    return Kernel.of(name, l, Shapes.WINDOWS, workload);
  }

  private static Kernel ofVolumes(String name, Layout l, Function<int[], Workload> workload) {
    return Kernel.of(name, l, Shapes.VOLUMES, workload);
  }

  private static Map<String, Kernel> named(List<Kernel> kernels) {
    Map<String, Kernel> named = new LinkedHashMap<>();
    kernels.forEach(kernel -> named.put(kernel.name(), kernel));
    return Collections.unmodifiableMap(named);
  }

  /** How kernels are named, line by line. */
  static List<String> help() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "Reductions are named OPERATION_TYPE_LAYOUT, such as MAX_FLOAT16_NHWC, for maps in arrays;"
            + " _NATIVE behind it is for native memory, _CROP for a part of larger planes.");
    lines.add("Operations: " + Arrays.toString(KernelSpec.Operation.values()));
    lines.add("Types: " + Arrays.toString(ElementType.values()));
    lines.add("Other kernels, and the first of their usual shapes:");
    kernels().stream()
        .filter(kernel -> kernel.reduction().isEmpty())
        .forEach(k -> lines.add("  " + k.name() + ": " + k.usual().get(0)));
    return lines;
  }

  static List<Kernel> kernels() {
    return List.copyOf(KERNELS.values());
  }

  /**
   * The kernels of a list of names and patterns. A name stands for itself; in a pattern * stands
   * for anything, but it only matches what the filter lets through.
   *
   * @throws UserException if a name or a pattern stands for nothing
   */
  static List<Kernel> matching(List<String> patterns, Predicate<Kernel> filter) {
    return patterns.stream().flatMap(p -> matching(p, filter)).distinct().toList();
  }

  private static Stream<Kernel> matching(String pattern, Predicate<Kernel> filter) {
    if (!pattern.contains("*")) {
      return Stream.of(get(pattern));
    }
    String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
    List<Kernel> found =
        KERNELS.values().stream().filter(filter).filter(k -> k.name().matches(regex)).toList();
    if (found.isEmpty()) {
      throw unknown(pattern);
    }
    return found.stream();
  }

  /**
   * The kernel with a name.
   *
   * @throws UserException if there is none
   */
  static Kernel get(String name) {
    return Optional.ofNullable(KERNELS.get(name)).orElseThrow(() -> unknown(name));
  }

  private static UserException unknown(String name) {
    return new UserException(
        "no kernel that was chosen is called " + name + "; bench --help says how they are named");
  }

  static Workload of(String kernel, String shape) {
    Kernel named = get(kernel);
    if (!named.takes(shape)) {
      throw new UserException(
          kernel
              + " takes no "
              + shape
              + "; a shape such as "
              + named.usual().get(0)
              + " was needed");
    }
    return named.workload().apply(Shapes.extents(shape));
  }
}
