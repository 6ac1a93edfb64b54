package dev.lanepool.kernel;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureShape;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Sums of float16 and bfloat16 against exact ones: any bits, any place, awkward lengths. */
class ShortSumProperties {
  /** What the values are; of all kinds the exact sum fits a double. */
  enum Shorts {
    /** Any, of a range of exponents. */
    FINITE,
    /** Of the smallest magnitudes, most of them subnormal. */
    TINY,
    /** The largest magnitude, of either sign. */
    LARGEST,
    /** Zeros of either sign. */
    ZEROS,
    /** As FINITE, and an infinity somewhere. */
    INFINITY,
    /** As FINITE, and a NaN somewhere. */
    NAN;

    short[] of(Random random, ElementType type, int count) {
      boolean isHalf = type == ElementType.FLOAT16;
      int infinity = isHalf ? 0x7c00 : 0x7f80;
      short[] x = new short[count];
      for (int i = 0; i < count; i++) {
        int bits =
            switch (this) {
              case TINY -> random.nextInt(isHalf ? 0x800 : 0x100);
              case LARGEST -> infinity - 1;
              case ZEROS -> 0;
              default -> isHalf ? random.nextInt(infinity) : 0x3c00 + random.nextInt(0x0800);
            };
        x[i] = (short) (bits | (random.nextBoolean() ? 0x8000 : 0));
      }
      if (this == INFINITY || this == NAN) {
        int sign = random.nextBoolean() ? 0x8000 : 0;
        int bits = this == NAN ? infinity + 1 + random.nextInt(0x7fff - infinity) : infinity;
        x[random.nextInt(count)] = (short) (bits | sign);
      }
      return x;
    }
  }

  @Property(tries = 300)
  void sumsAreExact(
      @ForAll("lengths") int n,
      @ForAll("shorts") ElementType type,
      @ForAll Shorts shorts,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll long seed) {
    Random random = new Random(seed);
    short[] x = shorts.of(random, type, channels * n);
    float[] sums = new float[channels];
    float[] means = new float[channels];
    for (int plane = 0; plane < channels; plane++) {
      double sum = sum(type, x, plane * n, n);
      sums[plane] = (float) sum;
      means[plane] = (float) (sum / n);
    }
    int before = random.nextInt(70);
    short[] wide = new short[before + x.length + random.nextInt(2) * random.nextInt(70)];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = (short) random.nextInt();
    }
    System.arraycopy(x, 0, wide, before, x.length);
    FeatureShape shape = new FeatureShape(1, channels, 1, n);
    MemorySegment heap = MemorySegment.ofArray(wide);
    Maps.assertSumsAndMeans(sums, means, heap, type, before, shape);
  }

  /** Exact, where all are finite. */
  private static double sum(ElementType type, short[] x, int start, int n) {
    BigDecimal exact = BigDecimal.ZERO;
    double others = 0;
    for (int i = start; i < start + n; i++) {
      float value =
          type == ElementType.FLOAT16
              ? Float.float16ToFloat(x[i])
              : Float.intBitsToFloat(x[i] << Short.SIZE);
      if (Float.isFinite(value)) {
        exact = exact.add(new BigDecimal(value));
      } else {
        others += value;
      }
    }
    return others == 0 ? exact.doubleValue() : others;
  }

  @Provide
  Arbitrary<ElementType> shorts() {
    return Arbitraries.of(ElementType.FLOAT16, ElementType.BFLOAT16);
  }

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.of(
        7, 49, 120, 127, 128, 129, 136, 137, 143, 144, 145, 169, 196, 505, 528, 4095, 4096, 4097,
        4100, 8191);
  }
}
