package dev.lanepool.examples;

import dev.lanepool.drawing.Canvas;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.image.BufferedImage;

/** Pictures of a line of text. */
final class TextPicture {
  private static final int FONT_SIZE = 96;
  private static final int MARGIN = 16;

  /** Of width to height, as the network has it: shorter lines get more paper, not wider letters. */
  private static final int MIN_ASPECT = 4;

  private static final Color PAPER = new Color(0xf6f4ee);
  private static final Color INK = new Color(0x222222);

  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private TextPicture() {}

  /**
   * Draws a line of text.
   *
   * @throws InputException if Java finds no fonts
   */
  static BufferedImage draw(String text) {
    if (!Canvas.FONTS) {
      throw new InputException("Java finds no fonts here; a picture, --image, was needed");
    }
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE);
    LineMetrics line = font.getLineMetrics(text, CONTEXT);
    double length = font.getStringBounds(text, CONTEXT).getWidth();
    int height = (int) Math.ceil(line.getAscent() + line.getDescent()) + 2 * MARGIN;
    int width = Math.max((int) Math.ceil(length) + 2 * MARGIN, MIN_ASPECT * height);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(PAPER);
    g.fillRect(0, 0, width, height);
    g.setColor(INK);
    g.setFont(font);
    g.drawString(text, (float) (width - length) / 2, MARGIN + line.getAscent());
    g.dispose();
    return picture;
  }

  /** The picture upside down. */
  static BufferedImage turn(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    BufferedImage turned = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = turned.createGraphics();
    g.rotate(Math.PI, width / 2.0, height / 2.0);
    g.drawImage(picture, 0, 0, null);
    g.dispose();
    return turned;
  }
}
