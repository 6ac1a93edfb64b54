package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSpec.Operation;
import dev.lanepool.kernel.KernelSpec.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What users of other libraries ran into. More of them: BackendTest, BackendChoiceTest. */
class ComplaintsTest {
  /**
   * @see <a
   *     href="https://github.com/microsoft/onnxruntime/issues/12043">microsoft/onnxruntime#12043</a>
   */
  @Test
  @DisplayName("microsoft/onnxruntime#12043: the mean of ones over 10000x10000 is 1")
  void manyOnes() {
    float[] ones = new float[100_000_000];
    Arrays.fill(ones, 1);
    FeatureShape shape = new FeatureShape(1, 1, 10_000, 10_000);
    float[] y = new float[2];
    Kernels.best().mean(ones, 0, Layout.NCHW, shape, y, 0);
    Kernels.best().sum(ones, 0, Layout.NCHW, shape, y, 1);
    assertArrayEquals(new float[] {1, 1e8f}, y);
  }

  /**
   * @see <a href="https://github.com/pytorch/pytorch/issues/36582">pytorch/pytorch#36582</a>
   */
  @Test
  @DisplayName("pytorch/pytorch#36582: the layout does not change the mean")
  void layoutsAgree() {
    FeatureShape shape = new FeatureShape(2, 2048, 7, 7);
    float[] nchw = Values.CANCELLING.maps(new Random(36582), shape);
    float[] nhwc = Maps.inLayout(Layout.NHWC, nchw, shape);
    for (KernelSet kernels : Maps.backends()) {
      assertArrayEquals(
          Maps.bits(Maps.spec(Operation.MEAN, Layout.NCHW), kernels, nchw, shape),
          Maps.bits(Maps.spec(Operation.MEAN, Layout.NHWC), kernels, nhwc, shape));
    }
  }

  /**
   * @see <a href="https://github.com/pytorch/pytorch/issues/165534">pytorch/pytorch#165534</a>
   */
  @Test
  @DisplayName("pytorch/pytorch#165534: a wide sum, one division; values near the largest float")
  void sumsAreWide() {
    FeatureShape shape = new FeatureShape(1, 20, 56, 56);
    for (float value : new float[] {3.4e38f, -3.4e38f, 0.1f, 1e-45f}) {
      float[] x = new float[(int) shape.elements()];
      Arrays.fill(x, value);
      float[] expected = new float[20];
      Arrays.fill(expected, value);
      for (Layout layout : Layout.values()) {
        for (KernelSet kernels : Maps.backends()) {
          int[] bits = Maps.bits(Maps.spec(Operation.MEAN, layout), kernels, x, shape);
          assertArrayEquals(expected, Maps.floats(bits));
        }
      }
    }
  }

  /**
   * @see <a
   *     href="https://github.com/tensorflow/tensorflow/issues/125965">tensorflow/tensorflow#125965</a>
   * @see <a href="https://github.com/pytorch/pytorch/issues/7645">pytorch/pytorch#7645</a>
   */
  @Test
  @DisplayName("tensorflow/tensorflow#125965, pytorch/pytorch#7645: NaN wins wherever it stands")
  void nanEverywhere() {
    for (int n = 1; n <= 70; n++) {
      // The plane with NaN and a neighbour without, which must stay clean.
      FeatureShape shape = new FeatureShape(1, 17, 1, n);
      for (int at = 0; at < n; at++) {
        float[] nchw = new float[17 * n];
        float nan = Float.intBitsToFloat(at % 2 == 0 ? 0x7fc00000 : 0xff800001);
        nchw[16 * n + at] = nan;
        // As large as can be, and more NaNs behind the first.
        nchw[16 * n] = at == 0 ? nan : Float.POSITIVE_INFINITY;
        nchw[17 * n - 1] = Float.NaN;
        for (KernelSpec spec : Maps.ofFloatArrays()) {
          float[] x = Maps.inLayout(spec.layout(), nchw, shape);
          for (KernelSet kernels : Maps.backends()) {
            checkNan(spec, Maps.bits(spec, kernels, x, shape), Math.min(at, n - 1));
          }
        }
      }
    }
  }

