package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The run tests the backend that it is for: the build says which in system properties. Else a suite
 * can pass without a single vector.
 *
 * @see <a href="https://github.com/apache/lucene/issues/16284">apache/lucene#16284</a>
 */
@DisplayName("lucene#16284: the suite runs on the backend it is meant for")
class BackendTest {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private final Backend backend = Kernels.backend();
  private final String wantedName = System.getProperty("lanepool.test.backend", "");
  private final String wantedBits = System.getProperty("lanepool.test.bits", "");

  @Test
  void nameIsTheOneThisRunIsFor() {
    assertTrue(List.of("vector", "scalar").contains(wantedName), "lanepool.test.backend");
    assertEquals(wantedName, backend.name(), backend::toString);
  }

  @Test
  void widthIsTheOneThisRunIsFor() throws IOException {
    int wanted = wantedBits.equals("max") ? widest() : Integer.parseInt(wantedBits);
    assertEquals(wanted, backend.bits(), backend::toString);
    assertEquals(Math.max(1, wanted / Float.SIZE), backend.lanes(), backend::toString);
  }

  @Test
  void kernelsAreThoseOfTheBackend() {
    String kernels = Kernels.best().getClass().getPackageName();
    assertEquals("dev.lanepool.kernel." + wantedName, kernels);
    assertEquals("dev.lanepool.kernel.scalar", Kernels.scalar().getClass().getPackageName());
    assertSame(Kernels.best(), Kernels.best());
    if (wantedName.equals("vector")) {
      assertNotSame(Kernels.scalar(), Kernels.best());
    } else {
      assertSame(Kernels.scalar(), Kernels.best());
    }
  }

  @Test
  void backendIsToldInOneLine() {
    String reason =
        wantedName.equals("vector") ? "self-check passed" : "--add-modules jdk.incubator.vector";
    assertTrue(backend.reason().contains(reason), backend::reason);
    assertEquals(1, backend.toString().lines().count());
    assertTrue(backend.toString().startsWith(wantedName), backend::toString);
    assertTrue(backend.toString().endsWith("(" + backend.reason() + ")"), backend::toString);
  }

  /** Bits of the widest vectors that HotSpot uses on this CPU, as far as Linux tells. */
  private int widest() throws IOException {
    List<String> info = Files.exists(CPU_INFO) ? Files.readAllLines(CPU_INFO) : List.of();
    List<String> flags = words(info, "flags");
    if (flags.isEmpty()) {
      // Another system or CPU: any width that can be used.
      assertTrue(backend.bits() >= 128, backend::toString);
      return backend.bits();
    }
    // The first Skylake servers slow down with 512 bits, so HotSpot leaves them at 256.
    boolean skylake =
        words(info, "vendor_id").contains("GenuineIntel")
            && words(info, "model").contains("85")
            && Integer.parseInt(words(info, "stepping").get(0)) < 5;
    if (!skylake && flags.containsAll(List.of("avx512f", "avx512bw", "avx512dq", "avx512vl"))) {
      return 512;
    }
    return flags.contains("avx2") ? 256 : 128;
  }

  private static List<String> words(List<String> info, String key) {
    return info.stream()
        .filter(line -> line.substring(0, Math.max(0, line.indexOf(':'))).strip().equals(key))
        .findFirst()
        .map(line -> List.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
        .orElse(List.of());
  }
}
