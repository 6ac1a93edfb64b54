package dev.lanepool.drawing;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * A white picture to draw on. Where Java finds no fonts, as in some containers, text is left out.
 */
public final class Canvas {
  /** For what is to be read first. */
  public static final Color INK = new Color(0x222222);

  /** For the rest. */
  public static final Color FAINT = new Color(0x666666);

  /** False in a container without fonts, where Java fails to draw text with errors of any kind. */
  public static final boolean FONTS = hasFonts();

  private final BufferedImage image;
  private final Graphics2D graphics;

  /** A picture of that many pixels. */
  public Canvas(int width, int height) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    fill(0, 0, width, height, Color.WHITE);
  }

  private static boolean hasFonts() {
    try {
      return new Font(Font.SANS_SERIF, Font.PLAIN, 12).canDisplay('0');
    } catch (RuntimeException | InternalError | LinkageError e) {
      return false;
    }
  }

  /** A picture at another size; where it is transparent, on white. */
  public static BufferedImage scale(BufferedImage picture, int width, int height) {
    BufferedImage from = picture;
    // Bicubic interpolation looks at 4 × 4 pixels, so that more than half has to go by halves.
    while (from.getWidth() >= 2 * width && from.getHeight() >= 2 * height) {
      from = drawn(from, from.getWidth() / 2, from.getHeight() / 2);
    }
    return drawn(from, width, height);
  }

  private static BufferedImage drawn(BufferedImage picture, int width, int height) {
    Canvas canvas = new Canvas(width, height);
    canvas.draw(picture, 0, 0, width, height);
    return canvas.finish();
  }

  /** Fills a rectangle. */
  public void fill(int x, int y, int width, int height, Color color) {
    graphics.setColor(color);
    graphics.fillRect(x, y, width, height);
  }

  /** Draws a picture, stretched to a size; where it is transparent, on white. */
  public void draw(BufferedImage picture, int x, int y, int width, int height) {
    graphics.drawImage(picture, x, y, width, height, Color.WHITE, null);
  }

  /** A line of text from its left end and its baseline, made smaller where it is too wide. */
  public void text(
      String text, int x, int baseline, int size, boolean bold, Color color, int room) {
    if (FONTS) {
      setFont(text, size, bold, room);
      graphics.setColor(color);
      graphics.drawString(text, x, baseline);
    }
  }

  /** As {@link #text}, from its right end. */
  public void textBefore(String text, int right, int baseline, int size, Color color, int room) {
    if (FONTS) {
      setFont(text, size, false, room);
      int width = graphics.getFontMetrics().stringWidth(text);
      text(text, right - width, baseline, size, false, color, room);
    }
  }

  private void setFont(String text, int size, boolean bold, int room) {
    graphics.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, size));
    int width = graphics.getFontMetrics().stringWidth(text);
    if (width > room) {
      graphics.setFont(graphics.getFont().deriveFont((float) size * room / width));
    }
  }

  /** The picture; nothing more can be drawn. */
  public BufferedImage finish() {
    graphics.dispose();
    return image;
  }
}
