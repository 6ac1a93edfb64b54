package dev.lanepool.cam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayTest {
  private static final Heatmap MAP = Heatmap.of(new float[] {-2, -1, 0, 1, 2, 2}, 2, 3);

  private static BufferedImage picture(int type) {
    BufferedImage picture = new BufferedImage(3, 2, type);
    for (int i = 0; i < 6; i++) {
      picture.setRGB(i % 3, i / 3, 0xff000000 | 0x0a1b2c * (i + 1));
    }
    return picture;
  }

  private static void assertColour(
      int red, int green, int blue, BufferedImage image, int x, int y) {
    int rgb = image.getRGB(x, y);
    String actual = (rgb >> 16 & 0xff) + " " + (rgb >> 8 & 0xff) + " " + (rgb & 0xff);
    assertEquals(red + " " + green + " " + blue, actual, "colour at x = " + x + ", y = " + y);
  }

  @Test
  void alphaZeroIsThePicture() {
    BufferedImage picture = picture(BufferedImage.TYPE_INT_RGB);
    BufferedImage result = MAP.overlay(picture, 0);
    assertNotSame(picture, result);
    assertEquals(3, result.getWidth());
    assertEquals(2, result.getHeight());
    for (int i = 0; i < 6; i++) {
      assertEquals(picture.getRGB(i % 3, i / 3), result.getRGB(i % 3, i / 3), "pixel " + i);
    }
  }

  @Test
  void alphaOneIsJet() {
    // -2 to 2: the lowest, a quarter, the middle, three quarters, the highest
    BufferedImage result = MAP.overlay(picture(BufferedImage.TYPE_INT_RGB), 1);
    assertColour(0, 0, 128, result, 0, 0);
    assertColour(0, 128, 255, result, 1, 0);
    assertColour(128, 255, 128, result, 2, 0);
    assertColour(255, 128, 0, result, 0, 1);
    assertColour(128, 0, 0, result, 1, 1);
    assertColour(128, 0, 0, result, 2, 1);
  }

  @Test
  void theCornersOfJet() {
    assertEquals(0x000080, ColorMap.JET.rgb(0));
    assertEquals(0x0000ff, ColorMap.JET.rgb(0.125f));
    assertEquals(0x00ffff, ColorMap.JET.rgb(0.375f));
    assertEquals(0xffff00, ColorMap.JET.rgb(0.625f));
    assertEquals(0xff0000, ColorMap.JET.rgb(0.875f));
    assertEquals(0x800000, ColorMap.JET.rgb(1));
  }

  @Test
  void inBetweenEachChannelIsMixed() {
    BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, 0xfe4180);
    picture.setRGB(1, 0, 0x10c8ff);
    BufferedImage result = Heatmap.of(new float[] {0, 1}, 1, 2).overlay(picture, 0.25f);
    // Rounded: ¾ of 254, 65, 128 and ¼ of 0, 0, 128; ¾ of 16, 200, 255 and ¼ of 128, 0, 0
    assertColour(191, 49, 128, result, 0, 0);
    assertColour(44, 150, 191, result, 1, 0);
  }

  @Test
  void aConstantMapIsBlueEverywhere() {
    Heatmap constant = Heatmap.of(new float[] {5, 5, 5, 5, 5, 5}, 2, 3);
    BufferedImage result = constant.overlay(picture(BufferedImage.TYPE_INT_RGB), 1);
    for (int i = 0; i < 6; i++) {
      assertColour(0, 0, 128, result, i % 3, i / 3);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.5f, 1})
  void thePictureStaysAsItIs(float alpha) {
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_INT_ARGB,
          BufferedImage.TYPE_3BYTE_BGR,
          BufferedImage.TYPE_BYTE_GRAY
        }) {
      BufferedImage picture = picture(type);
      int[] before = picture.getRGB(0, 0, 3, 2, null, 0, 3);
      float[] values = MAP.values();
      BufferedImage result = MAP.overlay(picture, alpha);
      assertEquals(BufferedImage.TYPE_INT_RGB, result.getType());
      for (int i = 0; i < 6; i++) {
        assertEquals(before[i], picture.getRGB(i % 3, i / 3), "pixel " + i + " of type " + type);
        assertEquals(values[i], MAP.values()[i], "value " + i);
      }
    }
  }

  @Test
  void anotherSizeIsAnError() {
    for (int[] size : new int[][] {{3, 2}, {2, 4}, {1, 3}, {4, 6}}) {
      BufferedImage picture = new BufferedImage(size[1], size[0], BufferedImage.TYPE_INT_RGB);
      Exception e = assertThrows(IllegalArgumentException.class, () -> MAP.overlay(picture, 0.5f));
      String sizes = "picture is " + size[0] + " × " + size[1] + ", the map 2 × 3";
      assertEquals(sizes + "; upsample the map to the picture's size first", e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.001f, 1.001f, Float.NaN, Float.NEGATIVE_INFINITY, 2})
  void alphaOutOfRangeIsAnError(float alpha) {
    BufferedImage picture = picture(BufferedImage.TYPE_INT_RGB);
    Exception e = assertThrows(IllegalArgumentException.class, () -> MAP.overlay(picture, alpha));
    assertEquals("alpha is " + alpha + "; 0 to 1 was needed", e.getMessage());
  }

  @Test
  void noPictureIsAnError() {
    Exception e = assertThrows(NullPointerException.class, () -> MAP.overlay(null, 0.5f));
    assertEquals("picture is null; a BufferedImage was needed", e.getMessage());
  }

  @Test
  void aClassActivationMapOverAPicture() {
    // Two hot corners, stretched to the picture.
    Heatmap map = Heatmap.of(new float[] {1, 0, 0, 1}, 2, 2);
    BufferedImage picture = new BufferedImage(8, 6, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage result = map.upsample(6, 8).overlay(picture, 1);
    assertEquals(8, result.getWidth());
    assertEquals(6, result.getHeight());
    assertColour(128, 0, 0, result, 0, 0);
    assertColour(128, 0, 0, result, 7, 5);
    assertColour(0, 0, 128, result, 7, 0);
    assertColour(0, 0, 128, result, 0, 5);
  }
}
