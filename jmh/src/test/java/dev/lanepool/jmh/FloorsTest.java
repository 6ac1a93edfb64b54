package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloorsTest {
  private static final String KERNEL = "MEAN_FLOAT32_NCHW";

  private static Case hot(String shape, int bits) {
    return new Case(KERNEL, shape, Mode.HOT, bits, 1);
  }

  @Test
  void aFloorIsTheWorstOfAClass() {
    Results results =
        Recorded.results(
            Recorded.forks(hot("1x2048x7x7", 256), Variant.KERNEL, 15, 15, 15),
            Recorded.forks(hot("1x2048x7x7", 256), Variant.ROOF, 10, 10, 10),
            Recorded.forks(hot("1x2048x8x8", 256), Variant.KERNEL, 16, 17, 16),
            Recorded.forks(hot("1x2048x8x8", 256), Variant.ROOF, 10, 10, 10));
    Floors floors = new Floors("", Map.of()).with(results);
    assertEquals(Optional.of(1.7), floors.of(hot("1x512x7x7", 256)));
    assertEquals(Optional.empty(), floors.of(hot("1x512x7x7", 128)));
    assertEquals(Optional.empty(), floors.of(hot("1x512x14x14", 256)));
    assertEquals(Optional.empty(), floors.of(hot("32x2048x7x7", 256)));
  }

  @Test
  void otherFloorsStay() {
    Case narrow = hot("1x2048x7x7", 128);
    Floors old = new Floors("", Map.of()).with(Recorded.results(Recorded.ratio(narrow, 2, 2, 2)));
    Floors both = old.with(Recorded.results(Recorded.ratio(hot("1x2048x7x7", 256), 3, 3, 3)));
    assertEquals(Optional.of(2.0), both.of(narrow));
    assertEquals(Optional.of(3.0), both.of(hot("1x2048x7x7", 256)));
  }

  @Test
  void classesGoByPlanesAndSize() {
    assertEquals("small planes", ShapeClass.of(hot("1x2048x8x8", 0)));
    assertEquals("small planes over 4 MB", ShapeClass.of(hot("32x2048x7x7", 0)));
    assertEquals("middle planes", ShapeClass.of(hot("1x1000x13x13", 0)));
    assertEquals("large planes", ShapeClass.of(hot("1x64x112x112", 0)));
    assertEquals("large planes over 4 MB", ShapeClass.of(hot("8x256x56x56", 0)));
    Case windows = new Case("ADAPTIVE_MAX_FLOAT32_NHWC", "1x8x60x60-6x6", Mode.HOT, 0, 1);
    assertEquals("large planes to 6x6", ShapeClass.of(windows));
    Case volumes = new Case("ADAPTIVE_MEAN_3D_FLOAT32_NCHW", "1x8x4x60x60-2x6x6", Mode.HOT, 0, 1);
    assertEquals("volumes to 2x6x6", ShapeClass.of(volumes));
    Case dense = new Case(DenseLayer.NAME, "1x2048x1000", Mode.HOT, 0, 1);
    assertEquals("one row", ShapeClass.of(dense));
  }

  @Test
  void filesAreWrittenAndRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("floors.json");
    Floors floors = new Floors("here", Map.of(KERNEL, Map.of("hot, 256 bits, small planes", 1.5)));
    floors.write(file);
    assertEquals(floors, Floors.read(file));
    Files.writeString(file, "{}");
    assertEquals(
        file + " is no file of floors: recorded or ratios is missing",
        assertThrows(UserException.class, () -> Floors.read(file)).getMessage());
  }

  /** Every floor in the jar names a kernel that there is. */
  @Test
  void theCommittedFloorsAreOfKernelsThatThereAre() {
    List<String> kernels = Workloads.kernels().stream().map(Kernel::name).toList();
    for (String kernel : Floors.committed().ratios().keySet()) {
      assertTrue(kernels.contains(kernel), kernel);
    }
  }
}
