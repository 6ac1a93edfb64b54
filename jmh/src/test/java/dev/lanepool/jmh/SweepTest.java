package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SweepTest {
  @Test
  void inputsGrowFrom16KbTo256Mb() {
    List<String> shapes = Shapes.sweep(List.of("32x2048x7x7", "1x5x7x7", "1x2048x1000"));
    assertEquals(15, shapes.size());
    assertEquals("1x83x7x7", shapes.get(0));
    assertEquals("1x1369568x7x7", shapes.get(14));
  }

  @Test
  void planesThatAreTooLargeAreLeftOut() {
    assertEquals(
        List.of("1x1x4096x4096", "1x2x4096x4096", "1x4x4096x4096"),
        Shapes.sweep(List.of("1x1x4096x4096")));
  }
}
