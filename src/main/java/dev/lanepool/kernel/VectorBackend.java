package dev.lanepool.kernel;

import dev.lanepool.FeatureShape;
import dev.lanepool.Layout;
import dev.lanepool.kernel.vector.VectorKernels;
import java.util.Arrays;

/**
 * Whether the SIMD kernels can be used, and a short check that they give the bits of the scalar
 * ones. The only class outside their package that refers to them: it must not load before {@link
 * VectorRequirements} has found nothing missing.
 */
final class VectorBackend {
  private static final int LEAST_BITS = 128;

  /** More channels than lanes and a tail of pixels, at the smallest: this runs at every start. */
  private static final FeatureShape SHAPE = new FeatureShape(1, 17, 3, 7);

  private VectorBackend() {}

  /** Why the SIMD kernels can't be used; null where they are ready. */
  static String obstacle(KernelSet scalar) {
    int bits = VectorKernels.preferredBits();
    if (bits < LEAST_BITS) {
      return "the JVM offers vectors of " + bits + " bits; at least " + LEAST_BITS + " are needed";
    }
    return selfCheck(scalar, new VectorKernels());
  }

  static KernelSet kernels() {
    return new VectorKernels();
  }

  static int bits() {
    return VectorKernels.bits();
  }

  /** How the second kernels fail a short check against the first; null where they don't. */
  static String selfCheck(KernelSet scalar, KernelSet vector) {
    try {
      return difference(scalar, vector);
    } catch (RuntimeException | LinkageError e) {
      return "self-check failed: " + e;
    }
  }

  private static String difference(KernelSet scalar, KernelSet vector) {
    float[] x = values((int) SHAPE.elements() + 1);
    for (Layout layout : Layout.values()) {
      if (!Arrays.equals(reduced(scalar, x, layout), reduced(vector, x, layout))) {
        return "self-check failed: a reduction differs in " + layout;
      }
    }
    boolean same = Arrays.equals(product(scalar, x), product(vector, x));
    return same ? null : "self-check failed: dense differs";
  }

  /**
   * One reduction for each kind of loop, by the methods for arrays: in a JVM that has just started,
   * every class takes a while, and the list of kernels names many.
   */
  private static float[] reduced(KernelSet k, float[] x, Layout layout) {
    int planes = (int) SHAPE.planes();
    float[] y = new float[4 * planes];
    int[] index = new int[planes];
    k.mean(x, 1, layout, SHAPE, y, 0);
    k.max(x, 1, layout, SHAPE, y, planes);
    k.argMax(x, 1, layout, SHAPE, y, 2 * planes, index, 0);
    for (int plane = 0; plane < planes; plane++) {
      y[3 * planes + plane] = index[plane];
    }
    return y;
  }

  private static float[] product(KernelSet k, float[] x) {
    int inputs = 21;
    float[] y = new float[3];
    k.dense(x, 0, 1, inputs, x, inputs, x, 0, y.length, y, 0);
    return y;
  }

  /** Values of both signs and many magnitudes, among them NaN, infinities and -0. */
  private static float[] values(int count) {
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = Math.scalb((float) (i * 37 % 101 - 50), i % 23 - 11);
    }
    x[30] = -0.0f;
    x[60] = Float.NaN;
    x[120] = Float.POSITIVE_INFINITY;
    x[200] = Float.NEGATIVE_INFINITY;
    return x;
  }
}
