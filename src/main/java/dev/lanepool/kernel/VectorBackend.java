package dev.lanepool.kernel;

import dev.lanepool.FeatureMap;
import dev.lanepool.FeatureShape;
import dev.lanepool.kernel.vector.VectorKernels;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the SIMD kernels can be used, and a short check that they give the bits of the scalar
 * ones. The only class outside their package that refers to them: it must not load before {@link
 * VectorRequirements} has found nothing missing.
 */
final class VectorBackend {
  private static final int LEAST_BITS = 128;

  /** More channels than lanes and a tail of pixels, at the smallest: this runs at every start. */
  private static final FeatureShape SHAPE = new FeatureShape(1, 17, 3, 7);

  private static final Set<KernelSpec.Operation> CHECKED =
      EnumSet.of(
          KernelSpec.Operation.MEAN,
          KernelSpec.Operation.MAX,
          KernelSpec.Operation.ARG_MAX,
          KernelSpec.Operation.L1);

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
    int planes = (int) SHAPE.planes();
    float[] x = values((int) SHAPE.elements() + 1);
    for (KernelSpec spec : checked()) {
      float[] expected = new float[2 * planes];
      float[] actual = new float[2 * planes];
      int[] expectedIndex = new int[planes];
      int[] actualIndex = new int[planes];
      FeatureMap map = spec.input(x, 1, SHAPE);
      spec.run(scalar, map, expected, 0, expectedIndex, 0);
      spec.run(vector, map, actual, 0, actualIndex, 0);
      if (!Arrays.equals(expected, actual) || !Arrays.equals(expectedIndex, actualIndex)) {
        return "self-check failed: " + spec + " differs between the vector and the scalar kernels";
      }
    }
    return denseDiffers(scalar, vector, x) ? "self-check failed: dense differs" : null;
  }

  /** One reduction for each kind of loop: in a JVM that has just started, more take long. */
  private static List<KernelSpec> checked() {
    return KernelSpec.all().stream()
        .filter(spec -> spec.isOfFloatArrays() && CHECKED.contains(spec.operation()))
        .toList();
  }

  private static boolean denseDiffers(KernelSet scalar, KernelSet vector, float[] x) {
    int inputs = 21;
    int outputs = 3;
    float[] expected = new float[outputs];
    float[] actual = new float[outputs];
    scalar.dense(x, 0, 1, inputs, x, inputs, x, 0, outputs, expected, 0);
    vector.dense(x, 0, 1, inputs, x, inputs, x, 0, outputs, actual, 0);
    return !Arrays.equals(expected, actual);
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