  private static void checkNan(KernelSpec spec, int[] bits, int at) {
    for (int result = 0; result < spec.operation().outputs(); result++) {
      float neighbour = Float.intBitsToFloat(bits[result * 17 + 15]);
      assertEquals(0, neighbour, 1e-6f, () -> spec + ", NaN at " + at);
      float value = Float.intBitsToFloat(bits[result * 17 + 16]);
      assertTrue(Float.isNaN(value), () -> spec + " is " + value + ", NaN at " + at);
    }
    if (spec.operation().indexed()) {
      assertEquals(at, bits[bits.length - 1], spec::toString);
    }
  }

  /**
   * @see <a href="https://github.com/pytorch/pytorch/issues/12013">pytorch/pytorch#12013</a>
   */
  @Test
  @DisplayName("pytorch/pytorch#12013: no samples or no channels give an empty result")
  void emptyBatch() {
    for (KernelSpec spec : KernelSpec.all()) {
      for (KernelSet kernels : Maps.backends()) {
        float[] none = new float[0];
        assertEquals(0, Maps.bits(spec, kernels, none, new FeatureShape(0, 64, 7, 7)).length);
        assertEquals(0, Maps.bits(spec, kernels, none, new FeatureShape(3, 0, 7, 7)).length);
      }
    }
  }

  /**
   * @see <a href="https://github.com/onnx/onnx/issues/5568">onnx/onnx#5568</a>
   * @see <a
   *     href="https://github.com/microsoft/onnxruntime/issues/28353">microsoft/onnxruntime#28353</a>
   */
  @Test
  @DisplayName("onnx/onnx#5568, microsoft/onnxruntime#28353: an empty plane has no mean and no max")
  void emptyPlane() {
    for (FeatureShape shape :
        new FeatureShape[] {
          new FeatureShape(1, 3, 0, 7), new FeatureShape(1, 3, 7, 0), new FeatureShape(0, 0, 0, 0)
        }) {
      for (KernelSpec spec : KernelSpec.all()) {
        for (KernelSet kernels : Maps.backends()) {
          IllegalArgumentException e =
              assertThrows(
                  IllegalArgumentException.class,
                  () -> Maps.bits(spec, kernels, new float[9], shape));
          assertTrue(e.getMessage().contains(shape.toString()), e::getMessage);
        }
      }
    }
  }

  /**
   * @see <a href="https://github.com/pytorch/pytorch/issues/176784">pytorch/pytorch#176784</a>
   */
  @Test
  @DisplayName("pytorch/pytorch#176784: sizes beyond 2^31 and 2^63 are errors, not other sizes")
  void hugeSizes() {
    int big = Integer.MAX_VALUE;
    assertEquals((long) big * big, new FeatureShape(1, 1, big, big).elements());
    IllegalArgumentException tooBig =
        assertThrows(IllegalArgumentException.class, () -> new FeatureShape(4, big, big, 1 << 30));
    assertTrue(tooBig.getMessage().contains("[4, 2147483647, 2147483647"), tooBig::getMessage);
    float[] y = new float[9];
    int[] index = new int[9];
    // Each has 2^32 values or more, but 0 or few of them where 32 bits are counted.
    for (FeatureShape shape :
        new FeatureShape[] {
          new FeatureShape(1, 1, 65_536, 65_536),
          new FeatureShape(65_536, 65_536, 1, 1),
          new FeatureShape(2, 1 << 30, 2, 2),
          new FeatureShape(1, 1, 641, 6_700_417)
        }) {
      for (KernelSpec spec : KernelSpec.all()) {
        for (KernelSet kernels : Maps.backends()) {
          IllegalArgumentException e =
              assertThrows(
                  IllegalArgumentException.class,
                  () -> spec.run(kernels, spec.input(new float[9], 0, shape), y, 0, index, 0));
          assertTrue(e.getMessage().contains("array holds 9 values"), e::getMessage);
          assertTrue(e.getMessage().contains("" + shape.elements()), e::getMessage);
        }
      }
    }
  }

