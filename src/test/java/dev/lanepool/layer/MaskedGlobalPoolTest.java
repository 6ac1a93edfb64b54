package dev.lanepool.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaskedGlobalPoolTest {
  private static final float[] X = {1, 2, 3, Float.NaN, 5, 6, 7, 8};

  private final FeatureMap maps = FeatureMap.of(X, Layout.NCHW, new FeatureShape(1, 2, 2, 2));
  private final Selection selection = Selection.weights(new float[] {1, 0, 3, 0}, 1, 2, 2);

  @ParameterizedTest
  @EnumSource
  void poolsWhatIsSelected(Layout layout) {
    FeatureMap input = maps.toLayout(layout);
    FeatureMap mean = new MaskedGlobalPool().forward(input, selection);
    assertEquals(new FeatureShape(1, 2, 1, 1), mean.shape());
    assertArrayEquals(new float[] {2.5f, 6.5f}, mean.array());
    MaskedGlobalPool max = new MaskedGlobalPool(Reduction.MAX);
    assertArrayEquals(new float[] {3, 7}, max.forward(input, selection).array());
    assertEquals("MaskedGlobalPool(MAX)", max.toString());
  }

  @Test
  void badArguments() {
    MaskedGlobalPool pool = new MaskedGlobalPool();
    assertThrows(NullPointerException.class, () -> new MaskedGlobalPool(null));
    assertThrows(NullPointerException.class, () -> pool.forward(null, selection));
    assertThrows(NullPointerException.class, () -> pool.forward(maps, null));
    FeatureMap two = FeatureMap.allocate(Layout.NCHW, new FeatureShape(2, 2, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> pool.forward(two, selection));
    assertThrows(IllegalArgumentException.class, () -> pool.forward(maps, selection, two));
  }
}
