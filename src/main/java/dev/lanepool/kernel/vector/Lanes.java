package dev.lanepool.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The species in use, and how floats become lanes of doubles. */
final class Lanes {
  /** The widest vectors that the CPU and the JVM offer, 512 bits at the most. */
  static final VectorShape SHAPE =
      VectorShape.forBitSize(Math.min(512, VectorShape.preferredShape().vectorBitSize()));

  static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);
  static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
  static final int DOUBLE_LANES = DOUBLES.length();
  static final int FLOAT_LANES = FLOATS.length();

  /** As many floats as there are lanes of doubles. */
  static final VectorSpecies<Float> NARROW_FLOATS = FLOATS.withShape(half());

  private static final VectorSpecies<Integer> NARROW_INTS =
      VectorSpecies.of(int.class, NARROW_FLOATS.vectorShape());

  // Ones, then zeros: a vector read from so far before the border keeps so many lanes.
  private static final int KEEP_BORDER = 16;
  private static final int[] KEEP = new int[KEEP_BORDER + 24];

  static {
    Arrays.fill(KEEP, 0, KEEP_BORDER, -1);
  }

  private Lanes() {}

  private static VectorShape half() {
    return VectorShape.forBitSize(SHAPE.vectorBitSize() / 2);
  }

  /** The values at i and after, as doubles. */
  static DoubleVector widen(float[] x, int i) {
    return widen(FloatVector.fromArray(NARROW_FLOATS, x, i));
  }

  /**
   * As {@link #widen(float[], int)}, with +0 for all but the first {@code count} values; count is
   * -16 to 16. All lanes must lie in the array. An AND with ones or zeros costs C2 fewer nodes than
   * a masked load, which ended in boxed vectors.
   */
  static DoubleVector widenFirst(float[] x, int i, int count) {
    IntVector keep = IntVector.fromArray(NARROW_INTS, KEEP, KEEP_BORDER - count);
    IntVector bits = FloatVector.fromArray(NARROW_FLOATS, x, i).reinterpretAsInts();
    return widen(bits.and(keep).reinterpretAsFloats());
  }

  private static DoubleVector widen(FloatVector v) {
    return (DoubleVector) v.convertShape(VectorOperators.F2D, DOUBLES, 0);
  }
}
