package dev.lanepool.head;

import dev.lanepool.drawing.Canvas;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** Bars of what two heads cost; apart, so that only who draws needs java.desktop. */
final class HeadChart {
  private static final int WIDTH = 860;
  private static final int MARGIN = 24;
  private static final int NAME = 150;
  private static final int VALUE = 170;
  private static final int BARS = WIDTH - 2 * MARGIN - NAME - VALUE;
  private static final int BAR = 20;
  private static final int GROUP = 70;
  private static final int TOP = 88;
  private static final Color FLATTEN = new Color(0x8c8c8c);
  private static final Color POOLED = new Color(0x1f77b4);

  private HeadChart() {}

  static BufferedImage draw(HeadTimes times) {
    HeadReport report = times.report();
    Canvas canvas = new Canvas(WIDTH, TOP + 4 * GROUP + MARGIN);
    String title =
        String.format(
            Locale.ROOT,
            "The head of [%d, %d, %d] maps and %d classes",
            report.channels(),
            report.height(),
            report.width(),
            report.classes());
    canvas.text(title, MARGIN, 38, 21, true, Canvas.INK, WIDTH - 2 * MARGIN);
    legend(canvas, MARGIN + NAME, FLATTEN, "flatten → dense");
    legend(canvas, MARGIN + NAME + 180, POOLED, "pool → dense");
    group(canvas, 0, "parameters", report.flattenParameters(), report.pooledParameters(), "%,.0f");
    boolean small = report.flattenBytes() < 1_000_000;
    double unit = small ? 1e3 : 1e6;
    group(
        canvas,
        1,
        "size",
        report.flattenBytes() / unit,
        report.pooledBytes() / unit,
        small ? "%,.2f kB" : "%,.2f MB");
    group(
        canvas,
        2,
        "multiply-adds",
        report.flattenMultiplyAdds(),
        report.pooledMultiplyAdds(),
        "%,.0f");
    group(canvas, 3, "time, measured", times.flattenMicros(), times.pooledMicros(), "%,.1f µs");
    return canvas.finish();
  }

  private static void legend(Canvas canvas, int x, Color color, String text) {
    canvas.fill(x, 56, 14, 14, color);
    canvas.text(text, x + 20, 68, 14, false, Canvas.INK, 150);
  }

  /** Two bars, the longer one over the whole width. */
  private static void group(
      Canvas canvas, int index, String name, double flatten, double pooled, String format) {
    int y = TOP + index * GROUP + 8;
    canvas.text(name, MARGIN, y + BAR + 5, 15, false, Canvas.INK, NAME - 8);
    double most = Math.max(flatten, pooled);
    bar(canvas, y, FLATTEN, flatten, most, format);
    bar(canvas, y + BAR + 4, POOLED, pooled, most, format);
  }

  private static void bar(
      Canvas canvas, int y, Color color, double value, double most, String format) {
    int x = MARGIN + NAME;
    int length = Math.max(1, (int) Math.round(BARS * value / most));
    canvas.fill(x, y, length, BAR, color);
    String text = String.format(Locale.ROOT, format, value);
    canvas.text(text, x + length + 8, y + 15, 14, false, Canvas.FAINT, VALUE - 8);
  }
}
