package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.KernelSpec.Storage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Quantized means against exact arithmetic. */
class QuantizedMeanProperties {
  private static final MathContext DIGITS = new MathContext(60);

  /** With these scales and numbers of pixels the formula is exact in double, ties among them. */
  @Property(tries = 120)
  void meansAreTheRoundedExactOnes(
      @ForAll("bytes") ElementType in,
      @ForAll("bytes") ElementType out,
      @ForAll Layout layout,
      @ForAll Storage storage,
      @ForAll Rounding rounding,
      @ForAll boolean perChannel,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll("powersOfTwo") int pixels,
      @ForAll long seed) {
    Random random = new Random(seed);
    FeatureShape shape = new FeatureShape(2, channels, 1, pixels);
    int least = least(in);
    float[] nchw = new float[(int) shape.elements()];
    for (int i = 0; i < nchw.length; i++) {
      nchw[i] = least + random.nextInt(256);
    }
    float[] sx = scales(random, channels);
    float[] sy = scales(random, channels);
    int[] zx = random.ints(channels, least, least + 256).toArray();
    int[] zy = random.ints(channels, least(out), least(out) + 256).toArray();
    KernelSpec spec = new KernelSpec(KernelSpec.Operation.MEAN, in, layout, storage);
    FeatureMap x = spec.input(Maps.inLayout(layout, nchw, shape), 0, shape);
    for (KernelSet kernels : Maps.backends()) {
      FeatureMap y = FeatureMap.allocate(out, layout, new FeatureShape(2, channels, 1, 1));
      Quantization from = quantization(perChannel, sx, zx);
      Quantization to = quantization(perChannel, sy, zy);
      kernels.quantizedMean(x, from, y, to, rounding);
      for (int plane = 0; plane < 2 * channels; plane++) {
        int c = plane % channels;
        int q = perChannel ? c : 0;
        long sum = 0;
        for (int i = 0; i < pixels; i++) {
          sum += (long) nchw[plane * pixels + i] - zx[q];
        }
        BigDecimal steps =
            new BigDecimal(sum)
                .multiply(new BigDecimal(sx[q]))
                .divide(new BigDecimal(sy[q]).multiply(new BigDecimal(pixels)), DIGITS);
        RoundingMode mode =
            rounding == Rounding.HALF_EVEN ? RoundingMode.HALF_EVEN : RoundingMode.HALF_UP;
        long expected = steps.setScale(0, mode).longValueExact() + zy[q];
        expected = Math.clamp(expected, (long) least(out), least(out) + 255L);
        assertEquals(expected, y.getDouble(plane / channels, c, 0, 0), "plane " + plane);
      }
    }
  }

  private static Quantization quantization(boolean perChannel, float[] scales, int[] zeroPoints) {
    return perChannel
        ? Quantization.perChannel(scales, zeroPoints)
        : Quantization.perTensor(scales[0], zeroPoints[0]);
  }

  private static float[] scales(Random random, int channels) {
    float[] scales = new float[channels];
    for (int c = 0; c < channels; c++) {
      scales[c] = Math.scalb(1f, random.nextInt(7) - 3);
    }
    return scales;
  }

  private static int least(ElementType type) {
    return type == ElementType.INT8 ? -128 : 0;
  }

  @Provide
  Arbitrary<ElementType> bytes() {
    return Arbitraries.of(ElementType.INT8, ElementType.UINT8);
  }

  @Provide
  Arbitrary<Integer> powersOfTwo() {
    return Arbitraries.of(1, 2, 4, 16, 64, 128, 2048);
  }
}
