package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PointwiseTest {
  private static final FeatureShape SHAPE = new FeatureShape(2, 3, 1, 2);

  private final float[] x = {1, 2, 3, 4, 5, 6, -1, 0, 10, 20, 0, 1};
  private final float[] w = {1, 1, 1, 2, 0, -1};
  private final float[] y = new float[8];

  @Test
  void knownNumbers() {
    for (KernelSet k : Maps.backends()) {
      k.pointwise(x, 0, Layout.NCHW, SHAPE, w, 0, 2, y, 0);
      assertArrayEquals(new float[] {9, 12, -3, -2, 9, 21, -2, -1}, y);
      k.pointwise(x, 0, Layout.NHWC, SHAPE, w, 0, 2, y, 0);
      assertArrayEquals(new float[] {6, 15, -1, 2, 9, 21, -12, 39}, y);
    }
  }

  @Test
  void withoutOutputsOrSamplesNothingIsWritten() {
    Arrays.fill(y, 7);
    float[] before = y.clone();
    for (KernelSet k : Maps.backends()) {
      k.pointwise(x, 0, Layout.NCHW, SHAPE, w, 0, 0, y, 8);
      k.pointwise(x, 0, Layout.NHWC, new FeatureShape(0, 3, 1, 2), w, 0, 2, y, 8);
      assertArrayEquals(before, y);
    }
  }

  @Test
  void badArgumentsAreErrorsAndNothingIsWritten() {
    FeatureShape noChannels = new FeatureShape(2, 0, 1, 2);
    FeatureShape noPixels = new FeatureShape(2, 3, 1, 0);
    fails("shape is [2, 0, 1, 2]; C of at least 1", x, 0, noChannels, w, 0, 2, y, 0);
    fails("shape is [2, 3, 1, 0]; H and W of at least 1", x, 0, noPixels, w, 0, 2, y, 0);
    fails("x has 12 elements; from xOffset = 1 on, 12", x, 1, SHAPE, w, 0, 2, y, 0);
    fails("weights has 6 elements; from weightsOffset = 1 on, 6", x, 0, SHAPE, w, 1, 2, y, 0);
    fails("outputs is -1; at least 0", x, 0, SHAPE, w, 0, -1, y, 0);
    fails("y has 8 elements; from yOffset = 1 on, 8", x, 0, SHAPE, w, 0, 2, y, 1);
    fails("yOffset is -1; an offset of 0 or more", x, 0, SHAPE, w, 0, 2, y, -1);
    float[] shared = new float[20];
    fails("y overlaps x", shared, 0, SHAPE, w, 0, 2, shared, 11);
    fails("y overlaps weights", x, 0, SHAPE, shared, 7, 2, shared, 0);
  }

  private static void fails(
      String message,
      float[] x,
      int xOffset,
      FeatureShape shape,
      float[] w,
      int wOffset,
      int outputs,
      float[] y,
      int yOffset) {
    float[] before = y.clone();
    for (KernelSet k : Maps.backends()) {
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> k.pointwise(x, xOffset, Layout.NHWC, shape, w, wOffset, outputs, y, yOffset));
      assertEquals(message, e.getMessage().substring(0, message.length()));
      assertArrayEquals(before, y, "written");
    }
  }
}
