package dev.lanepool.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
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

  @Test
  void bytesAndMultiplyAdds() {
    HeadReport report = new HeadReport(2048, 7, 7, 1000);
    assertEquals(401_412_000, report.flattenBytes());
    assertEquals(8_196_000, report.pooledBytes());
    assertEquals(100_352_000, report.flattenMultiplyAdds());
    assertEquals(2_048_000 + 100_352, report.pooledMultiplyAdds());
  }

  @Test
  void measuredTimesAreATableAndAChart() {
    HeadTimes times = new HeadReport(64, 7, 7, 50).measure();
    assertTrue(times.flattenMicros() > 0 && times.pooledMicros() > 0, times::toString);
    HeadTimes known = new HeadTimes(new HeadReport(64, 7, 7, 50), 100, 12.34);
    String[] lines = known.toString().split("\\R");
    assertEquals(4, lines.length);
    assertEquals("flatten → dense 156850 627400 156800 100.0", columns(lines[2]));
    assertEquals("pool → dense 3250 13000 6336 12.3", columns(lines[3]));
    BufferedImage chart = known.chart();
    assertEquals(860, chart.getWidth());
    // The longer bar of the first group is grey over its whole width, the shorter one blue.
    assertEquals(0xff8c8c8c, chart.getRGB(600, 105));
    assertEquals(0xff1f77b4, chart.getRGB(178, 130));
    assertEquals(0xffffffff, chart.getRGB(600, 130));
  }

  private static String columns(String line) {
    return line.replace(",", "").replaceAll(" +", " ");
  }

  @Test
  void mapsTooLargeToMeasureAreAnError() {
    HeadReport report = new HeadReport(4096, 65, 64, 10);
    Exception e = assertThrows(IllegalArgumentException.class, report::measure);
    assertTrue(e.getMessage().startsWith("maps of [1, 4096, 65, 64] have"), e.getMessage());
  }
}
