package dev.lanepool.jmh;

import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSpec.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Option;

/** What is measured, and how long: the options of a run. */
final class BenchOptions {
  private static final List<String> QUICK_KERNELS = List.of("MEAN_FLOAT32_*", "MAX_FLOAT32_*");
  private static final List<String> QUICK_SHAPES = List.of("1x2048x7x7", "1x1024x14x14");
  private static final List<String> SWEPT_SHAPES = List.of("1x2048x7x7");

  @Option(
      names = "--quick",
      description =
          "Mean and maximum on two shapes, 3 forks: a few minutes. Other options override that.")
  private boolean quick;

  @Option(
      names = "--kernels",
      split = ",",
      paramLabel = "NAME",
      description =
          "Kernels by name, such as MEAN_FLOAT32_NCHW, or by patterns in which * stands for"
              + " anything; see below. Default: mean, max, arg-max, mean-max and dense of float32.")
  private List<String> kernels;

  @Option(
      names = "--layouts",
      split = ",",
      paramLabel = "LAYOUT",
      description = "Layouts that a * may stand for: NCHW, NHWC or both (the default).")
  private List<String> layouts = List.of("NCHW", "NHWC");

  @Option(
      names = "--storages",
      split = ",",
      paramLabel = "STORAGE",
      description = "Storages that a * may stand for: ARRAY (the default), NATIVE, CROP.")
  private List<String> storages = List.of("ARRAY");

  @Option(
      names = "--shapes",
      split = ",",
      paramLabel = "SHAPE",
      description =
          "NxCxHxW, NxCxHxW-HxW for results that are maps, NxCxDxHxW-DxHxW of volumes, rows x"
              + " inputs x outputs for dense, or a group: usual (the default; each kernel has its own), heads, squeezes.")
  private List<String> shapes;

  @Option(
      names = "--widths",
      split = ",",
      paramLabel = "BITS",
      description = "512, 256, 128, scalar or max (the default), the widest of this machine.")
  private List<String> widths = List.of("max");

  @Option(
      names = "--modes",
      split = ",",
      paramLabel = "MODE",
      description =
          "hot (the default), sweep, cold, polluted, first-call, steady-state, threads, allocation.")
  private List<String> modes = List.of("hot");

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "Thread counts of the mode threads; default: 1 and one per core.")
  private List<Integer> threads = List.of(1, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "NAME",
      description = "Peers measured beside hot and swept kernels, by name, or all; default: none.")
  private List<String> peers = List.of();

  @Option(names = "--forks", paramLabel = "N", description = "Rounds of forks; default: 10.")
  private Integer forks;

  @Option(
      names = "--warmups",
      paramLabel = "N",
      description = "Iterations of a fork before those that count; default: ${DEFAULT-VALUE}.")
  private int warmups = 30;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Iterations of a fork that count; default: ${DEFAULT-VALUE}.")
  private int iterations = 60;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "Time of an iteration; default: ${DEFAULT-VALUE}.")
  private String time = "2ms";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Receives what is measured; default: ${DEFAULT-VALUE}.")
  private Path output = Path.of("results.json");

  Path output() {
    return output;
  }

  int forks() {
    int count = forks == null ? (quick ? 3 : 10) : forks;
    return atLeastOne("--forks", count);
  }

  Timing timing() {
    try {
      return new Timing(
          atLeastOne("--warmups", warmups),
          atLeastOne("--iterations", iterations),
          TimeValue.fromString(time));
    } catch (IllegalArgumentException e) {
      throw new UserException("--time is " + time + "; a time such as 100ms was needed");
    }
  }

  private static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new UserException(option + " is " + value + "; at least 1 was needed");
    }
    return value;
  }

  /** The widths by the bits that they have on this machine. */
  Map<Integer, Width> widths() {
    Map<Integer, Width> bits = new LinkedHashMap<>();
    for (String width : widths) {
      bits.putIfAbsent(Probe.bits(Width.of(width)), Width.of(width));
    }
    return bits;
  }

  /** Everything to be measured at those widths. */
  List<Case> cases(Iterable<Integer> bits) {
    List<Case> cases = new ArrayList<>();
    for (int b : bits) {
      for (Mode mode : constants("--modes", modes, Mode.values())) {
        for (int t : threads(mode)) {
          for (Kernel kernel : kernels()) {
            for (String shape : shapes(mode, kernel)) {
              cases.add(new Case(kernel.name(), shape, mode, b, t));
            }
          }
        }
      }
    }
    if (cases.isEmpty()) {
      throw new UserException("no kernel that was chosen takes a shape that was chosen");
    }
    return cases;
  }

  /** The peers that were chosen. */
  List<Peer> peers() {
    return peers.equals(List.of("all"))
        ? Peers.available()
        : peers.stream().map(Peers::find).toList();
  }

  private List<Integer> threads(Mode mode) {
    if (mode != Mode.THREADS) {
      return List.of(1);
    }
    return threads.stream().map(n -> atLeastOne("--threads", n)).distinct().toList();
  }

  private List<String> shapes(Mode mode, Kernel kernel) {
    List<String> named = Shapes.named(shapeNames(mode), kernel.usual());
    return (mode == Mode.SWEEP ? Shapes.sweep(named) : named)
        .stream().filter(kernel::takes).toList();
  }

  private List<String> shapeNames(Mode mode) {
    if (shapes != null) {
      return shapes;
    }
    if (mode == Mode.SWEEP) {
      return SWEPT_SHAPES;
    }
    return quick ? QUICK_SHAPES : List.of("usual");
  }

  private List<Kernel> kernels() {
    List<Layout> ofLayouts = constants("--layouts", layouts, Layout.values());
    List<Storage> ofStorages = constants("--storages", storages, Storage.values());
    List<String> names = kernels != null ? kernels : quick ? QUICK_KERNELS : Workloads.USUAL;
    return Workloads.matching(
        names,
        kernel ->
            ofStorages.contains(kernel.storage())
                && kernel.layout().map(ofLayouts::contains).orElse(true));
  }

  private static <T> List<T> constants(String option, List<String> names, T[] all) {
    return names.stream()
        .map(
            name ->
                Arrays.stream(all)
                    .filter(constant -> constant.toString().equals(name))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new UserException(
                                option
                                    + " is "
                                    + name
                                    + "; one of "
                                    + Arrays.toString(all)
                                    + " was needed")))
        .toList();
  }
}
