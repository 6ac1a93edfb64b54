package dev.lanepool.examples;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Pictures in and out. */
final class Pictures {
  private Pictures() {}

  /**
   * Reads a whole file of any kind that Java knows: PNG, JPEG, GIF, BMP, TIFF.
   *
   * @param name what messages call it
   * @param file its bytes
   * @return the picture
   * @throws InputException if it is damaged or of another kind
   */
  static BufferedImage parse(String name, byte[] file) {
    try {
      BufferedImage picture =
          ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
      if (picture != null) {
        return picture;
      }
    } catch (IOException | RuntimeException damaged) {
      // Java's readers throw either, with words for programmers; the user needs the line below.
    }
    throw new InputException(name + " is not a picture that can be read; a PNG or JPEG was needed");
  }

  /** The bytes of a PNG. */
  static byte[] png(BufferedImage picture) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written to", e);
    }
    return png.toByteArray();
  }

  /**
   * Writes a PNG, wholly or not at all.
   *
   * @throws InputException if it can't be written
   */
  static void write(BufferedImage picture, Path file) {
    Program.write(png(picture), file);
  }
}
