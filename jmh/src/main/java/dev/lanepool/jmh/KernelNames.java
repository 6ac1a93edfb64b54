package dev.lanepool.jmh;

import dev.lanepool.kernel.KernelSpec;

/** The reductions of the list of kernels by name, such as {@code MEAN_FLOAT32_NCHW}. */
final class KernelNames {
  private KernelNames() {}

  static String name(KernelSpec spec) {
    String name = spec.operation() + "_" + spec.type() + "_" + spec.layout();
    return spec.storage() == KernelSpec.Storage.ARRAY ? name : name + "_" + spec.storage();
  }

  static String[] all() {
    return KernelSpec.all().stream().map(KernelNames::name).toArray(String[]::new);
  }

  static KernelSpec find(String name) {
    return KernelSpec.all().stream()
        .filter(spec -> name(spec).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kernel is " + name + "; one of " + String.join(", ", all()) + " was needed"));
  }
}
