package dev.lanepool.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.Strides;
import dev.lanepool.kernel.KernelSpec.Storage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes inputs for kernels, runs them between guards, and gives their results as bits. */
final class Maps {
  private static final float GUARD = -12345.678f;
  private static final int INDEX_GUARD = -12345;

  private Maps() {}

  /** The backends to hold against an oracle. */
  static List<KernelSet> backends() {
    return List.of(Kernels.scalar(), Kernels.best());
  }

  /**
   * Asserts the sums and means of dense NCHW maps that begin so many values on in an array: there,
   * in a copy in native memory, and read-only.
   */
  static void assertSumsAndMeans(
      float[] sums,
      float[] means,
      MemorySegment heap,
      ElementType type,
      int before,
      FeatureShape shape) {
    Strides dense = Strides.dense(Layout.NCHW, shape);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment off = arena.allocate(heap.byteSize(), type.bytes()).copyFrom(heap);
      for (MemorySegment segment : List.of(heap, off, heap.asReadOnly())) {
        FeatureMap map = FeatureMap.strided(segment, type, before, Layout.NCHW, shape, dense);
        for (KernelSet kernels : backends()) {
          assertArrayEquals(sums, reduced(kernels, Reduction.SUM, map));
          assertArrayEquals(means, reduced(kernels, Reduction.MEAN, map));
        }
      }
    }
  }

  private static float[] reduced(KernelSet kernels, Reduction r, FeatureMap map) {
    float[] y = new float[(int) map.shape().planes()];
    kernels.reduce(r, map, y, 0);
    float[] again = new float[y.length];
    FeatureShape one = new FeatureShape(map.shape().n(), map.shape().c(), 1, 1);
    kernels.reduce(r, map, FeatureMap.of(again, Layout.NCHW, one));
    assertArrayEquals(y, again);
    return y;
  }

  /** Every operation on float32 in arrays; other types and storages are stages of their own. */
  static List<KernelSpec> ofFloatArrays() {
    return KernelSpec.all().stream().filter(KernelSpec::isOfFloatArrays).toList();
  }

  static KernelSpec spec(KernelSpec.Operation operation, Layout layout) {
    return new KernelSpec(operation, ElementType.FLOAT32, layout, Storage.ARRAY);
  }

  /** The same maps in the other order; written without the library's own conversion. */
  static float[] inLayout(Layout layout, float[] nchw, FeatureShape shape) {
    if (layout == Layout.NCHW) {
      return nchw;
    }
    int pixels = (int) shape.planeSize();
    float[] nhwc = new float[nchw.length];
    for (int i = 0; i < nchw.length; i++) {
      int plane = i / pixels;
      int sample = plane / shape.c();
      nhwc[(sample * pixels + i % pixels) * shape.c() + plane % shape.c()] = nchw[i];
    }
    return nhwc;
  }

  /** A copy with values around it that a kernel must not read. */
  static float[] surrounded(float[] x, int before, int after, Random random) {
    float[] wide = new float[before + x.length + after];
    for (int i = 0; i < before + after; i++) {
      wide[i < before ? i : i + x.length] = Values.garbage(random);
    }
    System.arraycopy(x, 0, wide, before, x.length);
    return wide;
  }

  /** Results from an input that fills its array, written to arrays that they fill. */
  static int[] bits(KernelSpec spec, KernelSet kernels, float[] x, FeatureShape shape) {
    return bits(spec, kernels, x, 0, shape, 0, 0);
  }

  /**
   * Runs a reduction and gives the bits of its float results, all NaNs alike, then its indices.
   * Checks that nothing before or behind the results was written.
   */
  static int[] bits(
      KernelSpec spec,
      KernelSet kernels,
      float[] x,
      int xOffset,
      FeatureShape shape,
      int before,
      int after) {
    return bits(spec, kernels, spec.input(x, xOffset, shape), before, after);
  }

  /** As above, from any map of the kernel's type and layout. */
  static int[] bits(KernelSpec spec, KernelSet kernels, FeatureMap map, int before, int after) {
    FeatureShape shape = map.shape();
    int values = spec.operation().outputs() * (int) shape.planes();
    int indices = spec.operation().indexed() ? (int) shape.planes() : 0;
    float[] y = guarded(before, values, after);
    int[] index = new int[after + indices + before];
    Arrays.fill(index, INDEX_GUARD);
    spec.run(kernels, map, y, before, index, after);
    int[] bits = Arrays.copyOf(bits(y, before, values), values + indices);
    System.arraycopy(index, after, bits, values, indices);
    for (int i = 0; i < index.length; i++) {
      if (i < after || i >= after + indices) {
        assertEquals(INDEX_GUARD, index[i], () -> spec + " wrote outside its indices, " + shape);
      }
    }
    return bits;
  }

  /** Room for results between guards. */
  static float[] guarded(int before, int count, int after) {
    float[] y = new float[before + count + after];
    Arrays.fill(y, GUARD);
    return y;
  }

  /** The bits of y[before..before + count), all NaNs alike; what is around must be the guard. */
  static int[] bits(float[] y, int before, int count) {
    for (int i = 0; i < y.length; i++) {
      if (i < before || i >= before + count) {
        assertEquals(GUARD, y[i], "written outside the results");
      }
    }
    int[] bits = new int[count];
    for (int i = 0; i < count; i++) {
      bits[i] = Float.floatToIntBits(y[before + i]);
    }
    return bits;
  }

  /**
   * As {@link #bits(KernelSpec, KernelSet, float[], FeatureShape)}, for a fully connected layer.
   */
  static int[] denseBits(
      KernelSet kernels, float[] x, int rows, int inputs, float[] weights, float[] bias) {
    return denseBits(kernels, x, 0, rows, inputs, weights, 0, bias, 0, bias.length, 0, 0);
  }

  static int[] denseBits(
      KernelSet kernels,
      float[] x,
      int xOffset,
      int rows,
      int inputs,
      float[] weights,
      int weightsOffset,
      float[] bias,
      int biasOffset,
      int outputs,
      int before,
      int after) {
    float[] y = guarded(before, rows * outputs, after);
    kernels.dense(
        x, xOffset, rows, inputs, weights, weightsOffset, bias, biasOffset, outputs, y, before);
    return bits(y, before, rows * outputs);
  }

  static float[] floats(int[] bits) {
    float[] y = new float[bits.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = Float.intBitsToFloat(bits[i]);
    }
    return y;
  }
}
