package dev.lanepool.cam;

import dev.lanepool.drawing.Canvas;
import dev.lanepool.head.ScoredClass;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A picture to publish: a title, the original, and for each class its heat map over it, with the
 * class's name and probability and a legend from the map's lowest to its highest value.
 */
public final class CamPanel {
  private static final int MARGIN = 20;
  private static final int GAP = 16;
  private static final int TITLE = 40;
  private static final int CAPTION = 58;
  private static final int MIN_CELL = 224;
  private static final int BAR = 10;
  private static final int MAX_PIXELS = 100_000_000;

  private CamPanel() {}

  /**
   * Draws a panel. Without fonts, as in some containers, the text is left out.
   *
   * @param title a line above all
   * @param picture what the maps came from; enlarged where it is small, and not changed
   * @param evidence the classes and their maps, of any size
   * @param colors the colour of every value
   * @param alpha how much of the colour shows over the picture, 0 to 1
   * @return a new RGB picture, to be written with {@code ImageIO} as a PNG
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if there is no class, if alpha is out of range, or if the
   *     panel would have more than 10^8 pixels
   */
  public static BufferedImage draw(
      String title, BufferedImage picture, List<Evidence> evidence, ColorMap colors, float alpha) {
    Objects.requireNonNull(title, "title is null; a line of text was needed");
    Objects.requireNonNull(picture, "picture is null; a BufferedImage was needed");
    Objects.requireNonNull(evidence, "evidence is null; one class or more was needed");
    Objects.requireNonNull(colors, "colors is null; a ColorMap was needed");
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException("evidence is empty; one class or more was needed");
    }
    int factor = Math.max(1, Math.ceilDiv(MIN_CELL, picture.getWidth()));
    long cellWidth = (long) factor * picture.getWidth();
    long cellHeight = (long) factor * picture.getHeight();
    long width = 2 * MARGIN + (evidence.size() + 1) * (cellWidth + GAP) - GAP;
    long height = MARGIN + TITLE + cellHeight + CAPTION + MARGIN;
    if (width > MAX_PIXELS || height > MAX_PIXELS || width * height > MAX_PIXELS) {
      throw new IllegalArgumentException(
          "the panel would have "
              + width
              + " × "
              + height
              + " pixels; at most "
              + MAX_PIXELS
              + " were needed");
    }
    int w = (int) cellWidth;
    int h = (int) cellHeight;
    BufferedImage original = scale(picture, w, h);
    Canvas canvas = new Canvas((int) width, (int) height);
    int top = MARGIN + TITLE;
    canvas.text(title, MARGIN, MARGIN + 20, 22, true, Canvas.INK, (int) width - 2 * MARGIN);
    canvas.draw(original, MARGIN, top, w, h);
    int x = MARGIN;
    for (Evidence one : evidence) {
      x += w + GAP;
      Heatmap map = one.map().upsample(h, w);
      canvas.draw(map.overlay(original, alpha, colors), x, top, w, h);
      caption(canvas, one, colors, x, top + h, w);
    }
    return canvas.finish();
  }

  private static BufferedImage scale(BufferedImage picture, int width, int height) {
    Canvas canvas = new Canvas(width, height);
    canvas.draw(picture, 0, 0, width, height);
    return canvas.finish();
  }

  private static void caption(
      Canvas canvas, Evidence evidence, ColorMap colors, int x, int y, int width) {
    ScoredClass scored = evidence.scored();
    String percent = number("%.1f %%", 100.0 * scored.probability());
    int third = width / 3;
    canvas.text(scored.label(), x, y + 22, 17, true, Canvas.INK, 2 * third - GAP);
    canvas.textBefore(percent, x + width, y + 22, 17, Canvas.INK, third);
    float[] range = range(evidence.map().values());
    canvas.text(number("%.2f", range[0]), x, y + 46, 13, false, Canvas.FAINT, third - 8);
    canvas.textBefore(number("%.2f", range[1]), x + width, y + 46, 13, Canvas.FAINT, third - 8);
    for (int i = 0; i < third; i++) {
      Color color = new Color(colors.rgb(i / (third - 1f)));
      canvas.fill(x + third + i, y + 46 - BAR, 1, BAR, color);
    }
  }

  private static float[] range(float[] values) {
    float[] range = {values[0], values[0]};
    for (float value : values) {
      range[0] = Math.min(range[0], value);
      range[1] = Math.max(range[1], value);
    }
    return range;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
