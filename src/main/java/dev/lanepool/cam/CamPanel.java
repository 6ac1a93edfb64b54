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
 * class's name and probability and a legend from the map's lowest to its highest value. Up to four
 * stand side by side; wide pictures, one beneath the other.
 */
public final class CamPanel {
  private static final int MARGIN = 20;
  private static final int GAP = 16;
  private static final int TITLE = 40;
  private static final int CAPTION = 58;
  private static final int BAR = 10;

  /** Room for the lowest value, before the legend's bar. */
  private static final int LOWEST = 60;

  /** What a picture is enlarged or reduced to: the larger extent, and the width of a wide one. */
  private static final int EXTENT = 400;

  private static final int WIDE = 900;

  /** Times its height, from which on a picture is wide. */
  private static final int WIDE_ASPECT = 2;

  /** Room for the caption of a narrow picture. */
  private static final int MIN_CELL = 240;

  private static final int MOST_COLUMNS = 4;
  private static final int MAX_PIXELS = 100_000_000;

  private final Canvas canvas;
  private final ColorMap colors;
  private final int columns;
  private final int width;
  private final int height;
  private final int cellWidth;

  /** What the first row goes without: an original alone in it has no caption. */
  private final int spared;

  private CamPanel(
      boolean original, int maps, int pictureWidth, int pictureHeight, ColorMap colors) {
    int cells = maps + (original ? 1 : 0);
    boolean wide = pictureWidth >= WIDE_ASPECT * pictureHeight;
    double scale =
        wide
            ? (double) WIDE / pictureWidth
            : (double) EXTENT / Math.max(pictureWidth, pictureHeight);
    this.width = Math.max(1, (int) Math.round(scale * pictureWidth));
    this.height = Math.max(1, (int) Math.round(scale * pictureHeight));
    this.cellWidth = Math.max(width, MIN_CELL);
    this.columns = wide ? 1 : Math.min(cells, MOST_COLUMNS);
    this.spared = original && columns == 1 ? CAPTION - GAP : 0;
    this.colors = colors;
    int panelWidth = 2 * MARGIN + columns * (cellWidth + GAP) - GAP;
    long rows = Math.ceilDiv(cells, columns);
    long panelHeight = MARGIN + TITLE + rows * (height + CAPTION) - spared;
    if (panelWidth * panelHeight > MAX_PIXELS) {
      throw new IllegalArgumentException(
          "evidence has so many classes that the panel would have "
              + panelWidth
              + " × "
              + panelHeight
              + " pixels; at most "
              + MAX_PIXELS
              + " were needed");
    }
    this.canvas = new Canvas(panelWidth, (int) panelHeight);
  }

  /**
   * Draws a panel. Without fonts, as in some containers, the text is left out.
   *
   * @param title a line above all
   * @param picture what the maps came from, not changed; null for the maps alone
   * @param evidence the classes and their maps, of any size
   * @param colors the colour of every value
   * @param alpha how much of the colour shows over the picture, 0 to 1
   * @return a new RGB picture, to be written with {@code ImageIO} as a PNG
   * @throws NullPointerException if title, evidence or colors is null
   * @throws IllegalArgumentException if there is no class, if alpha is out of range, or if the
   *     panel would have more than 10^8 pixels
   */
  public static BufferedImage draw(
      String title, BufferedImage picture, List<Evidence> evidence, ColorMap colors, float alpha) {
    Objects.requireNonNull(title, "title is null; a line of text was needed");
    Objects.requireNonNull(evidence, "evidence is null; one class or more was needed");
    Objects.requireNonNull(colors, "colors is null; a ColorMap was needed");
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException("evidence is empty; one class or more was needed");
    }
    Overlay.requireAlpha(alpha);
    Heatmap first = evidence.get(0).map();
    int width = picture == null ? first.width() : picture.getWidth();
    int height = picture == null ? first.height() : picture.getHeight();
    CamPanel panel = new CamPanel(picture != null, evidence.size(), width, height, colors);
    panel.draw(title, picture, evidence, alpha);
    return panel.canvas.finish();
  }

  private void draw(String title, BufferedImage picture, List<Evidence> evidence, float alpha) {
    int room = columns * (cellWidth + GAP) - GAP;
    canvas.text(title, MARGIN, MARGIN + 20, 22, true, Canvas.INK, room);
    BufferedImage original = picture == null ? null : Canvas.scale(picture, width, height);
    int cell = 0;
    if (original != null) {
      canvas.draw(original, x(cell), y(cell), width, height);
      cell++;
    }
    for (Evidence one : evidence) {
      Heatmap map = one.map().upsample(height, width);
      BufferedImage drawn =
          original == null ? map.image(colors) : map.overlay(original, alpha, colors);
      canvas.draw(drawn, x(cell), y(cell), width, height);
      caption(one, x(cell), y(cell) + height);
      cell++;
    }
  }

  private int x(int cell) {
    return MARGIN + cell % columns * (cellWidth + GAP);
  }

  private int y(int cell) {
    int row = cell / columns;
    return MARGIN + TITLE + row * (height + CAPTION) - (row == 0 ? 0 : spared);
  }

  private void caption(Evidence evidence, int x, int y) {
    ScoredClass scored = evidence.scored();
    int third = cellWidth / 3;
    String percent = number("%.1f %%", 100.0 * scored.probability());
    canvas.text(scored.label(), x, y + 22, 17, true, Canvas.INK, cellWidth - third);
    canvas.textBefore(percent, x + cellWidth, y + 22, 17, Canvas.INK, third);
    float[] range = evidence.map().range();
    int bar = x + LOWEST;
    canvas.textBefore(number("%.2f", range[0]), bar - 8, y + 46, 13, Canvas.FAINT, LOWEST - 8);
    for (int i = 0; i < third; i++) {
      canvas.fill(bar + i, y + 46 - BAR, 1, BAR, new Color(colors.rgb(i / (third - 1f))));
    }
    int end = bar + third + 8;
    canvas.text(
        number("%.2f", range[1]), end, y + 46, 13, false, Canvas.FAINT, x + cellWidth - end);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
