package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DenseGradientTest {
  /** Two rows, two outputs, three inputs. */
  private final float[] gy = {1, 10, 2, -1};

  private final float[] x = {1, 2, 3, -1, 0, 5};
  private final float[] w = {1, 2, 3, 10, 20, 30};
  private final float[] gx = {7, 7, 7, 7, 7, 7};
  private final float[] gw = gx.clone();
  private final float[] gb = {7, 7};

  @Test
  void knownNumbers() {
    for (KernelSet k : Maps.backends()) {
      k.denseInputGradient(gy, 0, 2, 2, w, 0, 3, gx, 0);
      assertArrayEquals(new float[] {101, 202, 303, -8, -16, -24}, gx);
      k.denseWeightGradient(gy, 0, 2, 2, x, 0, 3, gw, 0, gb, 0);
      assertArrayEquals(new float[] {-1, 2, 13, 11, 20, 25}, gw);
      assertArrayEquals(new float[] {3, 9}, gb);
    }
  }

  @Test
  void sumsOfNothingAreZero() {
    for (KernelSet k : Maps.backends()) {
      Arrays.fill(gx, 7);
      k.denseInputGradient(gy, 0, 2, 0, w, 0, 3, gx, 0);
      assertArrayEquals(new float[6], gx);
      k.denseWeightGradient(gy, 0, 0, 2, x, 0, 3, gw, 0, gb, 0);
      assertArrayEquals(new float[6], gw);
      assertArrayEquals(new float[2], gb);
    }
  }

  @Test
  void withoutRowsOrOutputsNothingIsWritten() {
    for (KernelSet k : Maps.backends()) {
      k.denseInputGradient(gy, 0, 0, 2, w, 0, 3, gx, 6);
      k.denseWeightGradient(gy, 0, 2, 0, x, 0, 3, gw, 6, gb, 2);
      assertNothingWritten();
    }
  }

  @Test
  void gradientsOfTheParametersMayShareAnArray() {
    float[] both = new float[8];
    for (KernelSet k : Maps.backends()) {
      k.denseWeightGradient(gy, 0, 2, 2, x, 0, 3, both, 0, both, 6);
      assertArrayEquals(new float[] {-1, 2, 13, 11, 20, 25, 3, 9}, both);
    }
  }

  @Test
  void badArgumentsAreErrorsAndNothingIsWritten() {
    float[] all = new float[20];
    for (KernelSet k : Maps.backends()) {
      inputFails(k, "rows is -1; at least 0", gy, -1, 2, w, 3, gx, 0);
      inputFails(k, "outputs is -1; at least 0", gy, 2, -1, w, 3, gx, 0);
      inputFails(k, "inputs is 0; at least 1", gy, 2, 2, w, 0, gx, 0);
      inputFails(k, "gy is null", null, 2, 2, w, 3, gx, 0);
      inputFails(k, "weights is null", gy, 2, 2, null, 3, gx, 0);
      inputFails(k, "gx is null", gy, 2, 2, w, 3, null, 0);
      inputFails(k, "gy has 4 elements; from gyOffset = 0 on, 6", gy, 3, 2, w, 3, gx, 0);
      inputFails(k, "weights has 6 elements; from weightsOffset = 0 on, 8", gy, 2, 2, w, 4, gx, 0);
      inputFails(k, "gx has 6 elements; from gxOffset = 1 on, 6", gy, 2, 2, w, 3, gx, 1);
      inputFails(k, "gxOffset is -1; an offset", gy, 2, 2, w, 3, gx, -1);
      inputFails(k, "gx overlaps gy", all, 2, 2, w, 3, all, 3);
      inputFails(k, "gx overlaps weights", gy, 2, 2, all, 3, all, 5);

      weightFails(k, "rows is -1; at least 0", gy, -1, 2, x, 3, gw, gb, 0);
      weightFails(k, "outputs is -1; at least 0", gy, 2, -1, x, 3, gw, gb, 0);
      weightFails(k, "inputs is 0; at least 1", gy, 2, 2, x, 0, gw, gb, 0);
      weightFails(k, "gy is null", null, 2, 2, x, 3, gw, gb, 0);
      weightFails(k, "x is null", gy, 2, 2, null, 3, gw, gb, 0);
      weightFails(k, "gw is null", gy, 2, 2, x, 3, null, gb, 0);
      weightFails(k, "gb is null", gy, 2, 2, x, 3, gw, null, 0);
      weightFails(k, "gy has 4 elements; from gyOffset = 0 on, 6", gy, 3, 2, x, 3, gw, gb, 0);
      weightFails(k, "x has 6 elements; from xOffset = 0 on, 8", gy, 2, 2, x, 4, gw, gb, 0);
      weightFails(k, "gw has 5 elements", gy, 2, 2, x, 3, new float[5], gb, 0);
      weightFails(k, "gb has 2 elements; from gbOffset = 1 on, 2", gy, 2, 2, x, 3, gw, gb, 1);
      weightFails(k, "gbOffset is -1; an offset", gy, 2, 2, x, 3, gw, gb, -1);
      weightFails(k, "gw overlaps gy", all, 2, 2, x, 3, all, gb, 0);
      weightFails(k, "gw overlaps x", gy, 2, 2, all, 3, all, gb, 0);
      weightFails(k, "gb overlaps gy", all, 2, 2, x, 3, gw, all, 3);
      weightFails(k, "gb overlaps x", gy, 2, 2, all, 3, gw, all, 5);
      weightFails(k, "gb overlaps gw", gy, 2, 2, x, 3, all, all, 5);
    }
  }

  /**
   * @see <a href="https://github.com/pytorch/pytorch/issues/189082">pytorch/pytorch#189082</a>
   */
  @Test
  @DisplayName("pytorch/pytorch#189082: gradients of 2^32 values are errors, not other sizes")
  void hugeSizes() {
    int side = 65_536;
    float[] many = new float[side];
    for (KernelSet k : Maps.backends()) {
      inputFails(
          k,
          "gx has 6 elements; from gxOffset = 0 on, 4294967296",
          many,
          side,
          1,
          many,
          side,
          gx,
          0);
      weightFails(
          k,
          "gw has 6 elements; from gwOffset = 0 on, 4294967296",
          many,
          1,
          side,
          many,
          side,
          gw,
          many,
          0);
      inputFails(
          k, "gy has 4 elements; from gyOffset = 0 on, 4294967296", gy, side, side, w, 3, gx, 0);
    }
  }

  private void inputFails(
      KernelSet k,
      String message,
      float[] gy,
      int rows,
      int outputs,
      float[] w,
      int inputs,
      float[] gx,
      int at) {
    fails(message, () -> k.denseInputGradient(gy, 0, rows, outputs, w, 0, inputs, gx, at));
  }

  private void weightFails(
      KernelSet k,
      String message,
      float[] gy,
      int rows,
      int outputs,
      float[] x,
      int inputs,
      float[] gw,
      float[] gb,
      int at) {
    fails(message, () -> k.denseWeightGradient(gy, 0, rows, outputs, x, 0, inputs, gw, 0, gb, at));
  }

  private void fails(String message, Executable call) {
    Exception e = assertThrows(RuntimeException.class, call);
    assertEquals(
        message.endsWith("is null") ? NullPointerException.class : IllegalArgumentException.class,
        e.getClass());
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
    assertNothingWritten();
  }

  private void assertNothingWritten() {
    float[] sevens = {7, 7, 7, 7, 7, 7};
    assertArrayEquals(sevens, gx, "gx was written");
    assertArrayEquals(sevens, gw, "gw was written");
    assertArrayEquals(new float[] {7, 7}, gb, "gb was written");
  }
}
