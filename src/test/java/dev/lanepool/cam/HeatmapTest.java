package dev.lanepool.cam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.head.ClassifierHead;
import dev.lanepool.layer.Numbers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeatmapTest {
  @Test
  void holdsItsValuesRowByRow() {
    float[] values = {1, 2, 3, 4, 5, 6};
    Heatmap map = Heatmap.of(values, 2, 3);
    assertEquals(2, map.height());
    assertEquals(3, map.width());
    assertEquals(3, map.get(0, 2));
    assertEquals(4, map.get(1, 0));
    assertEquals(3.5f, map.mean());
    values[0] = 99;
    map.values()[1] = 99;
    Numbers.assertBits(new float[] {1, 2, 3, 4, 5, 6}, map.values(), "values");
    // 0, 3 would be 1, 0 if only the product counted.
    assertThrows(IndexOutOfBoundsException.class, () -> map.get(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> map.get(2, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> map.get(-1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> map.get(0, -1));
  }

  @Test
  void sizesThatDontFitAreErrors() {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> Heatmap.of(new float[5], 2, 3));
    assertEquals("values has 5 values; 2 × 3 were needed", e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> Heatmap.of(new float[7], 2, 3));
    assertEquals("values has 7 values; 2 × 3 were needed", e.getMessage());
    e = assertThrows(NullPointerException.class, () -> Heatmap.of(null, 2, 3));
    assertTrue(e.getMessage().startsWith("values is null"), e.getMessage());
    for (int[] size : new int[][] {{0, 3}, {3, 0}, {-2, -3}, {65_536, 65_536}}) {
      String message = "height and width are " + size[0] + " and " + size[1];
      e =
          assertThrows(
              IllegalArgumentException.class, () -> Heatmap.of(new float[6], size[0], size[1]));
      assertTrue(e.getMessage().startsWith(message), e.getMessage());
      Heatmap map = Heatmap.of(new float[6], 2, 3);
      e = assertThrows(IllegalArgumentException.class, () -> map.upsample(size[0], size[1]));
      assertTrue(e.getMessage().contains(size[0] + " and " + size[1]), e.getMessage());
    }
  }

  @Test
  void normalizeStretchesToZeroAndOne() {
    float[] normalized = Heatmap.of(new float[] {-1, 0, 3, 1, 2, -1}, 3, 2).normalize().values();
    Numbers.assertBits(new float[] {0, 0.25f, 1, 0.5f, 0.75f, 0}, normalized, "normalized");
    // A span that overflows float, one that is subnormal, one of a single ulp
    float max = Float.MAX_VALUE;
    assertNormalized(new float[] {0, 1, 0.5f}, -max, max, 0);
    assertNormalized(new float[] {0, 1, 0.5f}, 0, 2 * Float.MIN_VALUE, Float.MIN_VALUE);
    assertNormalized(new float[] {0, 1, 0}, 1, Math.nextUp(1f), 1);
  }

  private static void assertNormalized(float[] expected, float... values) {
    Heatmap map = Heatmap.of(values, 1, values.length);
    float[] before = map.values();
    Numbers.assertBits(expected, map.normalize().values(), Arrays.toString(values));
    Numbers.assertBits(before, map.values(), "the map itself");
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0f, 1, -3.7f, 3e38f, -3e38f, Float.MIN_VALUE})
  void aConstantMapIsNormalizedToZeros(float value) {
    assertNormalized(new float[6], value, value, value, value, value, value);
    assertNormalized(new float[1], value);
  }

  /**
   * A map that is negative or constant became NaN.
   *
   * @see <a href="https://github.com/frgfm/torch-cam/issues/186">frgfm/torch-cam#186</a>
   */
  @Test
  void torchCam186NoNanFromNegativeOrConstantMaps() {
    assertNormalized(new float[] {0, 1, 0.5f}, -3, -1, -2);
    assertNormalized(new float[3], -2, -2, -2);
    // The whole way: a class that only negative weights speak for, and one that none do.
    FeatureShape shape = new FeatureShape(1, 1, 2, 2);
    FeatureMap maps = FeatureMap.of(new float[] {0, 1, 2, 4}, Layout.NCHW, shape);
    ClassifierHead head =
        ClassifierHead.of(new float[] {-1, 0}, new float[2], List.of("against", "none"));
    Heatmap against = ClassActivationMap.of(head, maps, 0).normalize();
    Numbers.assertBits(new float[] {1, 0.75f, 0.5f, 0}, against.values(), "against");
    Heatmap none = ClassActivationMap.of(head, maps, 1).normalize();
    Numbers.assertBits(new float[4], none.values(), "none");
  }

  @Test
  void normalizeHasNanForNanAndInfinity() {
    assertTrue(Float.isNaN(Heatmap.of(new float[] {1, Float.NaN, 2}, 1, 3).normalize().get(0, 1)));
    float infinity = Float.POSITIVE_INFINITY;
    assertTrue(Float.isNaN(Heatmap.of(new float[] {1, infinity, 2}, 1, 3).normalize().get(0, 1)));
    assertTrue(Float.isNaN(Heatmap.of(new float[] {1, -infinity, 2}, 1, 3).normalize().get(0, 1)));
  }

  @Test
  void upsampleHasTheNumbersOfPyTorch() {
    // interpolate(..., mode="bilinear", align_corners=False) of [[0, 1], [2, 3]] to 4 × 4
    float[] expected = {
      0, 0.25f, 0.75f, 1, //
      0.5f, 0.75f, 1.25f, 1.5f, //
      1.5f, 1.75f, 2.25f, 2.5f, //
      2, 2.25f, 2.75f, 3
    };
    Heatmap map = Heatmap.of(new float[] {0, 1, 2, 3}, 2, 2);
    Numbers.assertBits(expected, map.upsample(4, 4).values(), "4 × 4");
    // To another ratio per axis: rows thrice, columns once
    float[] tall = {0, 1, 0, 1, 2 / 3f, 5 / 3f, 4 / 3f, 7 / 3f, 2, 3, 2, 3};
    float[] actual = map.upsample(6, 2).values();
    for (int i = 0; i < tall.length; i++) {
      assertEquals(tall[i], actual[i], 1e-6f, "value " + i);
    }
  }

  @Test
  void smallerIsAllowedToo() {
    // No antialiasing: the centre of 4 pixels is half-way between the second and the third.
    Heatmap map = Heatmap.of(new float[] {0, 1, 3, 100}, 1, 4);
    Numbers.assertBits(new float[] {2}, map.upsample(1, 1).values(), "1 × 1");
    Numbers.assertBits(new float[] {0.5f, 51.5f}, map.upsample(1, 2).values(), "1 × 2");
  }

  @Test
  void theSameSizeIsTheSameMap() {
    for (int[] size : new int[][] {{1, 1}, {7, 7}, {3, 10}, {13, 1}, {29, 31}}) {
      float[] values = Numbers.values(60, size[0] * size[1]);
      float[] same = Heatmap.of(values, size[0], size[1]).upsample(size[0], size[1]).values();
      Numbers.assertBits(values, same, size[0] + " × " + size[1]);
    }
  }

  @Test
  void theSameSizeKeepsWhatIsNotFiniteInItsPlace() {
    float infinity = Float.POSITIVE_INFINITY;
    float[] values = {1, infinity, 2, Float.NaN, -0f, -infinity};
    float[] same = Heatmap.of(values, 2, 3).upsample(2, 3).values();
    Numbers.assertBits(values, same, "2 × 3");
  }

  @ParameterizedTest
  @ValueSource(
      floats = {0, -0f, 0.1f, -3.7f, 3.4e38f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY})
  void aConstantMapStaysConstant(float value) {
    float[] values = new float[21];
    Arrays.fill(values, value);
    float[] expected = new float[31 * 17];
    Arrays.fill(expected, value);
    Heatmap result = Heatmap.of(values, 3, 7).upsample(31, 17);
    Numbers.assertBits(expected, result.values(), "31 × 17");
  }

  @Test
  void onePixelFillsEverything() {
    float[] expected = new float[12];
    Arrays.fill(expected, 0.3f);
    Heatmap map = Heatmap.of(new float[] {0.3f}, 1, 1);
    Numbers.assertBits(expected, map.upsample(3, 4).values(), "3 × 4");
  }

  @Test
  void upsampleMirrorsAndTransposes() {
    Heatmap map = Heatmap.of(Numbers.integers(61, 12, 100), 3, 4);
    float[] turned = new float[12];
    float[] mirrored = new float[12];
    for (int i = 0; i < 12; i++) {
      turned[i % 4 * 3 + i / 4] = map.values()[i];
      mirrored[11 - i] = map.values()[i];
    }
    // To powers of two: the positions are exact.
    Heatmap up = map.upsample(16, 32);
    Heatmap upTurned = Heatmap.of(turned, 4, 3).upsample(32, 16);
    Heatmap upMirrored = Heatmap.of(mirrored, 3, 4).upsample(16, 32);
    for (int row = 0; row < 16; row++) {
      for (int column = 0; column < 32; column++) {
        String where = row + ", " + column;
        assertEquals(up.get(row, column), upTurned.get(column, row), 1e-5f, where);
        assertEquals(up.get(row, column), upMirrored.get(15 - row, 31 - column), 1e-5f, where);
      }
    }
  }
}
