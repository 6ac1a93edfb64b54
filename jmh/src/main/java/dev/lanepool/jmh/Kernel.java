package dev.lanepool.jmh;

import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSpec;
import dev.lanepool.kernel.KernelSpec.Storage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kernel that can be measured.
 *
 * @param name what it is called, such as {@code MEAN_FLOAT32_NCHW}
 * @param reduction the reduction of the list of kernels that it is; empty for others
 * @param layout of the maps; empty where there are none
 * @param storage of the maps
 * @param usual the shapes that it is measured on where none are named
 * @param extents how many extents its shapes have
 * @param workload makes its calls on inputs of so many extents
 */
record Kernel(
    String name,
    Optional<KernelSpec> reduction,
    Optional<Layout> layout,
    Storage storage,
    List<String> usual,
    int extents,
    Function<int[], Workload> workload) {
  private static final int MAPS = 4;

  static Kernel of(KernelSpec spec) {
    String name = spec.operation() + "_" + spec.type() + "_" + spec.layout();
    return new Kernel(
        spec.storage() == Storage.ARRAY ? name : name + "_" + spec.storage(),
        Optional.of(spec),
        Optional.of(spec.layout()),
        spec.storage(),
        Shapes.MAPS,
        MAPS,
        extents -> new Reduction(spec, Shapes.maps(extents)));
  }

  /** A kernel on maps in arrays; the name holds their type. */
  static Kernel of(
      String name, Layout layout, List<String> usual, Function<int[], Workload> workload) {
    return new Kernel(
        name + "_" + layout,
        Optional.empty(),
        Optional.of(layout),
        Storage.ARRAY,
        usual,
        Shapes.extents(usual.get(0)).length,
        workload);
  }

  /** A kernel on rows of floats. */
  static Kernel ofRows(String name, Function<int[], Workload> workload) {
    return new Kernel(
        name + "_FLOAT32",
        Optional.empty(),
        Optional.empty(),
        Storage.ARRAY,
        Shapes.ROWS,
        Shapes.extents(Shapes.ROWS.get(0)).length,
        workload);
  }

  boolean takes(String shape) {
    return Shapes.extents(shape).length == extents;
  }
}
