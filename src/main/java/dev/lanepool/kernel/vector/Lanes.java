package dev.lanepool.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
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
  static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class, SHAPE);
  static final int DOUBLE_LANES = DOUBLES.length();
  static final int FLOAT_LANES = FLOATS.length();

  /** Whether doubles are compared in lanes: vectors of two were boxed. */
  static final boolean COMPARED = DOUBLE_LANES > 2;

  /** As many floats as there are lanes of doubles. */
  static final VectorSpecies<Float> NARROW_FLOATS = FLOATS.withShape(half());

  static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);

  /** Ones, then zeros: a vector read from so far before the border keeps so many lanes. */
  static final int KEEP_BORDER = 16;

  static final long[] KEEP = new long[KEEP_BORDER + 24];

  static {
    Arrays.fill(KEEP, 0, KEEP_BORDER, -1);
  }

  private static final Class<? extends DoubleVector> DOUBLE_VECTOR =
      DoubleVector.zero(DOUBLES).getClass();
  private static final Class<? extends FloatVector> FLOAT_VECTOR =
      FloatVector.zero(FLOATS).getClass();
  static final Class<? extends IntVector> INT_VECTOR = IntVector.zero(INTS).getClass();
  private static final Class<? extends ShortVector> SHORT_VECTOR =
      ShortVector.zero(SHORTS).getClass();

  /**
   * Whether a fused multiply-add is one instruction: where it is not, the JVM takes thousands. No
   * API tells. Every CPU with 256-bit integer vectors has it, and every ARM of 64 bits.
   */
  private static final boolean FUSED =
      SHAPE.vectorBitSize() >= 256 || System.getProperty("os.arch").equals("aarch64");

  private Lanes() {}

  private static VectorShape half() {
    return VectorShape.forBitSize(SHAPE.vectorBitSize() / 2);
  }

  // C2 inlines a method of at most six bytes of bytecode wherever it is called, others not where a
  // call was counted seldom, as behind a loop that most invocations leave through the code that C2
  // made for that loop alone; what is not inlined there boxes its vectors for good. So what stands
  // behind loops only hands on, to the private method that does it. That one in turn is inlined if
  // it was called a thousand times: what loops don't call as well, the code behind them leaves to
  // the API itself.

  /**
   * The same vector, as the final class that it is. What a loop accumulates in has only its
   * declared type for C2, which then relies on the type profile for the method to call; where the
   * profile is thin, as it now and then is on a busy machine, the call stays and every vector is
   * boxed for good.
   */
  static DoubleVector exact(DoubleVector v) {
    return cast(v);
  }

  private static DoubleVector cast(DoubleVector v) {
    return DOUBLE_VECTOR.cast(v);
  }

  /** As {@link #exact(DoubleVector)}. */
  static IntVector exact(IntVector v) {
    return cast(v);
  }

  private static IntVector cast(IntVector v) {
    return INT_VECTOR.cast(v);
  }

  /** As {@link #exact(DoubleVector)}. */
  static ShortVector exact(ShortVector v) {
    return cast(v);
  }

  private static ShortVector cast(ShortVector v) {
    return SHORT_VECTOR.cast(v);
  }

  /** As {@link #exact(DoubleVector)}. */
  static FloatVector exact(FloatVector v) {
    return cast(v);
  }

  private static FloatVector cast(FloatVector v) {
    return FLOAT_VECTOR.cast(v);
  }

  /** The values at i and after. */
  static DoubleVector at(double[] x, int i) {
    return loaded(x, i);
  }

  private static DoubleVector loaded(double[] x, int i) {
    return DoubleVector.fromArray(DOUBLES, x, i);
  }

  /** The values at i and after. */
  static IntVector at(int[] x, int i) {
    return loaded(x, i);
  }

  private static IntVector loaded(int[] x, int i) {
    return IntVector.fromArray(INTS, x, i);
  }

  /** The values at i and after. */
  static LongVector at(long[] x, int i) {
    return loaded(x, i);
  }

  private static LongVector loaded(long[] x, int i) {
    return LongVector.fromArray(LONGS, x, i);
  }

  /** The bits of the values at i and after. */
  static IntVector bits(float[] x, int i) {
    return loadedBits(x, i);
  }

  private static IntVector loadedBits(float[] x, int i) {
    return FloatVector.fromArray(FLOATS, x, i).reinterpretAsInts();
  }

  /** The values at i and after, as doubles. */
  static DoubleVector widen(float[] x, int i) {
    return widened(x, i);
  }

  private static DoubleVector widened(float[] x, int i) {
    FloatVector values = FloatVector.fromArray(NARROW_FLOATS, x, i);
    return (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  /**
   * The same vector, with +0 for all but the first {@code count} values; count is -16 to 16. An AND
   * with ones or zeros costs C2 fewer nodes than a masked load; of doubles, because no other shape
   * than theirs may go through the JDK's reinterpretAs methods: see CONTRIBUTING.
   */
  static DoubleVector keepFirst(DoubleVector v, int count) {
    return keptFirst(v, count);
  }

  private static DoubleVector keptFirst(DoubleVector v, int count) {
    return keep(v, LongVector.fromArray(LONGS, KEEP, KEEP_BORDER - count));
  }

  /** The same vector, with +0 where keep has zeros and not ones. */
  static DoubleVector keep(DoubleVector v, LongVector keep) {
    return kept(v, keep);
  }

  private static DoubleVector kept(DoubleVector v, LongVector keep) {
    return v.reinterpretAsLongs().and(keep).reinterpretAsDoubles();
  }

  // Through lanewise, not IntVector.max and the like: these share one type profile among all
  // callers, and boxed for it.

  /** Lane by lane, the greater. */
  static IntVector max(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.MAX, b);
  }

  /** Lane by lane, the lesser. */
  static IntVector min(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.MIN, b);
  }

  /** Lane by lane, the greater without a sign. */
  static IntVector unsignedMax(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.UMAX, b);
  }

  /**
   * a · b + c for a and b that were floats: their product is exact in double, so it makes no
   * difference to the bits whether it is rounded before the addition.
   */
  static DoubleVector multiplyAdd(DoubleVector a, DoubleVector b, DoubleVector c) {
    return FUSED ? a.fma(b, c) : a.mul(b).add(c);
  }

  /** Doubles rounded to floats. */
  static FloatVector narrow(DoubleVector v) {
    return (FloatVector) v.convertShape(VectorOperators.D2F, NARROW_FLOATS, 0);
  }
}
