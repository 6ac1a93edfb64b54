package dev.lanepool.kernel.vector;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.lanepool.ElementType;
import dev.lanepool.FeatureMap;
import dev.lanepool.Layout;
import dev.lanepool.kernel.Reduction;
import dev.lanepool.kernel.internal.SumOrder;
import java.lang.foreign.MemorySegment;

/**
 * Sums of terms of contiguous planes in one loop over the values where they are, or over a copy in
 * their own type; for other reductions they go through stages, as doubles.
 */
final class DirectSums {
  private DirectSums() {}

  /** Whether there is a loop for the terms of this reduction of these maps. */
  static boolean serve(Reduction r, FeatureMap x) {
    boolean dense = x.layout() == Layout.NCHW && x.isDense();
    return dense && r.center() == Reduction.Center.NONE && (isPlain(r) || hasTerms(r, x));
  }

  /**
   * Whether means and sums of these maps are made here in the least time: where planes are long, or
   * their type has a loop of its own.
   */
  static boolean excel(Reduction r, FeatureMap x) {
    boolean own = x.type() != ElementType.FLOAT32 && (x.type().bytes() != 2 || inShorts(r, x));
    return serve(r, x) && (own || x.shape().planeSize() > SumOrder.BLOCK);
  }

  private static boolean isPlain(Reduction r) {
    return r.base() == Reduction.Base.VALUE && r.term() == Reduction.Term.VALUE;
  }

  /** Of floats, and of what is copied to floats. */
  private static boolean hasTerms(Reduction r, FeatureMap x) {
    boolean floats = x.type() != ElementType.FLOAT64 && x.shape().planeSize() > SumOrder.LANES;
    return floats && TermRows.of(r) != null;
  }

  /** Whether whole numbers are added. */
  private static boolean isExact(Reduction r, FeatureMap x) {
    return x.type().bytes() == 1 && isPlain(r);
  }

  /** Whether values of 16 bits are added without a copy as floats, if they are finite. */
  private static boolean inShorts(Reduction r, FeatureMap x) {
    return isPlain(r) && ShortRows.serve(x.type(), x.shape().planeSize());
  }

  /** The sums of channels c.. of sample n to s.sums. */
  static void sum(Reduction r, FeatureMap x, int n, int c, int planes, Stages s) {
    long size = x.shape().planeSize();
    long from = x.position() + (n * (long) x.shape().c() + c) * size;
    int most = isExact(r, x) ? ByteRows.ROW : SumOrder.BLOCK;
    if (size > most) {
      for (int plane = 0; plane < planes; plane++) {
        s.sums[plane] = total(r, x, from + plane * size, size, most, s);
      }
      return;
    }
    int together = together(r, x, (int) size);
    for (int plane = 0; plane < planes; plane += together) {
      int count = Math.min(together, planes - plane);
      rows(r, x, from + plane * size, count, (int) size, s);
      System.arraycopy(s.scratch.sums, 0, s.sums, plane, count);
    }
  }

  /** The sum of a plane that has several rows of at most so many values. */
  private static double total(Reduction r, FeatureMap x, long from, long size, int most, Stages s) {
    double total = SumOrder.NOTHING;
    for (long done = 0; done < size; ) {
      int n = (int) Math.min(most, size - done);
      int rows = Math.clamp((size - done) / n, 1, together(r, x, n));
      rows(r, x, from + done, rows, n, s);
      for (int row = 0; row < rows; row++) {
        total += s.scratch.sums[row];
      }
      done += (long) rows * n;
    }
    return total;
  }

  /**
   * How many rows of n values are summed at once: where they are copied, no more than fit, and
   * where they are read several times, no more than the L1 cache holds.
   */
  private static int together(Reduction r, FeatureMap x, int n) {
    boolean once = inPlace(r, x) && !(inSegment(r, x) && n <= SegmentRows.LONG);
    return once ? Scratch.PLANES : Math.clamp(SumOrder.BLOCK / n, 1, Scratch.PLANES);
  }

  /** Whether the values are where their loop can read them. */
  private static boolean inPlace(Reduction r, FeatureMap x) {
    return switch (x.type()) {
      case FLOAT32 -> x.base() instanceof float[] || inSegment(r, x);
      case FLOAT64 -> x.base() instanceof double[] || inSegment(r, x);
      case INT8, UINT8 -> x.base() instanceof byte[] && isExact(r, x);
      case FLOAT16, BFLOAT16 -> false;
    };
  }

  /** Whether they are in native memory, for {@link SegmentRows}. */
  private static boolean inSegment(Reduction r, FeatureMap x) {
    return isPlain(r)
        && (Segments.serve(x, ElementType.FLOAT32) || Segments.serve(x, ElementType.FLOAT64));
  }

  /** The sums of rows of n values, which lie one after another, to s.scratch.sums. */
  private static void rows(Reduction r, FeatureMap x, long from, int rows, int n, Stages s) {
    if (inSegment(r, x)) {
      boolean doubles = x.type() == ElementType.FLOAT64;
      SegmentRows loops = doubles ? SegmentRows.OF_DOUBLES : SegmentRows.OF_FLOATS;
      loops.sums(x.segment(), from * x.type().bytes(), rows, n, s.scratch);
      return;
    }
    boolean inPlace = inPlace(r, x);
    int start = inPlace ? (int) (x.segment().address() / x.type().bytes() + from) : 0;
    if (isExact(r, x)) {
      byte[] array = inPlace ? (byte[]) x.base() : s.bytes;
      if (!inPlace) {
        MemorySegment.copy(x.segment(), JAVA_BYTE, from, array, 0, rows * n);
      }
      ByteRows.sums(x.type(), array, start, rows, n, s.scratch);
    } else if (x.type() == ElementType.FLOAT64) {
      double[] array = inPlace ? (double[]) x.base() : s.values;
      if (!inPlace) {
        long at = from * Double.BYTES;
        MemorySegment.copy(x.segment(), JAVA_DOUBLE_UNALIGNED, at, array, 0, rows * n);
      }
      RowSums.OF_DOUBLES.sums(array, start, rows, n, s.scratch);
    } else if (!inShorts(r, x) || !shorts(x, from, rows, n, s)) {
      float[] array = inPlace ? (float[]) x.base() : s.floats;
      if (!inPlace) {
        FloatReader.read(x, from, 1, rows * n, array, 0, s);
      }
      floats(r, array, start, rows, n, s.scratch);
    }
  }

  /** The sums of rows of 16 bits; false where not all values are finite. */
  private static boolean shorts(FeatureMap x, long from, int rows, int n, Stages s) {
    boolean isArray = x.base() instanceof short[];
    short[] array = isArray ? (short[]) x.base() : s.shorts;
    int start = isArray ? (int) (x.segment().address() / Short.BYTES + from) : 0;
    if (!isArray) {
      long at = from * Short.BYTES;
      MemorySegment.copy(x.segment(), JAVA_SHORT_UNALIGNED, at, array, 0, rows * n);
    }
    return ShortRows.of(x.type()).sums(array, start, rows, n, s.scratch);
  }

  private static void floats(Reduction r, float[] x, int start, int rows, int n, Scratch s) {
    if (isPlain(r)) {
      RowSums.OF_FLOATS.sums(x, start, rows, n, s);
    } else {
      TermRows.of(r).sums(r.floor(), x, start, rows, n, s);
    }
  }
}
