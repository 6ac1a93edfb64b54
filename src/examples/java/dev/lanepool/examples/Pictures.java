package dev.lanepool.examples;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
   * @throws DemoException if it is damaged or of another kind
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
    throw new DemoException(name + " is not a picture that can be read; a PNG or JPEG was needed");
  }

  /**
   * Writes a PNG, wholly or not at all.
   *
   * @throws DemoException if it can't be written
   */
  static void write(BufferedImage picture, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(picture, "png", png);
      try {
        Files.write(part, png.toByteArray());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new DemoException(file.toString(), e, "a place for a picture");
    }
  }
}
