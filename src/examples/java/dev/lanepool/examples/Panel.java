package dev.lanepool.examples;

import dev.lanepool.cam.Heatmap;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * A picture to publish: the original on the left, the heat map over it on the right, or one above
 * the other where they are wide, a {@link Caption} beneath. Without an original, the heat map
 * alone.
 */
final class Panel {
  /** Small pictures are scaled up by a whole number as far as this. */
  private static final int MAX_WIDTH = 600;

  private static final int MAX_HEIGHT = 450;

  /** Pictures wider than that stand one above the other. */
  private static final int MAX_ASPECT = 2;

  /** Room for the caption under the smallest pictures. */
  private static final int MIN_WIDTH = 420;

  private static final int MAX_PIXELS = 400_000_000;

  private static final int MARGIN = 16;
  private static final int GAP = 12;

  private Panel() {}

  /**
   * Draws a panel.
   *
   * @param original the picture, or null
   * @param heat the map that explains the decision, of any size
   * @param caption the decision
   * @return a new picture
   * @throws InputException if it would be too large for a picture
   */
  static BufferedImage draw(BufferedImage original, Heatmap heat, String caption) {
    int width = original == null ? heat.width() : original.getWidth();
    int height = original == null ? heat.height() : original.getHeight();
    int factor = Math.max(1, Math.min(MAX_WIDTH / width, MAX_HEIGHT / height));
    width *= factor;
    height *= factor;

    boolean stacked = width > MAX_ASPECT * height;
    int right = original == null || stacked ? 0 : width + GAP;
    int below = original == null || !stacked ? 0 : height + GAP;
    int panelWidth = Math.max(right + width, MIN_WIDTH) + 2 * MARGIN;
    int panelHeight = MARGIN + below + height + GAP + Caption.HEIGHT + MARGIN;
    if ((long) panelWidth * panelHeight > MAX_PIXELS) {
      throw new InputException(
          "the heat map would have "
              + panelWidth
              + " × "
              + panelHeight
              + " pixels; one of at most "
              + MAX_PIXELS
              + " was needed");
    }

    // Black where there is no picture.
    BufferedImage picture =
        original == null
            ? new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)
            : Pictures.scale(original, width, height);
    Heatmap smooth = heat.upsample(height, width);
    BufferedImage map = smooth.overlay(picture, original == null ? 1 : 0.5f);
    BufferedImage panel = new BufferedImage(panelWidth, panelHeight, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = panel.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, panelWidth, panelHeight);
    int x = (panelWidth - right - width) / 2;
    if (original != null) {
      g.drawImage(picture, x, MARGIN, null);
    }
    g.drawImage(map, x + right, MARGIN + below, null);
    int line = MARGIN + below + height + GAP;
    Caption.draw(g, caption, smooth, MARGIN, panelWidth - MARGIN, line);
    g.dispose();
    return panel;
  }
}
