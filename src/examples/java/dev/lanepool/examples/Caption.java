package dev.lanepool.examples;

import dev.lanepool.cam.Heatmap;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;

/** The line beneath a heat map: what was decided, and what the colours stand for. */
final class Caption {
  static final int HEIGHT = 24;

  /** False in a container without fonts, where Java fails to draw text with errors of any kind. */
  static final boolean FONTS = hasFonts();

  private static final int BAR_WIDTH = 120;
  private static final int BAR_HEIGHT = 12;
  private static final int GAP = 6;
  private static final Color INK = new Color(0x222222);
  private static final Color FAINT = new Color(0x666666);
  private static final int INK_SIZE = 20;
  private static final int FAINT_SIZE = 15;

  private Caption() {}

  private static boolean hasFonts() {
    try {
      return font(Font.PLAIN, FAINT_SIZE).canDisplay('0');
    } catch (RuntimeException | InternalError | LinkageError e) {
      return false;
    }
  }

  /**
   * Draws the line; without fonts, only the colours.
   *
   * @param g draws
   * @param text what was decided, at the left; smaller where it would be too wide
   * @param heat its range is written at the ends of the colours, at the right
   * @param left where the line begins
   * @param right where it ends
   * @param top its upper edge
   */
  static void draw(Graphics2D g, String text, Heatmap heat, int left, int right, int top) {
    float[] values = heat.values();
    Arrays.sort(values);
    int end = right;
    if (FONTS) {
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setColor(FAINT);
      g.setFont(font(Font.PLAIN, FAINT_SIZE));
      end = drawBefore(g, decimal(values[values.length - 1]), end, top) - GAP;
    }
    end -= BAR_WIDTH;
    g.drawImage(bar(), end, top + (HEIGHT - BAR_HEIGHT) / 2, null);
    if (FONTS) {
      end = drawBefore(g, decimal(values[0]), end - GAP, top);
      g.setColor(INK);
      g.setFont(font(Font.BOLD, INK_SIZE));
      int room = end - 4 * GAP - left;
      int width = g.getFontMetrics().stringWidth(text);
      if (width > room) {
        g.setFont(g.getFont().deriveFont((float) INK_SIZE * room / width));
      }
      g.drawString(text, left, baseline(g, top));
    }
  }

  private static int drawBefore(Graphics2D g, String text, int end, int top) {
    int start = end - g.getFontMetrics().stringWidth(text);
    g.drawString(text, start, baseline(g, top));
    return start;
  }

  /** Centres the font in the line. */
  private static int baseline(Graphics2D g, int top) {
    return top + (HEIGHT + g.getFontMetrics().getAscent() - g.getFontMetrics().getDescent()) / 2;
  }

  /** The colours from the lowest to the highest value, as a heat map of just that. */
  private static BufferedImage bar() {
    float[] ramp = new float[BAR_WIDTH];
    for (int i = 0; i < BAR_WIDTH; i++) {
      ramp[i] = i;
    }
    return Heatmap.of(ramp, 1, BAR_WIDTH)
        .upsample(BAR_HEIGHT, BAR_WIDTH)
        .overlay(new BufferedImage(BAR_WIDTH, BAR_HEIGHT, BufferedImage.TYPE_INT_RGB), 1);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  private static String decimal(float value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
