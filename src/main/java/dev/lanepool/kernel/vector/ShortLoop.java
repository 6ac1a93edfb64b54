package dev.lanepool.kernel.vector;

import static dev.lanepool.kernel.internal.SumOrder.LANES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLES;
import static dev.lanepool.kernel.vector.Lanes.DOUBLE_LANES;
import static dev.lanepool.kernel.vector.Lanes.KEEP;
import static dev.lanepool.kernel.vector.Lanes.KEEP_BORDER;
import static dev.lanepool.kernel.vector.Lanes.LONGS;
import static dev.lanepool.kernel.vector.Lanes.exact;
import static dev.lanepool.kernel.vector.Segments.NATIVE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2L;
import static jdk.incubator.vector.VectorOperators.UMAX;

import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds contiguous rows of float16 or bfloat16, for {@link ShortRows}: as {@link RowSums}, but for
 * the second fold. One of {@link Copies}.
 *
 * <p>The bits of either, moved to where a double has them, are the value times a power of two: in
 * the sums, too, so no value is converted. Where they are those of a NaN or an infinity, they would
 * be taken for a number's; so the greatest of all bits is found as well.
 */
final class ShortLoop implements Loop<Object> {
  /** The fewest lanes of doubles: the shortest vectors have four shorts. */
  static final int FEWEST = 4;

  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(
          short.class, VectorShape.forBitSize(Math.max(FEWEST, DOUBLE_LANES) * Short.SIZE));

  /** As many as are added at once. */
  private static final VectorSpecies<Short> GROUP =
      VectorSpecies.of(short.class, VectorShape.forBitSize(LANES * Short.SIZE));

  private static final Class<? extends ShortVector> GROUP_VECTOR =
      ShortVector.zero(GROUP).getClass();

  /** Partial sums of a row after the first fold. */
  private static final int PARTIALS = LANES / 2;

  /** What a copy does. */
  enum Part {
    /** Leaves the lanes of rows, 16 for each in s.sums, without their last values. */
    GROUPS,
    /** Makes the partial sums of rows whose lanes are in s.sums and whose rest is 8 or fewer. */
    HALF,
    /** The same of rows whose rest is 9 or more. */
    FULL
  }

  /** A part, how many bits of the type are its mantissa, and whether rows are in a segment. */
  private record Form(int mantissa, Part part, boolean segment) {
    int shift() {
      return 52 - mantissa;
    }

    /** The sign, and what of a short is below its own. */
    long bits() {
      return 1L << 63 | (1L << 15 + shift()) - 1;
    }
  }

  private static final Form FORM = Copies.constant(MethodHandles.lookup(), Form.class);

  /** The loop over rows in a segment, where they begin at s.from, or in an array. */
  static LoopBoundary of(int mantissa, Part part, boolean segment) {
    return Copies.of(MethodHandles.lookup(), new Form(mantissa, part, segment));
  }

  /** Of row first and after, of n values. */
  @Override
  public void reduce(Object x, int start, int first, int n, int rows, Scratch s) {
    int whole = n - RowSums.rest(n);
    for (int row = 0; row < rows; row++) {
      long place = FORM.segment() ? s.from + (long) (row * n) * Short.BYTES : 0;
      int i = FORM.segment() ? 0 : start + row * n;
      if (FORM.part() != Part.GROUPS) {
        tail(x, place, i + whole, n - whole, s.sums, first + row, s.magnitudes);
      } else if (DOUBLE_LANES == PARTIALS) {
        halves(x, place, i, whole, s.sums, (first + row) * LANES, s.magnitudes);
      } else {
        quarters(x, place, i, whole, s.sums, (first + row) * LANES, s.magnitudes);
      }
    }
  }

  private static void halves(
      Object x, long place, int i, int n, double[] s, int to, short[] magnitudes) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = DoubleVector.zero(DOUBLES);
    ShortVector most = ShortVector.fromArray(GROUP, magnitudes, 0);
    for (int k = 0; k < n; k += LANES) {
      low = exact(low).add(bits(x, place, i + k).reinterpretAsDoubles());
      high = exact(high).add(bits(x, place, i + k + 8).reinterpretAsDoubles());
      most = exactly(most).lanewise(UMAX, doubled(x, place, i + k));
    }
    exact(low).intoArray(s, to);
    exact(high).intoArray(s, to + 8);
    exactly(most).intoArray(magnitudes, 0);
  }

  private static void quarters(
      Object x, long place, int i, int n, double[] s, int to, short[] magnitudes) {
    DoubleVector first = DoubleVector.zero(DOUBLES);
    DoubleVector second = DoubleVector.zero(DOUBLES);
    DoubleVector third = DoubleVector.zero(DOUBLES);
    DoubleVector fourth = DoubleVector.zero(DOUBLES);
    ShortVector most = ShortVector.fromArray(GROUP, magnitudes, 0);
    for (int k = 0; k < n; k += LANES) {
      first = exact(first).add(bits(x, place, i + k).reinterpretAsDoubles());
      second = exact(second).add(bits(x, place, i + k + 4).reinterpretAsDoubles());
      third = exact(third).add(bits(x, place, i + k + 8).reinterpretAsDoubles());
      fourth = exact(fourth).add(bits(x, place, i + k + 12).reinterpretAsDoubles());
      most = exactly(most).lanewise(UMAX, doubled(x, place, i + k));
    }
    exact(first).intoArray(s, to);
    exact(second).intoArray(s, to + 4);
    exact(third).intoArray(s, to + 8);
    exact(fourth).intoArray(s, to + 12);
    exactly(most).intoArray(magnitudes, 0);
  }

  private static void tail(
      Object x, long place, int i, int rest, double[] s, int row, short[] magnitudes) {
    for (int k = 0; k < PARTIALS; k += DOUBLE_LANES) {
      int lanes = row * LANES + k;
      DoubleVector low =
          Lanes.at(s, lanes).add(kept(x, place, i + k, rest - k).reinterpretAsDoubles());
      DoubleVector high = Lanes.at(s, lanes + 8);
      if (FORM.part() == Part.FULL) {
        high = high.add(kept(x, place, i + k + 8, rest - k - 8).reinterpretAsDoubles());
      }
      low.add(high).intoArray(s, row * PARTIALS + k);
    }
    ShortVector most = ShortVector.fromArray(GROUP, magnitudes, 0);
    most.lanewise(UMAX, doubled(x, place, i)).intoArray(magnitudes, 0);
  }

  private static LongVector kept(Object x, long place, int i, int count) {
    return bits(x, place, i).and(LongVector.fromArray(LONGS, KEEP, KEEP_BORDER - count));
  }

  /** The bits of the values at i and after, where doubles have them. */
  private static LongVector bits(Object x, long place, int i) {
    LongVector bits = (LongVector) shorts(SHORTS, x, place, i).convertShape(S2L, LONGS, 0);
    return bits.lanewise(LSHL, FORM.shift()).and(FORM.bits());
  }

  /** Twice the bits of a group at i, without their sign. */
  private static ShortVector doubled(Object x, long place, int i) {
    return shorts(GROUP, x, place, i).lanewise(LSHL, 1);
  }

  /** Values i and after, in a segment counted from a place on. */
  private static ShortVector shorts(VectorSpecies<Short> species, Object x, long place, int i) {
    return FORM.segment()
        ? ShortVector.fromMemorySegment(
            species, NATIVE.cast(x), place + (long) i * Short.BYTES, ByteOrder.nativeOrder())
        : ShortVector.fromArray(species, (short[]) x, i);
  }

  private static ShortVector exactly(ShortVector v) {
    return GROUP_VECTOR.cast(v);
  }
}
