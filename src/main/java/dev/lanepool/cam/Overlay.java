package dev.lanepool.cam;

import java.awt.image.BufferedImage;
import java.util.Objects;

/** Draws heat maps; apart from {@link Heatmap}, so that only who draws needs java.desktop. */
final class Overlay {
  private Overlay() {}

  static BufferedImage draw(Heatmap heat, ColorMap colors) {
    Objects.requireNonNull(colors, "colors is null; a ColorMap was needed");
    Heatmap normalized = heat.normalize();
    BufferedImage result =
        new BufferedImage(heat.width(), heat.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < heat.height(); y++) {
      for (int x = 0; x < heat.width(); x++) {
        result.setRGB(x, y, colors.rgb(normalized.get(y, x)));
      }
    }
    return result;
  }

  static void requireAlpha(float alpha) {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha is " + alpha + "; 0 to 1 was needed");
    }
  }

  static BufferedImage draw(Heatmap heat, BufferedImage picture, float alpha, ColorMap colors) {
    Objects.requireNonNull(picture, "picture is null; a BufferedImage was needed");
    requireAlpha(alpha);
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
    BufferedImage result = draw(heat, colors);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        result.setRGB(x, y, ColorMap.mix(picture.getRGB(x, y), result.getRGB(x, y), alpha));
      }
    }
    return result;
  }
}
