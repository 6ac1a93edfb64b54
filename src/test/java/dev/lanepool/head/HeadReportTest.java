package dev.lanepool.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class HeadReportTest {
  @Test
  void resNet50() {
    HeadReport report = new HeadReport(2048, 7, 7, 1000);
    assertEquals(2_049_000, report.pooledParameters());
    assertEquals(100_353_000, report.flattenParameters());
    assertEquals("48.98", String.format(Locale.ROOT, "%.2f", report.ratio()));
  }

  @Test
  void otherNetworks() {
    assertEquals(1_025_000, new HeadReport(1024, 7, 7, 1000).pooledParameters(), "DenseNet-121");
    assertEquals(1_281_000, new HeadReport(1280, 7, 7, 1000).pooledParameters(), "MobileNetV2");
    assertEquals(513_000, new HeadReport(512, 7, 7, 1000).pooledParameters(), "VGG with GAP");
    assertEquals(102_764_544, new HeadReport(512, 7, 7, 4096).flattenParameters(), "VGG's fc1");
  }

  @Test
  void onOnePixelPoolingSavesNothing() {
    HeadReport report = new HeadReport(64, 1, 1, 10);
    assertEquals(650, report.flattenParameters());
    assertEquals(650, report.pooledParameters());
    assertEquals(1, report.ratio());
  }

  @Test
  void heightAndWidthCountAlike() {
    assertEquals(
        new HeadReport(3, 5, 2, 7).flattenParameters(),
        new HeadReport(3, 2, 5, 7).flattenParameters());
    assertEquals((3 * 5 * 2 + 1) * 7, new HeadReport(3, 5, 2, 7).flattenParameters());
  }

  @Test
  void countsBeyondAnInt() {
    HeadReport report = new HeadReport(100_000, 100, 100, 50_000);
    assertEquals(50_000_000_050_000L, report.flattenParameters());
    assertEquals(5_000_050_000L, report.pooledParameters());
  }

  @Test
  void moreThanALongHoldsIsAnError() {
    int max = Integer.MAX_VALUE;
    // Below 2^63, the second by little ...
    assertEquals((long) max * max + 1, new HeadReport(max, max, 1, 1).flattenParameters());
    assertEquals(
        ((1L << 32) + 1) * max, new HeadReport(1 << 16, 1 << 16, 1, max).flattenParameters());
    // ... and beyond it, by a little and by so much that a product in 64 bits looks positive again.
    tooMany(max, max, 3, 1);
    tooMany(1 << 30, 1 << 30, 1, 8);
    tooMany(1 << 30, 1 << 30, 16, 1);
    tooMany(max, max, max, max);
  }

  private static void tooMany(int channels, int height, int width, int classes) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> new HeadReport(channels, height, width, classes));
    String extents = channels + ", " + height + ", " + width + " and " + classes;
    assertTrue(e.getMessage().contains(extents), e.getMessage());
    assertTrue(e.getMessage().contains("less than 2^63 parameters"), e.getMessage());
  }

  @Test
  void lessThanOneIsAnError() {
    fails("channels is 0", 0, 1, 1, 1);
    fails("height is -1", 1, -1, 1, 1);
    fails("width is 0", 1, 1, 0, 1);
    fails("classes is -7", 1, 1, 1, -7);
  }

  private static void fails(String message, int channels, int height, int width, int classes) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> new HeadReport(channels, height, width, classes));
    assertEquals(message + "; at least 1 was needed", e.getMessage());
  }

  @Test
  void isATableInAnyLocale() {
    Locale before = Locale.getDefault();
    try {
      for (Locale locale : new Locale[] {Locale.GERMANY, Locale.US}) {
        Locale.setDefault(locale);
        String[] lines = new HeadReport(2048, 7, 7, 1000).toString().split("\\R");
        assertEquals(3, lines.length);
        assertEquals("head of [2048, 7, 7] → 1000 classes", lines[0]);
        assertEquals("  flatten → dense      100,353,000 parameters", lines[1]);
        assertEquals("  pool → dense           2,049,000 parameters, 48.98 times fewer", lines[2]);
      }
    } finally {
      Locale.setDefault(before);
    }
  }
}