  /**
   * @see <a href="https://github.com/huggingface/candle/issues/3719">huggingface/candle#3719</a>
   */
  @Test
  @DisplayName("huggingface/candle#3719: the 16-bit mean of ones over 64x64 is 1, not 0.5")
  void ofOnesInSixteenBits() {
    sixteenBits(new FeatureShape(1, 19, 64, 64), 1, Reduction.MEAN, 1);
  }

  /**
   * @see <a href="https://github.com/Tencent/ncnn/issues/3561">Tencent/ncnn#3561</a>
   * @see <a href="https://github.com/ROCm/MIOpen/issues/2109">ROCm/MIOpen#2109</a>
   */
  @Test
  @DisplayName("Tencent/ncnn#3561, ROCm/MIOpen#2109: 16-bit sums do not overflow on the way")
  void largeSixteenBits() {
    sixteenBits(new FeatureShape(1, 19, 50, 50), 57344, Reduction.MEAN, 57344);
    sixteenBits(new FeatureShape(1, 19, 50, 50), 57344, Reduction.L1, 57344 * 2500f);
  }

  /** Constant maps; into floats, and where the type can hold it into the type itself. */
  private static void sixteenBits(FeatureShape shape, float value, Reduction r, float expected) {
    float[] x = new float[(int) shape.elements()];
    Arrays.fill(x, value);
    for (ElementType type : List.of(ElementType.FLOAT16, ElementType.BFLOAT16)) {
      for (Layout layout : Layout.values()) {
        FeatureMap map = FeatureMap.of(x, layout, shape).toType(type);
        FeatureMap own = FeatureMap.allocate(type, layout, new FeatureShape(1, shape.c(), 1, 1));
        for (KernelSet kernels : Maps.backends()) {
          float[] y = new float[shape.c()];
          kernels.reduce(r, map, y, 0);
          kernels.reduce(r, map, own);
          for (int c = 0; c < shape.c(); c++) {
            assertEquals(expected, y[c], () -> type + " " + layout);
            if (r == Reduction.MEAN) {
              assertEquals(expected, own.get(0, c, 0, 0), () -> type + " " + layout);
            }
          }
        }
      }
    }
  }

  /**
   * @see <a href="https://github.com/pytorch/pytorch/issues/159936">pytorch/pytorch#159936</a>
   */
  @Test
  @DisplayName("pytorch/pytorch#159936: the index of a maximum in a large 16-bit plane")
  void indicesBeyondSixteenBits() {
    FeatureShape shape = new FeatureShape(1, 5, 300, 300);
    float[] nchw = new float[(int) shape.elements()];
    for (int c = 0; c < 5; c++) {
      // Beyond 2^11, where 16-bit floats have no odd numbers, and 2^16.
      nchw[c * 90_000 + 2049 + 20_000 * c] = 1;
    }
    for (ElementType type : List.of(ElementType.FLOAT16, ElementType.BFLOAT16)) {
      for (Layout layout : Layout.values()) {
        float[] x = Maps.inLayout(layout, nchw, shape);
        FeatureMap map = FeatureMap.of(x, layout, shape).toType(type);
        for (KernelSet kernels : Maps.backends()) {
          int[] index = new int[5];
          kernels.reduce(Reduction.MAX, map, new float[5], 0, index, 0);
          for (int c = 0; c < 5; c++) {
            assertEquals(2049 + 20_000 * c, index[c], () -> type + " " + layout);
          }
        }
      }
    }
  }

  /**
   * @see <a href="https://github.com/pytorch/pytorch/issues/184037">pytorch/pytorch#184037</a>
   */
  @Test
  @DisplayName("pytorch/pytorch#184037: an Lp norm is one of magnitudes, whatever p is")
  void normsOfNegativeValues() {
    FeatureMap x = FeatureMap.of(new float[] {-3, -4}, Layout.NCHW, new FeatureShape(1, 1, 1, 2));
    for (KernelSet kernels : Maps.backends()) {
      float[] y = new float[4];
      kernels.reduce(Reduction.lpNorm(1), x, y, 0);
      kernels.reduce(Reduction.lpNorm(2), x, y, 1);
      kernels.reduce(Reduction.lpNorm(3), x, y, 2);
      kernels.reduce(Reduction.lpNorm(Double.POSITIVE_INFINITY), x, y, 3);
      assertArrayEquals(new float[] {7, 5, (float) Math.cbrt(91), 4}, y);
    }
  }

