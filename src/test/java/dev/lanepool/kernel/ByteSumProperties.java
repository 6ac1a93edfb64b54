package dev.lanepool.kernel;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureShape;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Sums and means of bytes against integers: every length, extreme values, any place. */
class ByteSumProperties {
  /** What the bytes are. */
  enum Bytes {
    ANY,
    LOWEST,
    HIGHEST,
    EXTREMES;

    byte[] of(Random random, ElementType type, int count) {
      byte[] x = new byte[count];
      random.nextBytes(x);
      byte lowest = type == ElementType.INT8 ? Byte.MIN_VALUE : 0;
      for (int i = 0; i < count && this != ANY; i++) {
        boolean low = this == LOWEST || this == EXTREMES && random.nextBoolean();
        x[i] = low ? lowest : (byte) (lowest - 1);
      }
      return x;
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void shortPlanes(@ForAll @IntRange(min = 1, max = 130) int n, @ForAll("bytes") ElementType type) {
    Random random = new Random(n);
    check(type, new FeatureShape(2, 1 + n % 5, 1, n), Bytes.values()[n % 4], random);
    check(type, new FeatureShape(1, 129 + n % 2, 1, n), Bytes.ANY, random);
  }

  @Property(tries = 100)
  void longPlanes(
      @ForAll("lengths") int n,
      @ForAll("bytes") ElementType type,
      @ForAll Bytes bytes,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll long seed) {
    check(type, new FeatureShape(2, channels, 1, n), bytes, new Random(seed));
  }

  private static void check(ElementType type, FeatureShape shape, Bytes bytes, Random random) {
    int n = (int) shape.planeSize();
    int planes = (int) shape.planes();
    byte[] x = bytes.of(random, type, planes * n);
    float[] sums = new float[planes];
    float[] means = new float[planes];
    for (int plane = 0; plane < planes; plane++) {
      long sum = 0;
      for (int i = plane * n; i < (plane + 1) * n; i++) {
        sum += type == ElementType.INT8 ? x[i] : Byte.toUnsignedInt(x[i]);
      }
      sums[plane] = sum;
      means[plane] = (float) ((double) sum / n);
    }
    int before = random.nextInt(70);
    byte[] wide = new byte[before + x.length + random.nextInt(2) * random.nextInt(70)];
    random.nextBytes(wide);
    System.arraycopy(x, 0, wide, before, x.length);
    MemorySegment heap = MemorySegment.ofArray(wide);
    Maps.assertSumsAndMeans(sums, means, heap, type, before, shape);
  }

  @Provide
  Arbitrary<ElementType> bytes() {
    return Arbitraries.of(ElementType.INT8, ElementType.UINT8);
  }

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.of(
        196, 255, 256, 257, 1000, 1009, 1023, 1024, 1025, 1040, 2047, 2048, 2049, 4096, 12544);
  }
}
