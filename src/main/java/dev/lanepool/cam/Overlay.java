package dev.lanepool.cam;

import java.awt.image.BufferedImage;
import java.util.Objects;

/** Draws heat maps; apart from {@link Heatmap}, so that only who draws needs java.desktop. */
final class Overlay {
  private Overlay() {}

  static BufferedImage draw(Heatmap heat, BufferedImage picture, float alpha) {
    Objects.requireNonNull(picture, "picture is null; a BufferedImage was needed");
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha is " + alpha + "; 0 to 1 was needed");
    }
    int height = picture.getHeight();
    int width = picture.getWidth();
    if (heat.height() != height || heat.width() != width) {
      throw new IllegalArgumentException(
          "picture is "
              + height
              + " × "
              + width
              + ", the map "
              + heat.height()
              + " × "
              + heat.width()
              + "; upsample the map to the picture's size first");
    }
    Heatmap normalized = heat.normalize();
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        result.setRGB(x, y, blend(picture.getRGB(x, y), jet(normalized.get(y, x)), alpha));
      }
    }
    return result;
  }

  /** The colour map jet: three trapezoids, each a quarter after the other. */
  static int jet(float t) {
    return channel(1.5f - Math.abs(4 * t - 3)) << 16
        | channel(1.5f - Math.abs(4 * t - 2)) << 8
        | channel(1.5f - Math.abs(4 * t - 1));
  }

  private static int channel(float value) {
    return Math.round(255 * Math.min(Math.max(value, 0), 1));
  }

  private static int blend(int picture, int colour, float alpha) {
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = picture >> shift & 0xff;
      int b = colour >> shift & 0xff;
      rgb |= Math.round((1 - alpha) * a + alpha * b) << shift;
    }
    return rgb;
  }
}