  /**
   * @see <a href="https://github.com/pytorch/pytorch/issues/43986">pytorch/pytorch#43986</a>
   * @see <a href="https://github.com/pytorch/pytorch/issues/48916">pytorch/pytorch#48916</a>
   * @see <a href="https://github.com/pytorch/pytorch/issues/95368">pytorch/pytorch#95368</a>
   * @see <a href="https://github.com/pytorch/pytorch/issues/14615">pytorch/pytorch#14615</a>
   */
  @Test
  @DisplayName(
      "pytorch/pytorch#43986, #48916, #95368, #14615: every layout and 1x1 is in the list that is measured")
  void noSlowPaths() {
    // How long a call takes is no matter of a test. That none goes unmeasured is.
    for (Operation operation : List.of(Operation.MEAN, Operation.MAX)) {
      for (Layout layout : Layout.values()) {
        KernelSpec spec = new KernelSpec(operation, ElementType.FLOAT32, layout, Storage.ARRAY);
        assertTrue(KernelSpec.all().contains(spec), spec::toString);
        for (int side : new int[] {1, 7}) {
          FeatureShape shape = new FeatureShape(1, 2048, side, side);
          FeatureMap x = spec.input(Values.GAUSSIAN.maps(new Random(43986), shape), 0, shape);
          float[] expected = new float[2048];
          float[] y = new float[2048];
          spec.run(Kernels.scalar(), x, expected, 0, null, 0);
          spec.run(Kernels.best(), x, y, 0, null, 0);
          assertArrayEquals(expected, y, () -> spec + " of " + shape);
        }
      }
    }
  }

  @Test
  @DisplayName("A plane of -Infinity has the maximum -Infinity, not the lowest finite value")
  void negativeInfinity() {
    checkAll(Float.NEGATIVE_INFINITY, Operation.MAX, Operation.MIN, Operation.MEAN);
    checkAll(Float.POSITIVE_INFINITY, Operation.MAX, Operation.MIN, Operation.MEAN);
  }

  private static void checkAll(float value, Operation... operations) {
    for (int n : new int[] {1, 2, 15, 16, 17, 49, 4097}) {
      FeatureShape shape = new FeatureShape(1, 18, 1, n);
      float[] x = new float[18 * n];
      Arrays.fill(x, value);
      float[] expected = new float[18];
      Arrays.fill(expected, value);
      for (Operation operation : operations) {
        for (Layout layout : Layout.values()) {
          for (KernelSet kernels : Maps.backends()) {
            int[] bits = Maps.bits(Maps.spec(operation, layout), kernels, x, shape);
            assertArrayEquals(expected, Maps.floats(bits), operation::name);
          }
        }
      }
    }
  }

  @Test
  @DisplayName("+0 is above -0; the first index wins among equals")
  void zerosAndTies() {
    for (int n = 2; n <= 70; n++) {
      FeatureShape shape = new FeatureShape(1, 17, 1, n);
      for (int at = 0; at < n; at++) {
        float[] nchw = new float[17 * n];
        for (int c = 0; c < 17; c++) {
          Arrays.fill(nchw, c * n, c * n + at, -0.0f);
        }
        for (KernelSet kernels : Maps.backends()) {
          for (Layout layout : Layout.values()) {
            float[] x = Maps.inLayout(layout, nchw, shape);
            int[] argMax = Maps.bits(Maps.spec(Operation.ARG_MAX, layout), kernels, x, shape);
            int[] min = Maps.bits(Maps.spec(Operation.MIN, layout), kernels, x, shape);
            for (int c = 0; c < 17; c++) {
              assertEquals(Float.floatToIntBits(0.0f), argMax[c]);
              assertEquals(at, argMax[17 + c]);
              assertEquals(Float.floatToIntBits(at == 0 ? 0.0f : -0.0f), min[c]);
            }
          }
        }
      }
    }
  }
}
