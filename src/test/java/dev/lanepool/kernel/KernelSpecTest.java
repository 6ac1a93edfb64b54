package dev.lanepool.kernel;

import static dev.lanepool.kernel.KernelSpec.Operation.MEAN_MAX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.ElementType;
import dev.lanepool.Layout;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of kernels is whole: what is not in it is neither tested nor measured. */
class KernelSpecTest {
  private static final Set<String> NOT_REDUCTIONS =
      Set.of(
          "adaptiveGradient",
          "adaptiveReduce",
          "dense",
          "gradient",
          "pointwise",
          "quantizedMean",
          "reduce",
          "reduceChannels",
          "statistics",
          "weightGradient");

  @Test
  void everyCombinationIsListedOnce() {
    List<KernelSpec> wanted = new ArrayList<>();
    for (KernelSpec.Operation operation : KernelSpec.Operation.values()) {
      for (ElementType type : ElementType.values()) {
        for (Layout layout : Layout.values()) {
          for (KernelSpec.Storage storage : KernelSpec.Storage.values()) {
            wanted.add(new KernelSpec(operation, type, layout, storage));
          }
        }
      }
    }
    // Mean and maximum in one call, a method for float arrays, is two reductions elsewhere.
    wanted.removeIf(spec -> spec.operation() == MEAN_MAX && !spec.isOfFloatArrays());
    assertEquals(wanted.size(), KernelSpec.all().size());
    assertEquals(new HashSet<>(wanted), new HashSet<>(KernelSpec.all()));
  }

  @Test
  void everyReductionOfKernelSetIsAnOperation() {
    Set<String> methods =
        Arrays.stream(KernelSet.class.getDeclaredMethods())
            .map(Method::getName)
            .filter(name -> !NOT_REDUCTIONS.contains(name))
            .map(name -> name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Set<String> operations =
        Arrays.stream(KernelSpec.Operation.values()).map(Enum::name).collect(Collectors.toSet());
    assertTrue(methods.size() > 1, methods::toString);
    assertTrue(operations.containsAll(methods), methods::toString);
  }
}
