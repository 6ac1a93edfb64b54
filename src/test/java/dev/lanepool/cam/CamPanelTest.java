package dev.lanepool.cam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.head.ScoredClass;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CamPanelTest {
  private static final BufferedImage PICTURE =
      new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);

  private static Evidence evidence(float... values) {
    return new Evidence(
        new ScoredClass(0, "cat", 1, 0.5f), Heatmap.of(values, 1, values.length), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "VIRIDIS, 0, 440154",
    "VIRIDIS, 1, fde725",
    "MAGMA, 0, 000004",
    "MAGMA, 1, fcfdbf",
    "GREY, 0, 000000",
    "GREY, 1, ffffff",
    "GREY, 0.2, 333333",
    "JET, NaN, 000080",
    "VIRIDIS, -3, 440154",
    "MAGMA, 7, fcfdbf"
  })
  void knownColors(ColorMap colors, float value, String rgb) {
    assertEquals(Integer.parseInt(rgb, 16), colors.rgb(value));
  }

  /** Entries 120 and 240 of the published tables, of 0 to 255. */
  @Test
  void publishedEntriesInBetween() {
    assertEquals(0x23898e, ColorMap.VIRIDIS.rgb(120 / 255f));
    assertEquals(0xd8e219, ColorMap.VIRIDIS.rgb(240 / 255f));
    assertEquals(0xaa337d, ColorMap.MAGMA.rgb(120 / 255f));
    assertEquals(0xfde2a3, ColorMap.MAGMA.rgb(240 / 255f));
  }

  @ParameterizedTest
  @EnumSource(names = {"VIRIDIS", "MAGMA", "GREY"})
  void lighterIsMore(ColorMap colors) {
    double before = -1;
    for (int i = 0; i <= 255; i += 15) {
      int rgb = colors.rgb(i / 255f);
      double light = 0.2126 * (rgb >> 16) + 0.7152 * (rgb >> 8 & 0xff) + 0.0722 * (rgb & 0xff);
      assertTrue(light > before - 1e-9, colors + " at " + i);
      before = light;
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasThePictureAndAMapForEachClass(ColorMap colors) {
    BufferedImage panel =
        CamPanel.draw("Title", PICTURE, List.of(evidence(0, 1), evidence(3, 3)), colors, 1);
    // Three cells of 400 × 267, 16 apart
    assertEquals(2 * 20 + 3 * 400 + 2 * 16, panel.getWidth());
    assertEquals(60 + 267 + 58, panel.getHeight());
    int y = 200;
    assertEquals(0xff000000, panel.getRGB(200, y));
    assertEquals(0xff000000 | colors.rgb(0), panel.getRGB(438, y));
    assertEquals(0xff000000 | colors.rgb(1), panel.getRGB(834, y));
    // A constant map is the lowest colour, not NaN's.
    assertEquals(0xff000000 | colors.rgb(0), panel.getRGB(1000, y));
    assertEquals(0xffffffff, panel.getRGB(2, 2));
    // The legend of the map in the middle, from the lowest to the highest
    assertEquals(0xff000000 | colors.rgb(0), panel.getRGB(436 + 60, 60 + 267 + 40));
    assertEquals(0xff000000 | colors.rgb(1), panel.getRGB(436 + 60 + 132, 60 + 267 + 40));
  }

  @Test
  void widePicturesStandOneBeneathTheOther() {
    BufferedImage wide = new BufferedImage(100, 25, BufferedImage.TYPE_INT_RGB);
    BufferedImage panel = CamPanel.draw("", wide, List.of(evidence(0, 1)), ColorMap.GREY, 1);
    assertEquals(900 + 2 * 20, panel.getWidth());
    assertEquals(60 + 225 + 16 + 225 + 58, panel.getHeight());
    assertEquals(0xff000000, panel.getRGB(900, 100));
    assertEquals(0xffffffff, panel.getRGB(915, 60 + 225 + 16 + 100));
  }

  @Test
  void manyClassesTakeSeveralRows() {
    List<Evidence> five = Collections.nCopies(5, evidence(0, 1));
    BufferedImage panel = CamPanel.draw("", PICTURE, five, ColorMap.GREY, 1);
    assertEquals(2 * 20 + 4 * 400 + 3 * 16, panel.getWidth());
    assertEquals(60 + 2 * (267 + 58), panel.getHeight());
  }

  @Test
  void withoutAPictureTheMapsStandAlone() {
    BufferedImage panel = CamPanel.draw("", null, List.of(evidence(0, 1)), ColorMap.GREY, 0);
    assertEquals(900 + 2 * 20, panel.getWidth());
    assertEquals(0xff000000, panel.getRGB(22, 100));
    assertEquals(0xffffffff, panel.getRGB(915, 100));
  }

  @Test
  void largePicturesAndMapsAreReduced() {
    BufferedImage large = new BufferedImage(3000, 4000, BufferedImage.TYPE_BYTE_BINARY);
    BufferedImage panel = CamPanel.draw("", large, List.of(evidence(1)), ColorMap.JET, 1);
    assertEquals(2 * 20 + 2 * 300 + 16, panel.getWidth());
    Evidence tall =
        new Evidence(
            new ScoredClass(0, "cat", 1, 0.5f), Heatmap.of(new float[100_000], 100_000, 1), 0);
    panel = CamPanel.draw("", null, List.of(tall), ColorMap.JET, 1);
    assertEquals(2 * 20 + 240, panel.getWidth());
    assertEquals(60 + 400 + 58, panel.getHeight());
  }

  @Test
  void badInputIsAnError() {
    List<Evidence> one = List.of(evidence(1));
    ColorMap jet = ColorMap.JET;
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> CamPanel.draw("", PICTURE, List.of(), jet, 1));
    assertEquals("evidence is empty; one class or more was needed", e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> CamPanel.draw("", PICTURE, one, jet, 2));
    assertEquals("alpha is 2.0; 0 to 1 was needed", e.getMessage());
    List<Evidence> many = Collections.nCopies(1000, evidence(1));
    e =
        assertThrows(
            IllegalArgumentException.class, () -> CamPanel.draw("", PICTURE, many, jet, 1));
    String message = "evidence has so many classes that the panel would have 1688 × 81";
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
    assertThrows(NullPointerException.class, () -> CamPanel.draw(null, PICTURE, one, jet, 1));
    assertThrows(NullPointerException.class, () -> CamPanel.draw("", PICTURE, null, jet, 1));
    assertThrows(NullPointerException.class, () -> CamPanel.draw("", PICTURE, one, null, 1));
  }
}
