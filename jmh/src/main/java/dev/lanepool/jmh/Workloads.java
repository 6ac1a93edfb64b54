package dev.lanepool.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Everything that can be measured, by name: the list of kernels, and the dense layer. */
final class Workloads {
  private Workloads() {}

  static List<String> kernels() {
    return Stream.concat(Arrays.stream(KernelNames.all()), Stream.of(DenseLayer.NAME)).toList();
  }

  /** The kernels that fit any of the patterns, in which {@code *} stands for anything. */
  static List<String> kernels(List<String> patterns) {
    return patterns.stream().flatMap(Workloads::matching).distinct().toList();
  }

  private static Stream<String> matching(String pattern) {
    String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
    List<String> found = kernels().stream().filter(name -> name.matches(regex)).toList();
    if (found.isEmpty()) {
      throw new UserException(
          "no kernel is called " + pattern + "; there are " + String.join(", ", kernels()));
    }
    return found.stream();
  }

  /** Whether a kernel takes inputs of a shape: dense layers have three extents, maps four. */
  static boolean fits(String kernel, String shape) {
    return kernel.equals(DenseLayer.NAME) == (Shapes.extents(shape).length == 3);
  }

  static Workload of(String kernel, String shape) {
    return kernel.equals(DenseLayer.NAME)
        ? new DenseLayer(Shapes.extents(shape))
        : new Reduction(KernelNames.find(kernel), Shapes.parse(shape));
  }
}
