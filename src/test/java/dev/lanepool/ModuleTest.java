package dev.lanepool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the module shows to others, and what it needs of them: nothing at run time but java.base.
 */
class ModuleTest {
  @Test
  void exportsThePublicPackagesAndNoOther() throws URISyntaxException {
    Set<String> exported =
        descriptor().exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());

    assertEquals(
        Set.of(
            "dev.lanepool",
            "dev.lanepool.kernel",
            "dev.lanepool.layer",
            "dev.lanepool.head",
            "dev.lanepool.cam"),
        exported);
  }

  @Test
  void needsOnlyJavaBaseAtRunTime() throws URISyntaxException {
    for (Requires requires : descriptor().requires()) {
      assertTrue(
          requires.name().equals("java.base")
              || requires.modifiers().contains(Requires.Modifier.STATIC),
          requires + " is needed at run time");
    }
  }

  private static ModuleDescriptor descriptor() throws URISyntaxException {
    Path classes =
        Path.of(FeatureMap.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return ModuleFinder.of(classes).find("dev.lanepool").orElseThrow().descriptor();
  }
}
